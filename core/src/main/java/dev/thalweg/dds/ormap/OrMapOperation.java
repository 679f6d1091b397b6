package dev.thalweg.dds.ormap;

import dev.thalweg.crdt.GCounter;
import dev.thalweg.crdt.HidingMap;
import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to a map. Each says what its author meant, for people who read the log, and the delta that counts. */
public sealed interface OrMapOperation extends ChannelOperation {
    /** Which row. */
    String key();

    /** What every replica joins to its state. */
    HidingMap<OrMapValue> delta();

    /** Opens a row with what it held before, if anything. */
    record Open(String key, HidingMap<OrMapValue> delta) implements OrMapOperation {
        @Override
        public JsonValue toJson() {
            return start("open", key).put("delta", delta.toJson()).build();
        }
    }

    /** Adds to a row's ledger and opens the row. @param amount a whole number of at most 2^53 - 1 either way */
    record Increment(String key, double amount, HidingMap<OrMapValue> delta) implements OrMapOperation {
        @Override
        public JsonValue toJson() {
            return start("increment", key).put("amount", amount).put("delta", delta.toJson()).build();
        }
    }

    /** Writes a row's register, with the value that is in the delta, and opens the row. */
    record Write(String key, HidingMap<OrMapValue> delta) implements OrMapOperation {
        @Override
        public JsonValue toJson() {
            return start("set", key).put("delta", delta.toJson()).build();
        }
    }

    /** Strikes a row, as far as the author has seen it opened. */
    record Remove(String key, HidingMap<OrMapValue> delta) implements OrMapOperation {
        @Override
        public JsonValue toJson() {
            return start("remove", key).put("delta", delta.toJson()).build();
        }
    }

    /** Reads one for a map of a mode; members it does not know are passed over. */
    static OrMapOperation read(JsonValue contents, OrMapMode mode) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "OR-map operation");
        String type = object.string("type");
        String key = object.string("key");
        HidingMap<OrMapValue> delta = mode.empty().read(object.require("delta"), "delta");
        OrMapOperation operation = switch (type) {
            case "open" -> new Open(key, delta);
            case "increment" -> new Increment(key, amount(object), delta);
            case "set" -> new Write(key, delta);
            case "remove" -> new Remove(key, delta);
            default -> throw new ProtocolException("unknown OR-map operation " + type);
        };
        operation.requireShape();
        return operation;
    }

    /* An operation is about one row: it gives that row one dot and the value it says, or takes dots away. */
    private void requireShape() throws ProtocolException {
        boolean fits = switch (this) {
            case Open open -> opens() && delta().value(key()) == null;
            case Increment increment -> opens() && delta().value(key()) instanceof OrMapValue.Tally;
            case Write write -> opens() && delta().value(key()) instanceof OrMapValue.Register;
            case Remove remove -> delta().keysKept() == 0;
        };
        if (!fits) {
            throw new ProtocolException("delta does not fit the operation on " + key());
        }
    }

    private boolean opens() {
        return delta().keysKept() == 1 && delta().dots(key()).size() == 1;
    }

    private static JsonObject.Builder start(String type, String key) {
        return JsonObject.builder().put("type", type).put("key", key);
    }

    private static double amount(JsonObject object) throws ProtocolException {
        double amount = object.number("amount");
        if (amount != Math.floor(amount) || Math.abs(amount) > GCounter.MAX) {
            throw new ProtocolException("amount must be a whole number of at most 2^53 - 1 either way, was "
                    + object.require("amount").toJson());
        }
        return amount;
    }
}
