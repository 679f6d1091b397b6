package dev.thalweg.dds;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;

/**
 * Puts one element into a set that is a lattice, or takes one out.
 *
 * @param <S> the lattice
 */
public interface ElementOperation<S extends Lattice<S>> extends DeltaOperation<S> {
    /** Which element, for people who read the log, and to check the delta by. */
    String element();

    /** The operation as it stands on the wire. @param type what it does */
    default JsonValue toJson(String type) {
        return JsonObject.builder().put("type", type).put("element", element()).put("delta", delta().toJson()).build();
    }
}
