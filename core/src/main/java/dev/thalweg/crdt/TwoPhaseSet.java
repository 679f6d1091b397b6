package dev.thalweg.crdt;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of strings from which an element is removed once and for all, whether or not it had been added. */
public final class TwoPhaseSet implements Lattice<TwoPhaseSet> {
    /** No elements, none removed. */
    public static final TwoPhaseSet EMPTY = new TwoPhaseSet(GSet.EMPTY, GSet.EMPTY);

    private final GSet added;
    private final GSet removed;

    private TwoPhaseSet(GSet added, GSet removed) {
        this.added = added;
        this.removed = removed;
    }

    /** Whether an element is in it: added, and never removed. */
    public boolean contains(String element) {
        return added.contains(element) && !removed.contains(element);
    }

    /** The elements, sorted by UTF-16 code unit. */
    public List<String> elements() {
        List<String> elements = new ArrayList<>();
        for (String element : added.elements()) {
            if (!removed.contains(element)) {
                elements.add(element);
            }
        }
        return elements;
    }

    /** What was ever added. */
    public GSet added() {
        return added;
    }

    /** What was ever removed. */
    public GSet removed() {
        return removed;
    }

    @Override
    public JsonArray value() {
        return JsonArray.ofStrings(elements());
    }

    /** Adds an element, which does not show when it was removed. @return the delta */
    public TwoPhaseSet add(String element) {
        return new TwoPhaseSet(added.add(element), GSet.EMPTY);
    }

    /** Removes an element for good. @return the delta */
    public TwoPhaseSet remove(String element) {
        return new TwoPhaseSet(GSet.EMPTY, removed.add(element));
    }

    @Override
    public TwoPhaseSet join(TwoPhaseSet other) {
        return new TwoPhaseSet(added.join(other.added), removed.join(other.removed));
    }

    @Override
    public boolean covers(TwoPhaseSet other) {
        return added.covers(other.added) && removed.covers(other.removed);
    }

    /** {@code {"added":[…],"removed":[…]}}. */
    @Override
    public JsonObject toJson() {
        return JsonObject.builder().put("added", added.toJson()).put("removed", removed.toJson()).build();
    }

    /** Reads a set. @param what names it in the error */
    public static TwoPhaseSet read(JsonValue json, String what) throws ProtocolException {
        JsonObject object = Shapes.object(json, 2, what);
        return new TwoPhaseSet(GSet.read(object.require("added"), what + ".added"),
                GSet.read(object.require("removed"), what + ".removed"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof TwoPhaseSet that && added.equals(that.added) && removed.equals(that.removed);
    }

    @Override
    public int hashCode() {
        return 31 * added.hashCode() + removed.hashCode();
    }

    @Override
    public String toString() {
        return toJson().toJson();
    }
}
