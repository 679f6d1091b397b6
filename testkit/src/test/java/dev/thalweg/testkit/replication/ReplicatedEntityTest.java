package dev.thalweg.testkit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.Membership;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.replication.eventsourcing.EntityOptions;
import dev.thalweg.replication.eventsourcing.EventSourced;
import dev.thalweg.replication.eventsourcing.ReplicatedEntity;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A counter on two nodes: what is promised, one by one. */
class ReplicatedEntityTest {
    /** Adds numbers; refuses to add 0, and fails at 13. */
    private record Sum() implements EventSourced<Integer, Integer, Integer> {
        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public List<Integer> handle(Integer state, Integer command) {
            if (command == 0) {
                throw new IllegalArgumentException("0 adds nothing");
            }
            if (command == 13) {
                throw new UnsupportedOperationException("thirteen");
            }
            return List.of(command);
        }

        @Override
        public Integer apply(Integer state, Integer event) {
            return state + event;
        }

        @Override
        public JsonValue writeEvent(Integer event) {
            return new JsonNumber(event);
        }

        @Override
        public Integer readEvent(JsonValue json) throws ProtocolException {
            return JsonCasts.integer(json, "event", 1, 1000);
        }

        @Override
        public JsonValue writeState(Integer state) {
            return new JsonNumber(state);
        }

        @Override
        public Integer readState(JsonValue json) throws ProtocolException {
            return JsonCasts.integer(json, "state", 0, Integer.MAX_VALUE);
        }
    }

    private final List<String> refused = new ArrayList<>();
    private final SimulatedNetwork network = new SimulatedNetwork(new Rng(1), new SimulatedNetwork.Faults(5, 0, 0));

    private Answer<ReplicatedEntity<Integer, Integer, Integer>> open(String name, Journal journal) {
        SimulatedNetwork.Node node = network.start(name);
        Answer<ReplicatedEntity<Integer, Integer, Integer>> opened = new Answer<>();
        ReplicatedEntity.open(new Sum(), new ReplicatedEntity.Parameters("sum", node,
                Membership.of(List.of("a", "b")), node, node, journal, new EntityOptions(100, 500, 10, 3, 1000),
                (from, what) -> refused.add(from + ": " + what)), opened);
        return opened;
    }

    @Test
    void countsOnBothNodesAndForgetsWhatBothHave() {
        MemoryJournal disk = new MemoryJournal();
        Answer<ReplicatedEntity<Integer, Integer, Integer>> a = open("a", disk);
        network.run(1000);
        assertFalse(a.came(), "a node without a journal waits for the others");
        Answer<ReplicatedEntity<Integer, Integer, Integer>> b = open("b", new MemoryJournal());
        network.run(1000);
        List<Integer> seen = new ArrayList<>();
        b.get().subscribe(seen::add);
        Answer<Integer> counted = new Answer<>();
        a.get().command(5, counted);
        assertEquals(5, counted.get());
        b.get().command(7, new Answer<>());
        network.run(1000);
        assertEquals(12, a.get().state());
        assertEquals(List.of(7, 12), seen);
        for (int i = 0; i < 20; i++) {
            a.get().command(1, new Answer<>());
            network.run(300);
        }
        assertEquals(32, b.get().state());
        assertTrue(a.get().recent().size() < 10, "what all have is forgotten");
        Answer<ReplicatedEntity<Integer, Integer, Integer>> again = open("a", disk);
        assertEquals(32, again.get().state());
        network.run(1000);
        assertEquals(again.get().digest(), b.get().digest());
        assertEquals(List.of(), refused);
    }

    @Test
    void aHandlerThatFailsFailsItsCommandAloneAndAListenersFaultKeepsNobodyWaiting() {
        SlowJournal disk = new SlowJournal(new MemoryJournal());
        Answer<ReplicatedEntity<Integer, Integer, Integer>> a = open("a", disk);
        open("b", new MemoryJournal());
        for (int i = 0; i < 20; i++) {
            disk.passAll();
            network.run(100);
        }
        Answer<Integer> unlucky = new Answer<>();
        a.get().command(13, unlucky);
        assertEquals(500, unlucky.failure().code());
        a.get().command(5, new Outcome<>() {
            @Override
            public void succeeded(Integer state) {
                throw new IllegalStateException("this listener's fault");
            }

            @Override
            public void failed(Failure failure) {}
        });
        Answer<Integer> next = new Answer<>();
        a.get().command(6, next);
        assertThrows(IllegalStateException.class, disk::passAll);
        disk.passAll();
        assertEquals(11, next.get());
        assertEquals(List.of(), refused);
    }

    @Test
    void aCommandThatMakesNoSenseFailsAndChangesNothing() {
        Answer<ReplicatedEntity<Integer, Integer, Integer>> a = open("a", new MemoryJournal());
        open("b", new MemoryJournal());
        network.run(1000);
        Answer<Integer> answer = new Answer<>();
        a.get().command(0, answer);
        assertEquals("0 adds nothing", answer.failure().message());
        assertEquals(0, a.get().state());
        a.get().close();
        assertThrows(IllegalStateException.class, () -> a.get().command(1, new Answer<>()));
    }

    @Test
    void aJournalThatCannotBeReadIsNotGoneOnWith() {
        MemoryJournal disk = new MemoryJournal();
        open("a", disk);
        open("b", new MemoryJournal());
        network.run(1000);
        disk.append("events:sum:a", Journal.ANY, List.of(Utf8.encode("?")), new Answer<>());
        Answer<ReplicatedEntity<Integer, Integer, Integer>> again = open("a", disk);
        assertNotNull(again.failure());
        assertTrue(again.failure().message().contains("another name"), again.failure().message());
    }

    @Test
    void whatCannotBeReadIsReportedAndChangesNothing() {
        Answer<ReplicatedEntity<Integer, Integer, Integer>> a = open("a", new MemoryJournal());
        open("b", new MemoryJournal());
        network.run(1000);
        SimulatedNetwork.Node b = network.start("b");
        String digest = a.get().digest();
        b.send("a", new byte[0]);
        b.send("a", Utf8.encode("{}"));
        network.start("mallory").send("a", new byte[1]);
        network.run(100);
        assertEquals(3, refused.size());
        assertEquals(digest, a.get().digest());
    }
}
