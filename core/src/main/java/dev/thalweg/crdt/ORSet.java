package dev.thalweg.crdt;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of strings in which an addition wins over a removal made at the same time. Keeps nothing of what was removed;
 * an element costs one dot, however often it came and went.
 */
public final class ORSet extends Causal<ORSet> {
    /** No elements. */
    public static final ORSet EMPTY = new ORSet(null, CausalContext.EMPTY);

    ORSet(@Nullable DotStore store, CausalContext context) {
        super(store, context);
    }

    /** Whether an element is in it: somebody added it, and nobody who had seen that removed it. */
    public boolean contains(String element) {
        return DotMap.get(store, element) != null;
    }

    /** The dots that keep an element in it, sorted; none when it is not. */
    public List<Dot> dots(String element) {
        return DotStore.dots(DotMap.get(store, element));
    }

    /** How many elements there are. */
    public int size() {
        return DotMap.living(store);
    }

    /** The elements, sorted by UTF-16 code unit. */
    public List<String> elements() {
        return DotMap.keys(store);
    }

    @Override
    public JsonArray value() {
        return JsonArray.ofStrings(elements());
    }

    /** Adds an element, also one that is there. @param replica must have seen all its own changes @return the delta */
    public ORSet add(String replica, String element) {
        Dot dot = context.next(replica);
        return replace(DotMap.get(store, element), dot, DotMap.of(element, DotSet.of(dot)));
    }

    /** Removes an element, as far as this state has seen it added. @return the delta */
    public ORSet remove(String element) {
        return drop(DotMap.get(store, element));
    }

    /** Removes all elements, as far as this state has seen them added. @return the delta */
    public ORSet clear() {
        return drop(store);
    }

    /** The elements that joining a delta can add or remove, or may have when it is joined already. */
    public Set<String> touched(ORSet delta) {
        return DotMap.touched(store, delta.store, delta.context);
    }

    @Override
    ORSet make(@Nullable DotStore content, CausalContext seen) {
        return new ORSet(content, seen);
    }

    @Override
    @Nullable
    DotStore readStore(JsonValue json, String what) throws ProtocolException {
        return DotMap.read(json, DotSet::read, what);
    }
}
