package dev.thalweg.crdt;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of strings that only grows. */
public final class GSet implements Lattice<GSet> {
    /** No elements. */
    public static final GSet EMPTY = new GSet(PersistentMap.empty());

    private final PersistentMap<String, Boolean> elements;

    private GSet(PersistentMap<String, Boolean> elements) {
        this.elements = elements;
    }

    /** Whether an element is in it. */
    public boolean contains(String element) {
        return elements.has(element);
    }

    /** How many elements there are. */
    public int size() {
        return elements.size();
    }

    /** The elements, sorted by UTF-16 code unit. */
    public List<String> elements() {
        List<String> sorted = new ArrayList<>(elements.size());
        for (PersistentMap.Node<String, Boolean> node : elements) {
            sorted.add(node.key);
        }
        return sorted;
    }

    @Override
    public JsonArray value() {
        return toJson();
    }

    /** Adds an element. @return the delta, empty when it is there */
    public GSet add(String element) {
        return contains(element) ? EMPTY : EMPTY.with(element);
    }

    @Override
    public GSet join(GSet other) {
        if (other.size() > size()) {
            return other.join(this);
        }
        PersistentMap<String, Boolean> joined = elements.union(other.elements, (mine, theirs) -> mine);
        return Identity.same(joined, elements) ? this : new GSet(joined);
    }

    @Override
    public boolean covers(GSet other) {
        return Identity.same(elements.union(other.elements, (mine, theirs) -> mine), elements);
    }

    /** {@code ["<element>",…]}, sorted. */
    @Override
    public JsonArray toJson() {
        return JsonArray.ofStrings(elements());
    }

    /** Reads a set. @param what names it in the error */
    public static GSet read(JsonValue json, String what) throws ProtocolException {
        GSet set = EMPTY;
        String before = null;
        for (JsonValue value : JsonCasts.array(json, what).values()) {
            String element = JsonCasts.string(value, what + " element");
            if (before != null && before.compareTo(element) >= 0) {
                throw new ProtocolException(what + " elements must be sorted and none twice, had " + value.toJson()
                        + " after " + JsonValue.of(before).toJson());
            }
            set = set.with(element);
            before = element;
        }
        return set;
    }

    private GSet with(String element) {
        return new GSet(elements.with(element, Boolean.TRUE));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof GSet that && elements.equals(that.elements);
    }

    @Override
    public int hashCode() {
        return elements.hashCode();
    }

    @Override
    public String toString() {
        return toJson().toJson();
    }
}
