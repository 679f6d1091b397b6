package dev.thalweg.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.thalweg.ephemeral.EphemeralEntry;
import dev.thalweg.ephemeral.EphemeralLimits;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.EventRun;
import dev.thalweg.eventgraph.RowOperation;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TableJson;
import dev.thalweg.eventgraph.TableRun;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Answer;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.replication.StreamExtent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SyncHubTest {
    private static final DocumentKind TABLES = DocumentKind.TABLES;
    private static final SyncLimits LIMITS = new SyncLimits(1000, 100, 5);

    private final MemoryJournal journal = new MemoryJournal();
    private final SyncHub hub = open(journal);

    private static SyncHub open(Journal journal) {
        Answer<SyncHub> opened = new Answer<>();
        SyncHub.open(journal, "t/d", LIMITS, EphemeralLimits.DEFAULT, opened);
        return opened.get();
    }

    private static EventRun write(TableDocument tables, String row, int value) {
        int before = tables.graph().size();
        if (tables.row("t", row) == null) {
            tables.insert("t", row, JsonObject.of("v", JsonValue.of(value)));
        } else {
            tables.update("t", row, "v", JsonValue.of(value));
        }
        return tables.eventsFrom(before).get(0);
    }

    private static PushReply push(SyncHub hub, List<EventRun> events) {
        Answer<PushReply> reply = new Answer<>();
        hub.push(TABLES, "", events, reply);
        return reply.get();
    }

    private static @Nullable Failure refused(SyncHub hub, List<EventRun> events) {
        Answer<PushReply> reply = new Answer<>();
        hub.push(TABLES, "", events, reply);
        return reply.failure;
    }

    private static SyncClient.SyncReport sync(TableDocument tables, SyncTransport hub) {
        Answer<SyncClient.SyncReport> report = new Answer<>();
        new SyncClient<>(tables, hub, LIMITS, changes -> {}).sync(report);
        return report.get();
    }

    private static SyncState state(SyncHub hub) {
        Answer<SyncState> state = new Answer<>();
        hub.state(state);
        return state.get();
    }

    @Test
    void whatOnePushesAnotherPulls() {
        TableDocument alice = new TableDocument("alice");
        TableDocument bob = new TableDocument("bob");
        write(alice, "r", 1);
        write(bob, "s", 2);
        assertEquals(new SyncClient.SyncReport(0, 1), sync(alice, hub));
        assertEquals(new SyncClient.SyncReport(1, 1), sync(bob, hub));
        assertEquals(new SyncClient.SyncReport(1, 0), sync(alice, hub));
        assertEquals(alice.rows("t"), bob.rows("t"));
        assertEquals(Map.of("alice", 1, "bob", 1), state(hub).versions());
        assertEquals(new SyncClient.SyncReport(0, 0), sync(alice, hub));
    }

    @Test
    void whatIsThereAlreadyMakesNoDifference() {
        TableDocument alice = new TableDocument("alice");
        List<EventRun> runs = List.of(write(alice, "r", 1), write(alice, "r", 2));
        assertEquals(1, push(hub, runs).changes());
        SyncState before = state(hub);
        assertEquals(0, push(hub, runs).changes());
        assertEquals(before, state(hub));
        Answer<StreamExtent> extent = new Answer<>();
        journal.extent("t/d", extent);
        assertEquals(1, extent.get().version());
    }

    @Test
    void aGapIsNoLoss() {
        TableDocument alice = new TableDocument("alice");
        EventRun first = write(alice, "r", 1);
        EventRun second = write(alice, "r", 2);
        assertEquals(new PushReply(0, 1), push(hub, List.of(second)));
        assertEquals(Map.of(), state(hub).versions());
        assertEquals(new PushReply(1, 0), push(hub, List.of(first)));
        assertEquals(Map.of("alice", 2), state(hub).versions());
        assertEquals(Map.of("alice", 2), state(open(journal)).versions());
    }

    @Test
    void comesInPortions() {
        TableDocument alice = new TableDocument("alice");
        for (int i = 0; i < 2345; i++) {
            write(alice, "r" + i % 7, i);
        }
        assertEquals(new SyncClient.SyncReport(0, 2345), sync(alice, hub));
        Answer<PullReply> reply = new Answer<>();
        hub.pull(TABLES, Map.of("alice", 2300), 40, reply);
        assertEquals(40, reply.get().events().get(0).operations().size());
        assertTrue(reply.get().more());
        Answer<PullReply> last = new Answer<>();
        hub.pull(TABLES, Map.of("alice", 2340), 40, last);
        assertFalse(last.get().more());
        TableDocument bob = new TableDocument("bob");
        assertEquals(new SyncClient.SyncReport(2345, 0), sync(bob, hub));
        assertEquals(alice.rows("t"), bob.rows("t"));
        assertThrows(IllegalArgumentException.class, () -> hub.pull(TABLES, Map.of(), 0, new Answer<>()));
    }

    @Test
    void aMillionEventsAtOnceAreTooMany() throws ProtocolException {
        List<RowOperation> million = Collections.nCopies(1_000_000, new RowOperation.Delete("t", "r"));
        EventRun run = EventRun.read(TABLES, TableJson.runs(
                List.of(new TableRun(new EventId("mallory", 0), List.of(), 1, million)))).get(0);
        Failure failure = refused(hub, List.of(run));
        assertNotNull(failure);
        assertEquals(413, failure.code());
        assertEquals("a push brings at most 1000 events, this one more; bring them in several", failure.message());
        assertFalse(failure.retryable());
        assertEquals(Map.of(), state(hub).versions());
        JsonObject json = SyncJson.push(TABLES, "mallory", List.of(run));
        assertEquals(1_000_000, SyncJson.readEvents(TABLES, json).get(0).length());
    }

    @Test
    void anAgentWithTwoHistoriesIsRefused() {
        push(hub, List.of(write(new TableDocument("alice"), "r", 1)));
        Failure failure = refused(hub, List.of(write(new TableDocument("alice"), "r", 2)));
        assertNotNull(failure);
        assertEquals(409, failure.code());
        assertTrue(failure.message().contains("two histories"), failure.message());
        TableDocument bob = new TableDocument("bob");
        sync(bob, hub);
        assertEquals("{\"v\":1}", bob.rows("t").get("r").toJson());
    }

    @Test
    void isThereAgainAfterARestart() {
        TableDocument alice = new TableDocument("alice");
        for (int i = 0; i < 23; i++) {
            write(alice, "r" + i % 3, i);
            sync(alice, hub);
            SyncHub again = open(journal);
            assertEquals(state(hub), state(again));
            TableDocument cold = new TableDocument("cold");
            sync(cold, again);
            assertEquals(alice.rows("t"), cold.rows("t"));
        }
        Answer<StreamExtent> extent = new Answer<>();
        journal.extent("t/d", extent);
        assertEquals(new StreamExtent(20, 23), extent.get());
    }

    @Test
    void damageIsReportedAndMendedByWhoeverHasTheEvents() {
        TableDocument alice = new TableDocument("alice");
        for (int i = 0; i < 3; i++) {
            write(alice, "r" + i, i);
            sync(alice, hub);
        }
        Answer<StreamExtent> damaged = new Answer<>();
        journal.append("t/d", -1, List.of(new byte[] {1, 2, 3}), damaged);
        write(alice, "r3", 3);
        Answer<PushReply> stale = new Answer<>();
        hub.push(TABLES, "", alice.eventsFrom(0), stale);
        assertNotNull(stale.failure);
        assertEquals(503, stale.failure.code());
        assertNotNull(hub.failure());
        SyncHub again = open(journal);
        assertEquals(1, again.damage().size());
        assertTrue(again.damage().get(0).startsWith("t/d, record 4: "), again.damage().get(0));
        assertEquals(Map.of("alice", 3), state(again).versions());
        assertEquals(new SyncClient.SyncReport(0, 1), sync(alice, again));
        assertEquals(Map.of("alice", 4), state(open(journal)).versions());
    }

    @Test
    void nobodyHearsOfWhatIsNotDurable() {
        SlowJournal slow = new SlowJournal();
        SyncHub late = open(slow);
        Heard heard = new Heard();
        late.join("bob", TABLES, heard);
        Answer<PushReply> pushed = new Answer<>();
        late.push(TABLES, "", List.of(write(new TableDocument("alice"), "r", 1)), pushed);
        Answer<SyncState> asked = new Answer<>();
        late.state(asked);
        assertEquals(0, pushed.times + asked.times);
        assertEquals(1, heard.texts.size());
        slow.finish();
        assertEquals(1, pushed.get().changes());
        assertEquals(Map.of("alice", 1), asked.get().versions());
        assertEquals(2, heard.texts.size());
        slow.broken = true;
        late.push(TABLES, "", List.of(write(new TableDocument("carol"), "r", 1)), new Answer<>());
        Answer<SyncState> after = new Answer<>();
        late.state(after);
        slow.finish();
        assertNotNull(after.failure);
        assertEquals(503, after.failure.code());
        assertEquals("the document cannot be kept: disk full", heard.reason);
    }

    /** A journal that answers when it is told to. */
    private static final class SlowJournal extends DelegatingJournal {
        private final List<Runnable> late = new ArrayList<>();
        private boolean broken;

        @Override
        public void append(String stream, int expected, List<byte[]> records, Outcome<StreamExtent> outcome) {
            late.add(() -> {
                if (broken) {
                    outcome.failed(Failure.passing(0, "disk full"));
                } else {
                    super.append(stream, expected, records, outcome);
                }
            });
        }

        void finish() {
            List<Runnable> now = new ArrayList<>(late);
            late.clear();
            now.forEach(Runnable::run);
        }
    }

    private static final class Heard implements SyncHub.Listener {
        private final List<String> texts = new ArrayList<>();
        private String reason = "";

        @Override
        public void told(String text) {
            texts.add(text);
        }

        @Override
        public void closed(Failure why) {
            reason = why.message();
        }

        private HubMessages.Told last() throws ProtocolException {
            return HubMessages.read(JsonValue.parse(texts.get(texts.size() - 1)));
        }
    }

    @Test
    void listenersAreToldOfEventsOnceAndNotOfTheirOwn() throws ProtocolException {
        Heard bob = new Heard();
        Heard carol = new Heard();
        hub.join("bob", TABLES, bob);
        HubMember member = hub.join("carol", TABLES, carol);
        TableDocument tables = new TableDocument("bob");
        EventRun run = write(tables, "r", 1);
        hub.push(TABLES, "bob", List.of(run), new Answer<>());
        hub.push(TABLES, "bob", List.of(run), new Answer<>());
        assertEquals(1, bob.texts.size());
        assertEquals(2, carol.texts.size());
        assertEquals(new HubMessages.Told.Events(TABLES, List.of(run)), carol.last());
        member.leave();
        member.leave();
        hub.push(TABLES, "bob", List.of(write(tables, "r", 2)), new Answer<>());
        assertEquals(2, carol.texts.size());
        assertEquals(1, hub.members());
    }

    @Test
    void whatIsTrueForAMomentReachesTheOthersAndEndsWithItsPeer() throws ProtocolException {
        Heard bob = new Heard();
        Heard carol = new Heard();
        HubMember first = hub.join("bob", TABLES, bob);
        HubMember second = hub.join("bob", TABLES, new Heard());
        hub.join("carol", TABLES, carol);
        EphemeralStore store = new EphemeralStore("bob");
        EphemeralStore seen = new EphemeralStore("carol");
        EphemeralEntry entry = store.set("type", "cursor", JsonValue.of(7), 5);
        first.received(HubMessages.update("type", Map.of("cursor", entry)).toJson(), 5);
        assertEquals(1, bob.texts.size());
        assertEquals(2, carol.texts.size());
        merge(seen, carol);
        assertEquals(entry, seen.get("type", "cursor"));
        Heard late = new Heard();
        hub.join("dave", null, late);
        EphemeralStore cold = new EphemeralStore("dave");
        merge(cold, late);
        assertEquals(entry, cold.get("type", "cursor"));
        first.leave();
        assertEquals(2, carol.texts.size());
        second.leave();
        merge(seen, carol);
        merge(cold, late);
        assertNull(seen.get("type", "cursor"));
        assertNull(cold.get("type", "cursor"));
        Heard last = new Heard();
        hub.join("eve", null, last);
        EphemeralStore eve = new EphemeralStore("eve");
        merge(eve, last);
        assertNull(eve.get("type", "cursor"));
        assertEquals("{\"type\":\"peer_left\",\"peer_id\":\"bob\",\"clock\":1}", carol.texts.get(2));
    }

    private static void merge(EphemeralStore store, Heard heard) throws ProtocolException {
        if (heard.last() instanceof HubMessages.Told.Presence told) {
            store.merge(told.state());
        }
    }

    @Test
    void whatIsToldToSeveralIsWrittenOnce() throws ProtocolException {
        Heard carol = new Heard();
        Heard dave = new Heard();
        HubMember bob = hub.join("bob", TABLES, new Heard());
        hub.join("carol", TABLES, carol);
        hub.join("dave", null, dave);
        EphemeralEntry entry = new EphemeralStore("bob").set("n", "k", JsonValue.of(1), 5);
        bob.received(HubMessages.update("n", Map.of("k", entry)).toJson(), 5);
        assertEquals(2, carol.texts.size());
        assertSame(carol.texts.get(1), dave.texts.get(1));
    }

    @Test
    void oneWhoFailsToListenKeepsNobodyElseWaiting() {
        SlowJournal slow = new SlowJournal();
        SyncHub late = open(slow);
        Answer<PushReply> pushed = new Answer<>();
        late.push(TABLES, "", List.of(write(new TableDocument("alice"), "r", 1)), pushed);
        late.state(new Broken());
        Answer<SyncState> behind = new Answer<>();
        late.state(behind);
        assertThrows(IllegalStateException.class, slow::finish);
        assertEquals(Map.of("alice", 1), behind.get().versions());
        assertThrows(IllegalStateException.class, () -> late.state(new Broken()));
        assertEquals(Map.of("alice", 1), state(late).versions());
    }

    private static final class Broken implements Outcome<SyncState> {
        @Override
        public void succeeded(SyncState state) {
            throw new IllegalStateException("cannot listen");
        }

        @Override
        public void failed(Failure failure) {}
    }

    @Test
    void nobodySpeaksInAnothersName() {
        Heard carol = new Heard();
        HubMember bob = hub.join("bob", TABLES, new Heard());
        hub.join("carol", TABLES, carol);
        EphemeralEntry forged = new EphemeralStore("carol").set("n", "k", JsonValue.of(1), 0);
        for (String text : List.of("", "{", "[]", "{\"type\":\"snapshot\"}", "{\"type\":\"ephemeral_update\"}",
                "{\"type\":\"ephemeral_update\",\"ns\":1,\"entries\":{}}",
                "{\"type\":\"ephemeral_update\",\"ns\":\"\",\"entries\":{\"k\":{\"value\":1,\"timestamp\":1,"
                        + "\"peer\":\"bob\"}}}",
                HubMessages.update("n", Map.of("k", forged)).toJson())) {
            assertThrows(ProtocolException.class, () -> bob.received(text, 0), text);
        }
        assertEquals(1, carol.texts.size());
    }

    @Test
    void requestsAndAnswersAreJson() throws ProtocolException {
        TableDocument alice = new TableDocument("alice");
        write(alice, "r", 1);
        sync(alice, hub);
        SyncState state = state(hub);
        assertEquals("{\"frontier\":[[\"alice\",0]],\"versions\":{\"alice\":0}}", SyncJson.state(state).toJson());
        assertEquals(state, SyncJson.readState(SyncJson.state(state)));
        Answer<PullReply> reply = new Answer<>();
        hub.pull(TABLES, Map.of(), 10, reply);
        JsonObject json = SyncJson.pullReply(reply.get());
        assertEquals(reply.get(), SyncJson.readPullReply(TABLES, JsonValue.parse(json.toJson())));
        assertEquals("[[\"alice\",0]]", json.require("server_frontier").toJson());
        assertEquals("{\"ok\":true,\"merge_ops\":3,\"waiting\":0}", SyncJson.pushReply(new PushReply(3, 0)).toJson());
        JsonObject pull = SyncJson.pull(TABLES, Map.of("bob", 3), 7);
        assertEquals("{\"known_peers\":{\"bob\":2},\"limit\":7}", pull.toJson());
        assertEquals(Map.of("bob", 3), SyncJson.readKnown(pull));
        for (String wrong : List.of("{}", "{\"known_peers\":[]}", "{\"known_peers\":{\"a\":1.5}}",
                "{\"known_peers\":{\"a\":\"1\"}}")) {
            JsonObject body = (JsonObject) JsonValue.parse(wrong);
            assertThrows(ProtocolException.class, () -> SyncJson.readKnown(body), wrong);
        }
        for (String wrong : List.of("{}", "{\"events\":{}}", "{\"events\":[1]}", "{\"events\":[{}]}",
                "{\"events\":[{\"peer\":\"a\",\"counter_start\":0,\"deps\":[],\"ops\":[]}]}",
                "{\"events\":[{\"peer\":\"a\",\"counter_start\":-1,\"deps\":[],\"ops\":[{\"type\":\"delete\","
                        + "\"tbl\":\"t\",\"row_id\":\"r\"}]}]}",
                "{\"events\":[{\"peer\":\"a\",\"counter_start\":0,\"deps\":[[\"a\"]],\"ops\":[{\"type\":\"delete\","
                        + "\"tbl\":\"t\",\"row_id\":\"r\"}]}]}")) {
            JsonObject body = (JsonObject) JsonValue.parse(wrong);
            assertThrows(ProtocolException.class, () -> SyncJson.readEvents(TABLES, body), wrong);
        }
    }
}
