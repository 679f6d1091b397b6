package dev.thalweg.wire;

import dev.thalweg.json.JsonReader;
import dev.thalweg.json.ProtocolException;

/** Walks over the arguments of an event, an array whose first element is the name. Further arguments are passed over. */
final class EventReader {
    private final JsonReader reader;
    private final String name;

    EventReader(JsonReader reader) throws ProtocolException {
        this.reader = reader;
        reader.beginArray();
        if (!reader.nextElement()) {
            throw new ProtocolException("an event without a name");
        }
        name = reader.string();
    }

    String name() {
        return name;
    }

    /** The reader, placed at the next argument. */
    JsonReader next(String what) throws ProtocolException {
        if (!reader.nextElement()) {
            throw new ProtocolException(name + " lacks " + what);
        }
        return reader;
    }

    /** Reads over what is left. */
    void end() throws ProtocolException {
        while (reader.nextElement()) {
            reader.skip();
        }
        reader.end();
    }
}
