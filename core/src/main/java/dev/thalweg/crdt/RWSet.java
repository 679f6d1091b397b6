package dev.thalweg.crdt;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of strings in which a removal wins over an addition made at the same time. A removal must be remembered for
 * that: an element that was removed, and not added since, costs one dot.
 */
public final class RWSet extends Causal<RWSet> {
    /** No elements. */
    public static final RWSet EMPTY = new RWSet(null, CausalContext.EMPTY);

    private static final String ADDED = "added";
    private static final String REMOVED = "removed";

    private RWSet(@Nullable DotStore store, CausalContext context) {
        super(store, context);
    }

    /** Whether an element is in it: it was added, and every removal was seen by somebody who added it again. */
    public boolean contains(String element) {
        return added(DotMap.get(store, element));
    }

    private static boolean added(@Nullable DotStore entry) {
        return entry != null && DotMap.get(entry, REMOVED) == null;
    }

    /** The elements, sorted by UTF-16 code unit. */
    public List<String> elements() {
        List<String> elements = new ArrayList<>();
        if (store != null) {
            for (PersistentMap.Node<String, DotStore> node : ((DotMap) store).entries) {
                if (added(node.value)) {
                    elements.add(node.key);
                }
            }
        }
        return elements;
    }

    @Override
    public JsonArray value() {
        return JsonArray.ofStrings(elements());
    }

    /** Adds an element. @param replica must have seen all its own changes @return the delta */
    public RWSet add(String replica, String element) {
        return put(replica, element, ADDED);
    }

    /** Removes an element, also one that is not there. @param replica as with {@link #add} @return the delta */
    public RWSet remove(String replica, String element) {
        return put(replica, element, REMOVED);
    }

    private RWSet put(String replica, String element, String what) {
        Dot dot = context.next(replica);
        return replace(DotMap.get(store, element), dot, DotMap.of(element, DotMap.of(what, DotSet.of(dot))));
    }

    @Override
    RWSet make(@Nullable DotStore content, CausalContext seen) {
        return new RWSet(content, seen);
    }

    @Override
    @Nullable
    DotStore readStore(JsonValue json, String what) throws ProtocolException {
        return DotMap.read(json, RWSet::readEntry, what);
    }

    private static @Nullable DotStore readEntry(JsonValue json, String what) throws ProtocolException {
        DotMap entry = DotMap.read(json, DotSet::read, what);
        if (entry != null) {
            for (PersistentMap.Node<String, DotStore> node : entry.entries) {
                if (!node.key.equals(ADDED) && !node.key.equals(REMOVED)) {
                    throw new ProtocolException(what + " must be added or removed, was " + node.key);
                }
            }
        }
        return entry;
    }
}
