package dev.thalweg.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What replicas that have ended leave behind. {@code -Dthalweg.cases=10000} makes a million cycles of it. */
class PruningTest {
    private static final Set<String> ENDED = Set.of("a", "b");

    @Test
    void aCounterKeepsItsValueWithoutThem() {
        PNCounter counter = PNCounter.ZERO;
        for (String replica : List.of("a", "b", "c")) {
            counter = counter.join(counter.update(replica, 5));
            counter = counter.join(counter.update(replica, -2));
        }
        assertEquals(List.of("a", "b", "c"), counter.prunable());
        PNCounter pruned = counter.pruned(ENDED);
        assertEquals(counter.value(), pruned.value());
        assertEquals(List.of("c"), pruned.prunable());
        assertEquals(pruned, pruned.pruned(ENDED));
        assertEquals(10, pruned.increments().count(Prunable.ENDED));
        PNCounter again = pruned.join(pruned.update("d", 1)).pruned(Set.of("d"));
        assertEquals(11, again.increments().count(Prunable.ENDED));
        assertEquals(counter.total() + 1, again.total());
    }

    @Test
    void whoeverHasLessOfThemHasLessAfterwards() {
        GCounter all = GCounter.ZERO.join(GCounter.ZERO.increment("a", 5)).join(GCounter.ZERO.increment("b", 3))
                .join(GCounter.ZERO.increment("c", 1));
        GCounter some = GCounter.ZERO.increment("b", 2).join(GCounter.ZERO.increment("c", 4));
        assertEquals(all.join(some).pruned(ENDED), all.pruned(ENDED).join(some.pruned(ENDED)));
        assertTrue(all.pruned(ENDED).count(Prunable.ENDED) > some.pruned(ENDED).count(Prunable.ENDED));
    }

    @Test
    void aCountThatIsTooLargeStays() {
        GCounter counter = GCounter.ZERO.increment("a", GCounter.MAX).join(GCounter.ZERO.increment("b", 7));
        assertEquals(List.of("b"), counter.prunable());
    }

    @Test
    void aSetForgetsThoseOfWhomNothingIsLeft() {
        ORSet set = ORSet.EMPTY;
        set = set.join(set.add("a", "x"));
        set = set.join(set.add("b", "y"));
        set = set.join(set.add("c", "z"));
        assertEquals(List.of(), set.prunable());
        ORSet before = set;
        set = set.join(set.remove("x"));
        assertEquals(List.of("a"), set.prunable());
        ORSet pruned = set.pruned(Set.of("a"));
        pruned.check();
        assertEquals(set.value(), pruned.value());
        assertEquals(2, pruned.context().size());
        // What still had it forgets it, too, and so does a removal that is on its way.
        assertEquals(pruned, pruned.join(before.pruned(Set.of("a"))));
        assertEquals(pruned, pruned.join(before.remove("x").pruned(Set.of("a"))));
        ORMap<ORSet> map = ORMap.of(ORSet.EMPTY);
        assertEquals(List.of(), map.prunable());
    }

    @Test
    void cyclesOfAddingAndRemovingLeaveWhatTheElementsTake() {
        int cycles = Math.min(1_000_000, 100 * Integer.getInteger("thalweg.cases", 1_000));
        ORSet set = ORSet.EMPTY;
        for (int i = 0; i < 1_000; i++) {
            set = set.join(set.add("a", "e" + i));
        }
        int first = set.toBytes().length;
        List<String> replicas = List.of("a", "b", "c");
        for (int i = 0; i < cycles; i++) {
            String element = "e" + i % 1_000;
            set = set.join(set.remove(element));
            set = set.join(set.add(replicas.get(i % 3), element));
        }
        assertEquals(1_000, set.size());
        assertEquals(3, set.context().size());
        // The same elements under later dots, whose counters take more digits.
        assertTrue(set.toBytes().length < 2 * first, set.toBytes().length + " bytes, " + first + " at first");
        set.check();
    }
}
