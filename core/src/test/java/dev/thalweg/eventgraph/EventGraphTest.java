package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventGraphTest {
    private static int[] version(int... lvs) {
        return lvs;
    }

    /** 0-2 and 3-5 from nothing, 6-8 on 1 and 4, 9-10 on 2 and 8. */
    private static EventGraph crossing() {
        EventGraph graph = new EventGraph();
        int a = graph.agents().findOrAdd("a");
        int b = graph.agents().findOrAdd("b");
        graph.append(a, 3, version());
        graph.append(b, 3, version());
        graph.append(a, 3, version(1, 4));
        graph.append(b, 2, version(2, 8));
        return graph;
    }

    @Test
    void namesAndLocalVersions() {
        EventGraph graph = crossing();
        assertThat(graph.size()).isEqualTo(11);
        assertThat(graph.runs()).isEqualTo(4);
        assertThat(graph.frontier()).containsExactly(5, 10);
        assertThat(graph.id(7)).isEqualTo(new EventId("a", 4));
        assertThat(graph.find(new EventId("b", 3))).isEqualTo(9);
        assertThat(graph.find(new EventId("b", 5))).isEqualTo(-1);
        assertThat(graph.find(new EventId("c", 0))).isEqualTo(-1);
        assertThat(graph.parents(6)).containsExactly(1, 4);
        assertThat(graph.parents(7)).containsExactly(6);
        assertThat(graph.versionVector()).isEqualTo(Map.of("a", 6, "b", 5));
        assertThatThrownBy(() -> graph.id(11)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are events 0 to 10, asked for 11");
    }

    @Test
    void whereVersionsParted() {
        EventGraph graph = crossing();
        assertThat(graph.lowestCommonAncestors(version(6), version(6))).containsExactly(6);
        assertThat(graph.lowestCommonAncestors(version(7), version(8))).containsExactly(7);
        assertThat(graph.lowestCommonAncestors(version(1, 4), version(6))).containsExactly(1, 4);
        assertThat(graph.lowestCommonAncestors(version(9), version(2, 7))).isEmpty();
        assertThat(graph.lowestCommonAncestors(version(), version(2))).isEmpty();
    }

    @Test
    void typingOnIsOneRun() {
        EventGraph graph = new EventGraph();
        int a = graph.agents().findOrAdd("a");
        for (int i = 0; i < 1000; i++) {
            graph.append(a, 1, graph.frontierHere());
        }
        assertThat(graph.runs()).isEqualTo(1);
        assertThat(graph.contains(version(999), 0)).isTrue();
    }

    @Test
    void takingBackLeavesWhatWasThere() {
        EventGraph graph = crossing();
        int[] before = graph.frontier();
        graph.append(graph.agents().findOrAdd("b"), 2, version(10));
        graph.append(graph.agents().findOrAdd("c"), 2, version(5, 11));
        graph.truncate(11, before, 2);
        assertThat(graph.size()).isEqualTo(11);
        assertThat(graph.frontier()).isEqualTo(before);
        assertThat(graph.versionVector()).isEqualTo(Map.of("a", 6, "b", 5));
        assertThat(graph.find(new EventId("b", 5))).isEqualTo(-1);
        assertThat(graph.append(graph.agents().findOrAdd("c"), 1, before)).isEqualTo(11);
        assertThat(graph.id(11)).isEqualTo(new EventId("c", 0));
    }

    /** Everything is compared with sets of ancestors, which are too simple to be wrong. */
    @Test
    void randomGraphs() {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            EventGraph graph = new EventGraph();
            List<BitSet> history = new ArrayList<>();
            int turns = 1 + random.nextInt(14);
            for (int turn = 0; turn < turns; turn++) {
                int[] parents = graph.dominators(some(random, graph.size()));
                int agent = graph.agents().findOrAdd("agent" + random.nextInt(3));
                int count = 1 + random.nextInt(4);
                graph.append(agent, count, parents);
                for (int i = 0; i < count; i++) {
                    BitSet own = i == 0 ? events(parents, history) : (BitSet) history.get(history.size() - 1).clone();
                    own.set(history.size());
                    history.add(own);
                }
            }
            assertThat(events(graph.frontier(), history).cardinality()).as("seed %s", seed).isEqualTo(graph.size());
            for (int i = 0; i < 20; i++) {
                check(graph, history, some(random, graph.size()), some(random, graph.size()), "seed " + seed);
            }
        }
    }

    private static void check(EventGraph graph, List<BitSet> history, int[] someA, int[] someB, String where) {
        int[] a = graph.dominators(someA);
        int[] b = graph.dominators(someB);
        BitSet eventsA = events(someA, history);
        BitSet eventsB = events(someB, history);
        assertThat(events(a, history)).as(where).isEqualTo(eventsA);
        for (int lv : a) {
            for (int other : a) {
                assertThat(lv != other && history.get(lv).get(other)).as(where).isFalse();
            }
        }
        for (int lv = 0; lv < graph.size(); lv++) {
            assertThat(graph.contains(someA, lv)).as("%s: %s", where, lv).isEqualTo(eventsA.get(lv));
        }
        VersionDiff diff = graph.diff(a, b);
        BitSet onlyA = (BitSet) eventsA.clone();
        onlyA.andNot(eventsB);
        BitSet onlyB = (BitSet) eventsB.clone();
        onlyB.andNot(eventsA);
        assertThat(ranges(diff.onlyA())).as(where).isEqualTo(onlyA);
        assertThat(ranges(diff.onlyB())).as(where).isEqualTo(onlyB);

        IntList since = new IntList();
        int[] common = graph.ancestry().conflicts(a, b, since);
        assertThat(graph.lowestCommonAncestors(a, b)).isEqualTo(common);
        BitSet base = events(common, history);
        BitSet zone = (BitSet) eventsA.clone();
        zone.or(eventsB);
        zone.andNot(base);
        BitSet listed = new BitSet();
        for (int i = 0; i < since.size(); i += 3) {
            for (int lv = since.get(i); lv < since.get(i + 1); lv++) {
                assertThat(listed.get(lv)).as("%s: %s twice", where, lv).isFalse();
                listed.set(lv);
                assertThat(since.get(i + 2)).as("%s: flag of %s", where, lv)
                        .isEqualTo((eventsA.get(lv) ? Ancestry.ONLY_A : 0) | (eventsB.get(lv) ? Ancestry.ONLY_B : 0));
                for (int each : common) {
                    assertThat(history.get(lv).get(each)).as("%s: %s has seen %s", where, lv, each).isTrue();
                }
            }
        }
        assertThat(listed).as(where).isEqualTo(zone);
    }

    private static BitSet events(int[] version, List<BitSet> history) {
        BitSet events = new BitSet();
        for (int lv : version) {
            events.or(history.get(lv));
        }
        return events;
    }

    private static BitSet ranges(int[] ranges) {
        BitSet events = new BitSet();
        for (int i = 0; i < ranges.length; i += 2) {
            events.set(ranges[i], ranges[i + 1]);
        }
        return events;
    }

    private static int[] some(Random random, int size) {
        int[] some = new int[size == 0 ? 0 : random.nextInt(4)];
        for (int i = 0; i < some.length; i++) {
            some[i] = random.nextInt(size);
        }
        return some;
    }
}
