package dev.thalweg.dds.pncounter;

import dev.thalweg.crdt.GCounter;
import dev.thalweg.crdt.PNCounter;
import dev.thalweg.dds.DeltaOperation;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to a counter. */
public sealed interface PnCounterOperation extends DeltaOperation<PNCounter> {

    /**
     * Adds or takes away.
     *
     * @param amount what the author meant, a whole number of at most 2^53 - 1 either way; for people who read the log
     * @param delta  what counts: the author's ledger after it
     */
    record Update(double amount, PNCounter delta) implements PnCounterOperation {
        @Override
        public JsonValue toJson() {
            return JsonObject.builder().put("type", "update").put("amount", amount).put("delta", delta.toJson())
                    .build();
        }
    }

    /** Reads one; members it does not know are passed over. */
    static PnCounterOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "PN counter operation");
        String type = object.string("type");
        if (!type.equals("update")) {
            throw new ProtocolException("unknown PN counter operation " + type);
        }
        double amount = object.number("amount");
        if (amount != Math.floor(amount) || Math.abs(amount) > GCounter.MAX) {
            throw new ProtocolException("amount must be a whole number of at most 2^53 - 1 either way, was "
                    + object.require("amount").toJson());
        }
        return new Update(amount, PNCounter.read(object.require("delta"), "delta"));
    }
}
