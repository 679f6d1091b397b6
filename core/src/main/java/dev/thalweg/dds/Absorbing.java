package dev.thalweg.dds;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** A structure whose operations may come by any way, in any order and any number of times. */
public interface Absorbing {
    /**
     * Takes an operation that came by another way than the ordered line, for example once more.
     *
     * @param operation as it stands on the wire
     * @return whether anything changed; false when all of it was known
     * @throws ProtocolException when it is not an operation of the structure; nothing has changed then
     */
    boolean absorb(JsonValue operation) throws ProtocolException;
}
