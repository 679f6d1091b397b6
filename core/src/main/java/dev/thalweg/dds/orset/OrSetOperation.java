package dev.thalweg.dds.orset;

import dev.thalweg.crdt.ORSet;
import dev.thalweg.dds.ElementOperation;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What can be done to a set. */
public sealed interface OrSetOperation extends ElementOperation<ORSet> {
    /** Puts an element in. @param delta what counts */
    record Add(String element, ORSet delta) implements OrSetOperation {
        @Override
        public JsonValue toJson() {
            return toJson("add");
        }
    }

    /** Takes an element out, as far as the author has seen it put in. @param delta what counts */
    record Remove(String element, ORSet delta) implements OrSetOperation {
        @Override
        public JsonValue toJson() {
            return toJson("remove");
        }
    }

    /** Reads one; members it does not know are passed over. */
    static OrSetOperation read(JsonValue contents) throws ProtocolException {
        JsonObject object = JsonCasts.object(contents, "OR-set operation");
        String type = object.string("type");
        String element = object.string("element");
        ORSet delta = ORSet.EMPTY.read(object.require("delta"), "delta");
        OrSetOperation operation = switch (type) {
            case "add" -> new Add(element, delta);
            case "remove" -> new Remove(element, delta);
            default -> throw new ProtocolException("unknown OR-set operation " + type);
        };
        if (!operation.fits()) {
            throw new ProtocolException("delta does not fit the operation on " + element);
        }
        return operation;
    }

    private boolean fits() {
        return switch (this) {
            case Add add -> delta().size() == 1 && delta().contains(element()) && delta().dots(element()).size() == 1;
            case Remove remove -> delta().size() == 0;
        };
    }
}
