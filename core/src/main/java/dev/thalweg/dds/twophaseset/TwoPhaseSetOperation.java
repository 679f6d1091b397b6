package dev.thalweg.dds.twophaseset;

import dev.thalweg.crdt.GSet;
import dev.thalweg.crdt.TwoPhaseSet;
import dev.thalweg.dds.ElementOperation;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to a set. */
public sealed interface TwoPhaseSetOperation extends ElementOperation<TwoPhaseSet> {
    /** Puts an element in. @param delta what counts */
    record Add(String element, TwoPhaseSet delta) implements TwoPhaseSetOperation {
        @Override
        public JsonValue toJson() {
            return toJson("add");
        }
    }

    /** Takes an element out for good. @param delta what counts */
    record Remove(String element, TwoPhaseSet delta) implements TwoPhaseSetOperation {
        @Override
        public JsonValue toJson() {
            return toJson("remove");
        }
    }

    /** Reads one; members it does not know are passed over. */
    static TwoPhaseSetOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "two-phase set operation");
        String type = object.string("type");
        String element = object.string("element");
        TwoPhaseSet delta = TwoPhaseSet.read(object.require("delta"), "delta");
        TwoPhaseSetOperation operation = switch (type) {
            case "add" -> new Add(element, delta);
            case "remove" -> new Remove(element, delta);
            default -> throw new ProtocolException("unknown two-phase set operation " + type);
        };
        if (!operation.fits()) {
            throw new ProtocolException("delta does not fit the operation on " + element);
        }
        return operation;
    }

    private boolean fits() {
        GSet changed = this instanceof Add ? delta().added() : delta().removed();
        GSet other = this instanceof Add ? delta().removed() : delta().added();
        return changed.size() == 1 && changed.contains(element()) && other.size() == 0;
    }
}
