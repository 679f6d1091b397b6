package dev.thalweg.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {
    private static final Topology STAR = new Topology.Star();
    private static final Topology GOSSIP = new Topology.Gossip(3, 3);
    private static final Topology CUT = new Topology.Partition(10, 40, Set.of(2, 3));

    private static SimulationSetting setting(List<Integer> pings, int ticks, int interval, String... namespaces) {
        return new SimulationSetting(pings, ticks, interval, List.of(namespaces));
    }

    /** The scenarios of mizchi/converge's own tests, with what an independent port of its simulator came to. */
    private static Stream<Arguments> scenarios() {
        return Stream.of(
                Arguments.of(STAR, SimulationSetting.alike(5, 30, 50, 1, "state"), 42, 26, 500),
                Arguments.of(STAR, setting(List.of(30, 30, 200, 200, 200), 80, 1, "state"), 123, 51, 800),
                Arguments.of(GOSSIP, SimulationSetting.alike(10, 30, 100, 1, "state"), 42, 52, 4530),
                Arguments.of(STAR, SimulationSetting.alike(8, 30, 60, 3, "data"), 99, 30, 960),
                Arguments.of(GOSSIP, SimulationSetting.alike(8, 30, 60, 3, "data"), 99, 30, 1938),
                Arguments.of(new Topology.Mesh(), SimulationSetting.alike(5, 30, 50, 1, "state"), 42, 25, 1000),
                Arguments.of(new Topology.FilteredStar(Map.of(0, List.of("pos"), 1, List.of("hp"), 2,
                        List.of("pos", "hp"), 3, List.of("pos"), 4, List.of("hp"))),
                        SimulationSetting.alike(5, 30, 50, 1, "pos", "hp"), 42, 26, 500),
                Arguments.of(new Topology.FilteredStar(Map.of(0, List.of("alpha"), 1, List.of("beta"), 2,
                        List.of("alpha", "beta"))), SimulationSetting.alike(3, 30, 40, 1, "alpha", "beta"), 77, 21,
                        240),
                Arguments.of(CUT, SimulationSetting.alike(4, 30, 80, 1, "state"), 42, 42, 520),
                Arguments.of(CUT, SimulationSetting.alike(4, 30, 80, 2, "state"), 42, 42, 520),
                Arguments.of(STAR, setting(List.of(30, 30, 30, 200, 200), 60, 2, "pos", "hp"), 42, 40, 600));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void comesToTheKnownNumbers(Topology topology, SimulationSetting setting, int seed, int convergence, int messages) {
        SimulationResult result = new Simulation(topology, setting, seed).run();
        assertEquals(convergence, result.convergenceTick());
        assertEquals(messages, result.totalMessages());
        assertEquals(setting.ticks(), result.ticks().size());
        assertEquals(0, result.ticks().get(setting.ticks() - 1).inconsistentPairs());
        assertEquals(result, new Simulation(topology, setting, seed).run());
    }

    @Test
    void aPartitionKeepsApartWhoIsCutOff() {
        Simulation simulation = new Simulation(CUT, SimulationSetting.alike(4, 30, 80, 1, "state"), 42);
        for (int tick = 0; tick < 26; tick++) {
            simulation.step();
        }
        assertFalse(simulation.isCutOff(2, 9));
        assertTrue(simulation.isCutOff(2, 10));
        assertTrue(simulation.isCutOff(2, 39));
        assertFalse(simulation.isCutOff(2, 40));
        assertFalse(simulation.isCutOff(1, 10));
        for (SentMessage message : simulation.messages()) {
            assertTrue(message.from() < 2 && message.to() < 2);
            assertEquals(26, message.arrives());
        }
        assertEquals(6, simulation.run().ticks().get(25).inconsistentPairs());
    }

    @Test
    void aFilterKeepsOutWhatNobodyAskedFor() {
        Topology filtered = new Topology.FilteredStar(Map.of(0, List.of("a"), 1, List.of("b")));
        Simulation simulation = new Simulation(filtered, SimulationSetting.alike(3, 30, 20, 1, "a", "b"), 7);
        simulation.run();
        assertEquals(List.of("p0", "p2"), new ArrayList<>(simulation.entries(0, "a").keySet()));
        assertTrue(simulation.entries(0, "b").isEmpty());
        assertEquals(List.of("p1", "p2"), new ArrayList<>(simulation.entries(2, "b").keySet()));
        assertEquals(List.of("p1", "p2"), new ArrayList<>(simulation.entries(Simulation.RELAY, "b").keySet()));
        assertEquals(List.of("a"), simulation.namespaces(0));
        assertEquals(List.of("a", "b"), simulation.namespaces(2));
    }

    @Test
    void whatIsSentIsWhatIsCounted() {
        Simulation simulation = new Simulation(GOSSIP, SimulationSetting.alike(6, 0, 30, 2, "x"), 5);
        while (!simulation.isOver()) {
            TickMetrics metrics = simulation.step();
            assertEquals(metrics.messages(), simulation.messages().size());
            assertEquals(metrics.carried(), simulation.messages().stream().mapToInt(SentMessage::entries).sum());
            assertTrue(metrics.inconsistentPairs() <= 15);
        }
        assertThrows(IllegalStateException.class, simulation::step);
    }

    @Test
    void everySeedOfEveryTopologyConverges() {
        for (int seed = 0; seed < 50; seed++) {
            for (Topology topology : List.of(STAR, GOSSIP, new Topology.Mesh(), CUT)) {
                SimulationSetting setting = SimulationSetting.alike(4, 10 * (seed % 7), 120, 1 + seed % 3, "s");
                SimulationResult result = new Simulation(topology, setting, seed).run();
                assertFalse(result.convergenceTick() < 60, "seed " + seed + " of " + topology);
                assertEquals(16, result.ticks().get(119).entries());
            }
        }
    }

    @Test
    void refusesPeersAndNumbersThatThereAreNot() {
        SimulationSetting two = SimulationSetting.alike(2, 30, 10, 1, "s");
        assertThrows(IllegalArgumentException.class, () -> new Simulation(CUT, two, 1));
        assertThrows(IllegalArgumentException.class,
                () -> new Simulation(new Topology.FilteredStar(Map.of(0, List.of("t"))), two, 1));
        assertThrows(IllegalArgumentException.class, () -> new Topology.Gossip(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Topology.Partition(5, 4, Set.of()));
        assertThrows(IllegalArgumentException.class, () -> SimulationSetting.alike(0, 30, 10, 1, "s"));
        assertThrows(IllegalArgumentException.class, () -> SimulationSetting.alike(2, -1, 10, 1, "s"));
        assertThrows(IllegalArgumentException.class, () -> SimulationSetting.alike(2, 1, 10, 0, "s"));
    }
}
