package dev.thalweg.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.ephemeral.EphemeralLimits;
import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventDocument;
import dev.thalweg.eventgraph.EventRun;
import dev.thalweg.eventgraph.Expand;
import dev.thalweg.eventgraph.ListDocument;
import dev.thalweg.eventgraph.RichChange;
import dev.thalweg.eventgraph.RichText;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.eventgraph.TextHistory;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Answer;
import dev.thalweg.platform.Failure;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.replication.StreamExtent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One hub for documents of every kind: which kind it is, what it refuses, and that it is as it was then. */
class SyncKindsTest {
    private static final SyncLimits LIMITS = new SyncLimits(1000, 100, 5);

    private final MemoryJournal journal = new MemoryJournal();

    private SyncHub open() {
        Answer<SyncHub> opened = new Answer<>();
        SyncHub.open(journal, "t/d", LIMITS, EphemeralLimits.DEFAULT, opened);
        return opened.get();
    }

    private static EventDocument<?> written(DocumentKind kind, String agent) {
        SyncReplica<?> replica = SyncReplica.of(kind, agent);
        for (Random random = new Random(7); replica.document().graph().size() < 5;) {
            replica.edit(random);
        }
        return replica.document();
    }

    private static Answer<PushReply> push(SyncHub hub, DocumentKind kind, List<EventRun> events) {
        Answer<PushReply> reply = new Answer<>();
        hub.push(kind, "", events, reply);
        return reply;
    }

    private static <C> Answer<SyncClient.SyncReport> sync(EventDocument<C> document, SyncHub hub) {
        Answer<SyncClient.SyncReport> report = new Answer<>();
        new SyncClient<>(document, hub, LIMITS, changes -> {}).sync(report);
        return report;
    }

    private static SyncState state(SyncHub hub) {
        Answer<SyncState> state = new Answer<>();
        hub.state(state);
        return state.get();
    }

    private int records() {
        Answer<StreamExtent> extent = new Answer<>();
        journal.extent("t/d", extent);
        return extent.get().version();
    }

    private static void refused(@Nullable Failure failure, int code, String message) {
        assertThat(failure).isNotNull();
        assertThat(failure.code()).as(failure.message()).isEqualTo(code);
        assertThat(failure.message()).contains(message);
        assertThat(failure.retryable()).isFalse();
    }

    private static final class Heard implements SyncHub.Listener {
        private final List<String> texts = new ArrayList<>();
        private @Nullable Failure why;

        @Override
        public void told(String text) {
            texts.add(text);
        }

        @Override
        public void closed(Failure failure) {
            why = failure;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFirstPushSaysWhatTheDocumentIs(DocumentKind kind) {
        SyncHub hub = open();
        assertThat(state(hub).kind()).isNull();
        assertThat(push(hub, kind, List.of()).get()).isEqualTo(new PushReply(0, 0));
        assertThat(state(hub).kind()).isNull();
        assertThat(records()).isZero();
        for (DocumentKind asked : DocumentKind.values()) {
            Answer<PullReply> nothing = new Answer<>();
            hub.pull(asked, Map.of(), 10, nothing);
            assertThat(nothing.get().events()).isEmpty();
        }
        sync(written(kind, "alice"), hub).get();
        for (SyncHub each : List.of(hub, open())) {
            assertThat(state(each).kind()).isEqualTo(kind);
            for (DocumentKind other : DocumentKind.values()) {
                if (other != kind) {
                    String message = "the document is of kind " + kind.label() + ", not " + other.label();
                    refused(sync(written(other, "bob"), each).failure, 409, message);
                    refused(push(each, other, written(other, "bob").eventsFrom(0)).failure, 409, message);
                    Heard heard = new Heard();
                    each.join("bob", other, heard).leave();
                    refused(heard.why, 409, message);
                    assertThat(heard.texts).isEmpty();
                }
            }
            assertThat(each.members()).isZero();
            assertThat(state(each).versions()).containsOnlyKeys("alice");
        }
    }

    @Test
    void whoListensForAnotherKindIsToldNoMoreWhenThereIsOne() {
        SyncHub hub = open();
        Heard tables = new Heard();
        Heard text = new Heard();
        Heard any = new Heard();
        hub.join("bob", DocumentKind.TABLES, tables);
        hub.join("carol", DocumentKind.TEXT, text);
        hub.join("dave", null, any);
        sync(written(DocumentKind.TEXT, "alice"), hub).get();
        refused(tables.why, 409, "the document is of kind text, not tables");
        assertThat(tables.texts).hasSize(1);
        assertThat(text.texts.get(text.texts.size() - 1)).startsWith("{\"type\":\"events\"")
                .endsWith("\"kind\":\"text\"}");
        assertThat(any.texts).hasSameSizeAs(text.texts);
        assertThat(hub.members()).isEqualTo(2);
    }

    @Test
    void aTextWithMarksTakesInMarks() {
        SyncHub hub = open();
        RichText alice = new RichText(new TextHistory(new TextDocument("alice")));
        RichText bob = new RichText(new TextHistory(new TextDocument("bob")));
        alice.insert(0, "a river");
        sync(alice, hub).get();
        sync(bob, hub).get();
        alice.mark(2, 7, "bold", JsonValue.of(true), Expand.AFTER);
        sync(alice, hub).get();
        Answer<SyncClient.SyncReport> report = new Answer<>();
        List<RichChange> changes = new ArrayList<>();
        new SyncClient<>(bob, open(), LIMITS, changes::add).sync(report);
        assertThat(report.get()).isEqualTo(new SyncClient.SyncReport(1, 0));
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).toJson())
                .hasToString("[{\"retain\":2},{\"retain\":5,\"attributes\":{\"bold\":true}}]");
        assertThat(bob.contents()).isEqualTo(alice.contents());
    }

    @Test
    void portionsSplitNoSurrogatePair() throws ProtocolException {
        TextDocument alice = new TextDocument("alice");
        alice.insert(0, "a\ud83d\ude00b\ud83c\udf0a\ud83c\udf0ac");
        for (int limit = 1; limit <= alice.length(); limit++) {
            TextDocument bob = new TextDocument("bob");
            while (bob.length() < alice.length()) {
                List<EventRun> portion = alice.eventsSince(bob.versionVector(), limit);
                assertThat(portion).hasSize(1);
                assertThat(portion.get(0).length()).isBetween(1, Math.max(2, limit));
                bob.merge(bob.read(portion));
            }
            assertThat(bob.text()).isEqualTo(alice.text());
        }
        assertThat(alice.eventsFrom(alice.graph().size())).isEmpty();
        assertThatThrownBy(() -> alice.eventsSince(Map.of(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoListensPushesWithoutPulling() {
        SyncHub hub = open();
        TextDocument alice = new TextDocument("alice");
        TextDocument bob = new TextDocument("bob");
        SyncClient<?> client = new SyncClient<>(alice, hub, LIMITS, changes -> {});
        alice.insert(0, "one");
        Answer<SyncClient.SyncReport> first = new Answer<>();
        client.push(first);
        assertThat(first.get()).isEqualTo(new SyncClient.SyncReport(0, 3));
        bob.insert(0, "two");
        sync(bob, hub).get();
        alice.insert(3, "!");
        Answer<SyncClient.SyncReport> second = new Answer<>();
        client.push(second);
        assertThat(second.get()).isEqualTo(new SyncClient.SyncReport(0, 1));
        Answer<SyncClient.SyncReport> third = new Answer<>();
        client.sync(third);
        assertThat(third.get()).isEqualTo(new SyncClient.SyncReport(3, 0));
        sync(bob, hub).get();
        assertThat(alice.text()).isEqualTo(bob.text());
    }

    @Test
    void whoMakesWhatWaitedReadyIsToldOfIt() throws ProtocolException {
        SyncHub hub = open();
        TextDocument alice = new TextDocument("alice");
        TextDocument bob = new TextDocument("bob");
        alice.insert(0, "one");
        bob.merge(alice);
        bob.insert(3, "two");
        push(hub, DocumentKind.TEXT, bob.eventsSince(alice.versionVector(), 10)).get();
        Heard heard = new Heard();
        hub.join("alice", DocumentKind.TEXT, heard);
        hub.push(DocumentKind.TEXT, "alice", alice.eventsFrom(0), new Answer<>());
        assertThat(heard.texts).hasSize(2);
        alice.insert(0, "!");
        hub.push(DocumentKind.TEXT, "alice", alice.eventsFrom(3), new Answer<>());
        assertThat(heard.texts).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aMillionEventsAtOnceAreTooManyHoweverTheyAreSaid(DocumentKind kind) throws ProtocolException {
        SyncHub hub = open();
        String operation = switch (kind) {
            case TABLES -> "{\"type\":\"delete\",\"tbl\":\"t\",\"row_id\":\"r\",\"len\":1}";
            case TEXT -> "{\"type\":\"delete\",\"pos\":0,\"len\":1000000,\"text\":\"\"}";
            case LIST -> "{\"type\":\"delete\",\"pos\":0,\"len\":1000000,\"slots\":[]}";
        };
        refused(push(hub, kind, read(kind, operation, kind == DocumentKind.TABLES ? 1_000_000 : 1)).failure, 413,
                "a push brings at most 1000 events");
        assertThat(state(hub).kind()).isNull();
        if (kind != DocumentKind.TABLES) {
            assertThatThrownBy(() -> read(kind, operation, 300)).isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("more than 268435456 events");
        }
    }

    private static List<EventRun> read(DocumentKind kind, String operation, int times) throws ProtocolException {
        JsonObject run = (JsonObject) JsonValue
                .parse("{\"peer\":\"mallory\",\"counter_start\":0,\"deps\":[],\"ops\":[]}");
        JsonArray operations = new JsonArray(Collections.nCopies(times, JsonValue.parse(operation)));
        return EventRun.read(kind, JsonArray.of(run.with("ops", operations)));
    }

    @Test
    void kindsAreSaidInBodiesUnlessTheyAreTables() throws ProtocolException {
        TextDocument text = new TextDocument("alice");
        text.insert(0, "hi");
        JsonObject body = SyncJson.push(DocumentKind.TEXT, "alice", text.eventsFrom(0));
        assertThat(body).hasToString("{\"peer_id\":\"alice\",\"events\":[{\"peer\":\"alice\",\"counter_start\":0,"
                + "\"lamport_start\":1,\"deps\":[],\"ops\":[{\"type\":\"insert\",\"pos\":0,\"text\":\"hi\"}]}],"
                + "\"kind\":\"text\"}");
        assertThat(SyncJson.readKind(body)).isEqualTo(DocumentKind.TEXT);
        assertThat(SyncJson.readEvents(DocumentKind.TEXT, body)).isEqualTo(text.eventsFrom(0));
        assertThat(SyncJson.pull(DocumentKind.LIST, Map.of(), 3))
                .hasToString("{\"known_peers\":{},\"limit\":3,\"kind\":\"list\"}");
        JsonObject old = (JsonObject) JsonValue.parse("{\"known_peers\":{}}");
        assertThat(SyncJson.readKind(old)).isEqualTo(DocumentKind.TABLES);
        SyncHub hub = open();
        sync(text, hub).get();
        assertThat(SyncJson.readState(SyncJson.state(state(hub)))).isEqualTo(state(hub));
        Answer<PullReply> reply = new Answer<>();
        hub.pull(DocumentKind.TEXT, Map.of(), 10, reply);
        assertThat(SyncJson.readPullReply(DocumentKind.TEXT, SyncJson.pullReply(reply.get()))).isEqualTo(reply.get());
        assertThat(HubMessages.readJoin(HubMessages.join("t", DocumentKind.LIST)))
                .isEqualTo(new HubMessages.Join("t", DocumentKind.LIST));
        assertThat(HubMessages.readJoin(JsonValue.parse("{\"type\":\"join\",\"token\":\"t\"}")).kind()).isNull();
        for (String wrong : List.of("{\"kind\":\"map\"}", "{\"kind\":\"\"}", "{\"kind\":3}", "{\"kind\":\"TEXT\"}")) {
            JsonObject message = (JsonObject) JsonValue.parse(wrong);
            assertThatThrownBy(() -> SyncJson.readKind(message)).isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> DocumentKind.read("map"))
                .hasMessage("kind must be tables, text or list, was map");
    }

    /** What stands for a value in JSON that somebody wrote by hand, or damaged. */
    private static JsonValue any(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> JsonValue.of(random.nextInt(12) - 2);
            case 1 -> JsonValue
                    .of(List.of("", "a", "\ud83d", "insert", "delete", "mark", "alice").get(random.nextInt(7)));
            case 2 -> JsonArray.of();
            case 3 -> JsonObject.EMPTY;
            case 4 -> JsonValue.of(random.nextBoolean());
            case 5 -> JsonValue.of(1e9 * random.nextDouble());
            default -> JsonArray.of(JsonValue.of("alice"), JsonValue.of(random.nextInt(9)));
        };
    }

    private static JsonValue damaged(JsonValue json, Random random) {
        if (random.nextInt(6) == 0) {
            return any(random);
        }
        if (json instanceof JsonArray array && array.size() > 0) {
            List<JsonValue> values = new ArrayList<>(array.values());
            int at = random.nextInt(values.size());
            values.set(at, damaged(values.get(at), random));
            return new JsonArray(values);
        }
        if (json instanceof JsonObject object && object.size() > 0) {
            int at = random.nextInt(object.size());
            return object.with(object.name(at), damaged(object.value(at), random));
        }
        return any(random);
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeChangesNothing(DocumentKind kind) {
        SyncHub hub = open();
        EventDocument<?> alice = written(kind, "alice");
        EventDocument<?> bob = written(kind, "bob");
        sync(alice, hub).get();
        sync(bob, hub).get();
        Random random = new Random(3);
        int refused = 0;
        SyncReplica<?> mallory = SyncReplica.of(kind, "mallory");
        sync(mallory.document(), hub).get();
        for (int i = 0; i < 1000; i++) {
            int before = mallory.document().graph().size();
            mallory.edit(random);
            if (mallory.document().graph().size() == before) {
                continue;
            }
            SyncState state = state(hub);
            int records = records();
            JsonValue body = damaged(EventRun.toJson(mallory.document().eventsFrom(before)), random);
            Failure failure;
            try {
                failure = push(hub, kind, EventRun.read(kind, body)).failure;
            } catch (ProtocolException e) {
                failure = Failure.permanent(400, String.valueOf(e.getMessage()));
            }
            if (failure != null) {
                mallory = SyncReplica.of(kind, "mallory" + refused++);
                sync(mallory.document(), hub).get();
                assertThat(failure.code()).as(body.toJson()).isIn(400, 409, 413);
                assertThat(state(hub)).isEqualTo(state);
                assertThat(records()).isEqualTo(records);
            }
        }
        assertThat(refused).isGreaterThan(300);
        SyncReplica<?> cold = SyncReplica.of(kind, "cold");
        SyncReplica<?> again = SyncReplica.of(kind, "again");
        cold.sync(hub, LIMITS).get();
        again.sync(open(), LIMITS).get();
        assertThat(again.view()).isEqualTo(cold.view());
        assertThat(again.document().version()).isEqualTo(cold.document().version());
    }

    @ParameterizedTest
    @EnumSource
    void aJournalThatIsDamagedSaysSoAndIsMended(DocumentKind kind) {
        EventDocument<?> alice = written(kind, "alice");
        byte[] whole = alice.encode();
        for (int at = 0; at < whole.length; at++) {
            MemoryJournal damaged = new MemoryJournal();
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) (1 << at % 8);
            damaged.append("t/d", 0, List.of(bytes), new Answer<>());
            Answer<SyncHub> opened = new Answer<>();
            SyncHub.open(damaged, "t/d", LIMITS, EphemeralLimits.DEFAULT, opened);
            assertThat(opened.get().damage()).as("byte %s", at).hasSize(1);
            assertThat(state(opened.get()).kind()).isNull();
            sync(alice, opened.get()).get();
            assertThat(state(opened.get()).kind()).isEqualTo(kind);
        }
    }

    @Test
    void documentsReadTheirOwnKindOnly() {
        List<EventDocument<?>> documents = List.of(new TableDocument("a"), new TextDocument("a"),
                new ListDocument("a"));
        for (EventDocument<?> one : documents) {
            byte[] bytes = written(one.kind(), "b").encode();
            List<EventRun> runs = written(one.kind(), "b").eventsFrom(0);
            for (EventDocument<?> other : documents) {
                if (other != one) {
                    assertThatThrownBy(() -> other.read(bytes)).isInstanceOf(ProtocolException.class);
                    assertThatThrownBy(() -> other.read(runs)).isInstanceOf(ProtocolException.class);
                    assertThatThrownBy(() -> other.merge(one.read(bytes))).isInstanceOf(IllegalArgumentException.class);
                }
            }
        }
    }
}
