package dev.thalweg.replication.eventsourcing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.thalweg.crdt.Dot;
import dev.thalweg.crdt.Stamp;
import dev.thalweg.crdt.VersionVector;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Groups of events, and what becomes of them. An event is a subject and a text, with a colon between. */
class ResolverTest {
    /** Joins the texts of events. */
    private record Texts(Resolver<String, String> resolver) implements EventSourced<String, String, String> {
        @Override
        public String initial() {
            return "";
        }

        @Override
        public List<String> handle(String state, String command) {
            return List.of(command);
        }

        @Override
        public String apply(String state, String event) {
            return state + event + " ";
        }

        @Override
        public JsonValue writeEvent(String event) {
            return JsonValue.of(event);
        }

        @Override
        public String readEvent(JsonValue json) throws ProtocolException {
            return JsonCasts.string(json, "event");
        }

        @Override
        public JsonValue writeState(String state) {
            return JsonValue.of(state);
        }

        @Override
        public String readState(JsonValue json) throws ProtocolException {
            return JsonCasts.string(json, "state");
        }
    }

    private static EventEnvelope<String> event(String replica, VersionVector seen, int time, String event) {
        return new EventEnvelope<>(seen.next(replica), seen, new Stamp(time, 0, replica), event);
    }

    private static String subject(String event) {
        return event.substring(0, event.indexOf(':'));
    }

    private static final VersionVector NONE = VersionVector.EMPTY;
    private static final EventEnvelope<String> A1 = event("a", NONE, 1, "x:1");
    private static final EventEnvelope<String> A2 = event("a", NONE.with(new Dot("a", 1)), 3, "x:3");
    private static final EventEnvelope<String> B1 = event("b", NONE, 2, "x:2");
    private static final EventEnvelope<String> C1 = event("c", NONE, 4, "y:4");
    /* Knows all four. */
    private static final EventEnvelope<String> B2 = event("b",
            NONE.with(A2.dot()).with(B1.dot()).with(C1.dot()), 9, "x:9");

    private static String state(Resolver<String, String> resolver, List<EventEnvelope<String>> events) {
        History<String, String> history = new History<>(new Texts(resolver), "", NONE);
        String state = "";
        for (EventEnvelope<String> event : events) {
            history.add(event);
            state = history.state();
        }
        return state;
    }

    private static void everyOrder(String expected, Resolver<String, String> resolver) {
        assertEquals(expected, state(resolver, List.of(A1, A2, B1, C1, B2)));
        assertEquals(expected, state(resolver, List.of(C1, B1, A1, A2, B2)));
        assertEquals(expected, state(resolver, List.of(B1, A1, C1, A2, B2)));
    }

    @Test
    void eventsAreAppliedInTheOrderOfTheirStamps() {
        everyOrder("x:1 x:2 x:3 y:4 x:9 ", Resolver.inOrder());
    }

    @Test
    void theLastOfThoseThatDoNotKnowEachOtherStands() {
        /* The first does not know the second, which is later, and that one not the third. */
        everyOrder("x:3 y:4 x:9 ", Resolver.lastWriterWins(ResolverTest::subject));
    }

    @Test
    void whatDoesNotKnowEachOtherIsMerged() {
        everyOrder("x:1 x:2&x:3 y:4 x:9 ", Resolver.merging(ResolverTest::subject, (one, other) -> one + "&" + other));
    }

    @Test
    void aResolverIsAskedForGroupsOnly() {
        History<String, String> history = new History<>(new Texts(Resolver.inOrder()), "", NONE);
        history.add(A1);
        history.add(A2);
        assertEquals("x:1 x:3 ", history.state());
        assertEquals(0, history.resolved());
        history.add(B1);
        assertEquals("x:1 x:2 x:3 ", history.state());
        assertEquals(1, history.resolved());
    }

    @Test
    void whatEverybodyKnowsBecomesTheBase() {
        History<String, String> history = new History<>(new Texts(Resolver.inOrder()), "", NONE);
        List.of(A1, A2, B1, C1).forEach(history::add);
        history.settle(NONE.with(A2.dot()).with(B1.dot()));
        assertEquals(4, history.events().size());
        history.add(B2);
        history.settle(B2.seen());
        assertEquals(List.of(B2), history.events());
        assertEquals("x:1 x:2 x:3 y:4 ", history.base());
        assertEquals("x:1 x:2 x:3 y:4 x:9 ", history.state());
        assertThrows(IllegalArgumentException.class, () -> history.add(event("d", NONE, 9, "x:0")));
    }

    @Test
    void whatWaitsIsBounded() {
        Waiting<String> waiting = new Waiting<>(1);
        assertTrue(waiting.add(A2));
        assertTrue(waiting.add(A2));
        assertFalse(waiting.add(B2));
        assertNull(waiting.next(NONE));
        assertEquals(A2, waiting.next(NONE.with(A1.dot())));
        assertTrue(waiting.add(B2));
    }
}
