package dev.thalweg.dds.gcounter;

import dev.thalweg.crdt.GCounter;
import dev.thalweg.dds.DeltaOperation;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to a counter. */
public sealed interface GCounterOperation extends DeltaOperation<GCounter> {

    /**
     * Adds.
     *
     * @param amount what the author meant, a whole number from 1 to 2^53 - 1; for people who read the log
     * @param delta  what counts: all that the author ever added
     */
    record Increment(double amount, GCounter delta) implements GCounterOperation {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("type", "increment").put("amount", amount).put("delta", delta.toJson())
                    .build();
        }
    }

    /** Reads one; members it does not know are passed over. */
    static GCounterOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "G-counter operation");
        String type = object.string("type");
        if (!type.equals("increment")) {
            throw new ProtocolException("unknown G-counter operation " + type);
        }
        double amount = object.number("amount");
        if (amount != Math.floor(amount) || amount < 1 || amount > GCounter.MAX) {
            throw new ProtocolException("amount must be a whole number from 1 to 2^53 - 1, was "
                    + object.require("amount").toJson());
        }
        return new Increment(amount, GCounter.read(object.require("delta"), "delta"));
    }
}
