package dev.thalweg.dds.gset;

import dev.thalweg.crdt.GSet;
import dev.thalweg.dds.ElementOperation;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to a set. */
public sealed interface GSetOperation extends ElementOperation<GSet> {
    /** Puts an element in. @param delta what counts */
    record Add(String element, GSet delta) implements GSetOperation {
        @Override
        public JsonValue toJson() {
            return toJson("add");
        }
    }

    /** Reads one; members it does not know are passed over. */
    static GSetOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "G-set operation");
        String type = object.string("type");
        String element = object.string("element");
        GSet delta = GSet.read(object.require("delta"), "delta");
        GSetOperation operation = switch (type) {
            case "add" -> new Add(element, delta);
            default -> throw new ProtocolException("unknown G-set operation " + type);
        };
        if (!operation.fits()) {
            throw new ProtocolException("delta does not fit the operation on " + element);
        }
        return operation;
    }

    private boolean fits() {
        return delta().size() == 1 && delta().contains(element());
    }
}
