package dev.thalweg.dds.claims;

import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to claims. */
public sealed interface ClaimsOperation extends ChannelOperation {

    /**
     * Asks for a key.
     *
     * @param key                     which
     * @param value                   who or what is to hold it; null to set it free
     * @param referenceSequenceNumber what the author saw: the sequence number at which the holder got the key, or 0
     *                                when the key was free; kept when the claim is sent again
     */
    record Claim(String key, JsonValue value, int referenceSequenceNumber) implements ClaimsOperation {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("type", "claim").put("key", key).put("value", value)
                    .put("refSeq", referenceSequenceNumber).build();
        }

        /** Whether it sets the key free. */
        boolean releases() {
            return value == JsonNull.NULL;
        }
    }

    /** Reads one; members it does not know are passed over. */
    static ClaimsOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "claims operation");
        String type = object.string("type");
        if (!type.equals("claim")) {
            throw new ProtocolException("unknown claims operation " + type);
        }
        return new Claim(object.string("key"), object.require("value"),
                object.integer("refSeq", 0, Integer.MAX_VALUE));
    }
}
