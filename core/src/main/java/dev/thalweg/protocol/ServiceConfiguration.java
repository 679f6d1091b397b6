package dev.thalweg.protocol;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.ProtocolException;

/**
 * What the service tells its clients of its limits.
 *
 * @param blockSize      bytes in which the service likes to store, informative
 * @param maxMessageSize characters of one submitted message
 */
public record ServiceConfiguration(int blockSize, int maxMessageSize) {
    /** What tinylicious announces. */
    public static final ServiceConfiguration DEFAULT = new ServiceConfiguration(64436, 16384);

    /** Reads it. */
    public static ServiceConfiguration read(JsonObject object) throws ProtocolException {
        return new ServiceConfiguration(object.integer("blockSize", 0, Integer.MAX_VALUE),
                object.integer("maxMessageSize", 1, Integer.MAX_VALUE));
    }

    /** As it travels. */
    public JsonObject toJson() {
        return JsonObject.builder().put("blockSize", blockSize).put("maxMessageSize", maxMessageSize).build();
    }
}
