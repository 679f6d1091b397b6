package dev.thalweg.dds.counter;

import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to a counter. */
public sealed interface CounterOperation extends ChannelOperation {

    /**
     * Adds to the counter.
     *
     * @param amount a whole number between -(2^53 - 1) and 2^53 - 1; a double, since that is what JavaScript counts in
     */
    record Increment(double amount) implements CounterOperation {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("type", "increment").put("incrementAmount", amount).build();
        }
    }

    /** Reads one; members it does not know are passed over. */
    static CounterOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "counter operation");
        String type = object.string("type");
        return switch (type) {
            case "increment" -> new Increment(Whole.number(object.require("incrementAmount"), "incrementAmount"));
            default -> throw new ProtocolException("unknown counter operation " + type);
        };
    }
}
