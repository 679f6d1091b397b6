package dev.thalweg.dds.register;

import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.dds.PlainValue;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to a register collection. */
public sealed interface RegisterOperation extends ChannelOperation {
    /** The reference of a write that does not say it: that of its message counts. */
    int UNSAID = -1;

    /**
     * Writes a register.
     *
     * @param key                     which
     * @param value                   what
     * @param referenceSequenceNumber what the author had processed when it made the write; kept when it is sent again;
     *                                {@link #UNSAID} in operations of old clients
     */
    record Write(String key, JsonValue value, int referenceSequenceNumber) implements RegisterOperation {
        /* The value stands there twice: wrapped for today's clients, and as text for those to come. */
        @Override
        public JsonValue toJson() {
            JsonObject.Builder json = JsonObject.builder().put("key", key).put("type", "write")
                    .put("serializedValue", value.toJson()).put("value", PlainValue.wrap(value));
            return referenceSequenceNumber == UNSAID ? json.build()
                    : json.put("refSeq", referenceSequenceNumber).build();
        }
    }

    /**
     * Reads one, in today's form, the older one without the text or the coming one without the wrapper; members it does
     * not know are passed over.
     */
    static RegisterOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "register operation");
        String type = object.string("type");
        if (!type.equals("write")) {
            throw new ProtocolException("unknown register operation " + type);
        }
        return new Write(object.string("key"),
                object.has("value")
                        ? PlainValue.unwrap(object.object("value"))
                        : JsonValue.parse(object.string("serializedValue")),
                object.optionalInteger("refSeq", 0, Integer.MAX_VALUE, UNSAID));
    }
}
