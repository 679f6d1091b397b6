package dev.thalweg.testkit.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.crdt.VersionVector;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.replication.StreamExtent;
import dev.thalweg.replication.log.BlockDocument;
import dev.thalweg.replication.log.BlockOperation;
import dev.thalweg.replication.log.BlockOperation.Delete;
import dev.thalweg.replication.log.BlockOperation.Insert;
import dev.thalweg.replication.log.BlockOperation.Move;
import dev.thalweg.replication.log.BlockOperation.Update;
import dev.thalweg.replication.log.LogEntry;
import dev.thalweg.replication.log.ReplicaLog;
import dev.thalweg.replication.log.ReplicaLogs;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaLogTest {
    private static final List<String> ALL = List.of("a", "b", "c");

    private Journal journal = new MemoryJournal();
    private final List<String> reports = new ArrayList<>();
    private int now;

    private void report(String replica, int from, int to, String reason) {
        reports.add(replica + " " + from + "-" + to + ": " + reason);
    }

    private ReplicaLog open(String replica) {
        Answer<ReplicaLog> opened = new Answer<>();
        ReplicaLog.open(journal, "doc", replica, this::report, opened);
        return opened.get();
    }

    private ReplicaLogs logs() {
        return new ReplicaLogs(journal, "doc", this::report);
    }

    private int commit(ReplicaLog log, BlockOperation... operations) {
        Answer<Integer> version = new Answer<>();
        log.commit(List.of(operations), ++now, version);
        return version.get();
    }

    private static BlockDocument converge(ReplicaLogs logs, String... replicas) {
        Answer<BlockDocument> converged = new Answer<>();
        logs.converge(List.of(replicas), converged);
        return converged.get();
    }

    private static void converge(ReplicaLog log) {
        log.converge(ALL, new Answer<>());
    }

    private static Insert insert(String id, String after, String text) {
        return new Insert(id, after, JsonObject.of("text", JsonValue.of(text)));
    }

    private static Update update(String id, String text) {
        return new Update(id, JsonObject.of("text", JsonValue.of(text)));
    }

    private static String text(BlockDocument document, String id) {
        return document.block(id).fields().get("text").toJson();
    }

    private StreamExtent extent(String replica) {
        Answer<StreamExtent> extent = new Answer<>();
        journal.extent(ReplicaLogs.stream("doc", replica), extent);
        return extent.get();
    }

    @Test
    void whatIsCommittedIsInTheLogAndComesBack() {
        ReplicaLog log = open("a");
        assertThat(commit(log)).isZero();
        assertThat(commit(log, insert("x", null, "1"), update("x", "2"), new Move("x", null), new Delete("x")))
                .isEqualTo(4);
        Answer<List<LogEntry>> entries = new Answer<>();
        logs().log("a", 1, 2, entries);
        assertThat(entries.get()).extracting(LogEntry::version).containsExactly(2, 3);
        assertThat(entries.get().get(0)).isInstanceOfSatisfying(LogEntry.Change.class, change -> {
            assertThat(change.verb()).isEqualTo(LogEntry.Verb.UPDATE);
            assertThat(change.block()).isEqualTo("x");
            assertThat(change.at()).isEqualTo(2);
        });
        Answer<Integer> version = new Answer<>();
        logs().version("a", version);
        assertThat(version.get()).isEqualTo(4);
        assertThat(open("a").document()).isEqualTo(log.document());
    }

    @Test
    void streamsOfReplicasAndDocumentsAreApart() {
        assertThat(ReplicaLogs.stream("a:b", "c")).isEqualTo("crdt:a%3Ab:c");
        assertThat(ReplicaLogs.stream("a", "b:c")).isEqualTo("crdt:a:b%3Ac");
        commit(open("a:1"), insert("x", null, "1"));
        commit(open("%ü"), insert("y", null, "2"));
        Answer<List<String>> replicas = new Answer<>();
        logs().replicas(replicas);
        assertThat(replicas.get()).containsExactly("%ü", "a:1");
        Answer<BlockDocument> replay = new Answer<>();
        logs().replay("a:1", replay);
        assertThat(replay.get().order()).containsExactly("x");
        Answer<BlockDocument> empty = new Answer<>();
        logs().replay("nobody", empty);
        assertThat(empty.get()).isEqualTo(BlockDocument.EMPTY);
        assertThatThrownBy(() -> ReplicaLogs.stream("doc", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> open("x".repeat(201))).hasMessageContaining("201");
        assertThatThrownBy(() -> open("\uD83D")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anySetOfReplicasConvergesInAnyOrder() {
        ReplicaLog a = open("a");
        ReplicaLog b = open("b");
        commit(a, insert("x", null, "1"));
        converge(b);
        commit(b, insert("y", "x", "2"), update("x", "3"));
        commit(open("c"), insert("z", null, "4"));
        BlockDocument all = converge(logs(), "a", "b", "c");
        for (String order : List.of("abc", "acb", "bac", "bca", "cab", "cba", "abcabc")) {
            assertThat(converge(logs(), order.split("")).toBytes()).isEqualTo(all.toBytes());
        }
        ReplicaLogs reader = logs();
        assertThat(converge(reader, "c").order()).containsExactly("z");
        assertThat(converge(reader, "a").order()).containsExactly("x");
        assertThat(converge(reader)).isEqualTo(BlockDocument.EMPTY);
        assertThat(converge(reader, "b", "a").order()).containsExactly("x", "y");
        assertThat(all.value().toJson()).contains("{\"id\":\"y\",\"fields\":{\"text\":\"2\"}}");
        assertThat(text(all, "x")).isEqualTo("\"3\"");
    }

    @Test
    void concurrentChangesMeet() {
        ReplicaLog a = open("a");
        commit(a, insert("x", null, "1"), insert("y", "x", "1"), insert("z", "y", "1"));
        ReplicaLog b = open("b");
        converge(b);
        commit(a, new Delete("x"), new Move("z", null), update("y", "a"));
        commit(b, update("x", "late"), new Move("z", "x"), update("y", "b"));
        converge(a);
        converge(b);
        assertThat(a.order()).isEqualTo(b.order()).containsExactly("z", "y");
        assertThat(text(a.document(), "y")).isEqualTo("\"b\"");
        assertThat(a.document().block("x")).isNull();
        // Who inserts it again has seen the late field and starts anew.
        commit(a, new Insert("x", "y", JsonObject.EMPTY));
        assertThat(a.document().block("x").fields()).isEqualTo(JsonObject.EMPTY);
        converge(b);
        assertThat(b.document()).isEqualTo(a.document());
    }

    @Test
    void whatMakesNoSenseIsRefusedAsAWhole() {
        ReplicaLog log = open("a");
        commit(log, insert("x", null, "1"));
        BlockDocument before = log.document();
        for (BlockOperation wrong : List.of(insert("x", null, "2"), update("no", ""), new Delete("no"),
                new Move("no", null), new Move("x", "no"), new Move("x", "x"), insert("z", "no", ""))) {
            assertThatThrownBy(() -> commit(log, insert("y", "x", "3"), wrong))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(log.document()).isEqualTo(before);
            assertThat(log.order()).containsExactly("x");
        }
        assertThat(log.version()).isEqualTo(1);
        assertThat(extent("a").version()).isEqualTo(1);
    }

    @Test
    void onlyWhatIsNewIsRead() {
        ReplicaLog a = open("a");
        for (int i = 0; i < 50; i++) {
            commit(a, insert("b" + i, null, ""));
        }
        List<Integer> read = new ArrayList<>();
        journal = counting(journal, read);
        ReplicaLogs reader = logs();
        converge(reader, "a", "b");
        assertThat(read).containsExactly(50);
        converge(reader, "a", "b");
        assertThat(read).containsExactly(50);
        commit(a, update("b0", "1"), update("b1", "2"));
        assertThat(text(converge(reader, "b", "a"), "b1")).isEqualTo("\"2\"");
        assertThat(read).containsExactly(50, 2);
    }

    /* Notes how many records each read brings. */
    @SuppressWarnings("unchecked")
    private static Journal counting(Journal journal, List<Integer> counts) {
        return (Journal) Proxy.newProxyInstance(Journal.class.getClassLoader(), new Class<?>[] {Journal.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("read")) {
                        Outcome<List<JournalEntry>> outcome = (Outcome<List<JournalEntry>>) arguments[3];
                        Answer<List<JournalEntry>> answer = new Answer<>();
                        arguments[3] = answer;
                        method.invoke(journal, arguments);
                        counts.add(answer.get().size());
                        outcome.succeeded(answer.get());
                        return null;
                    }
                    return method.invoke(journal, arguments);
                });
    }

    @Test
    void aLongLogIsReadInPagesWithoutDeepeningTheStack() {
        ReplicaLog a = open("a");
        commit(a, insert("x", null, ""));
        List<byte[]> records = new ArrayList<>();
        Answer<List<JournalEntry>> first = new Answer<>();
        journal.read(ReplicaLogs.stream("doc", "a"), 0, 1, first);
        for (int i = 0; i < 60_000; i++) {
            records.add(((JournalEntry.Intact) first.get().get(0)).bytes());
        }
        journal.append(ReplicaLogs.stream("doc", "a"), 1, records, new Answer<>());
        assertThat(converge(logs(), "a").order()).containsExactly("x");
    }

    @Test
    void aRecordThatCannotBeReadIsSetAsideAndReported() {
        ReplicaLog a = open("a");
        commit(a, insert("x", null, "1"));
        String stream = ReplicaLogs.stream("doc", "a");
        journal.append(stream, 1, List.of(Utf8.encode("nonsense"), new byte[0]), new Answer<>());
        ReplicaLog again = open("a");
        assertThat(reports).hasSize(2);
        assertThat(reports.get(0)).startsWith("a 2-2: compact JSON of version");
        commit(again, update("x", "2"));
        reports.clear();
        BlockDocument document = converge(logs(), "a");
        assertThat(text(document, "x")).isEqualTo("\"2\"");
        assertThat(reports).hasSize(2);
        // The dots of what was lost are not given out again.
        assertThat(document.context().toJson().toJson()).contains("\"a~3\"");
    }

    @Test
    void aReplicaIsClosedWhenItsLogIsWrittenBySomebodyElse() {
        ReplicaLog first = open("a");
        ReplicaLog second = open("a");
        commit(first, insert("x", null, "1"));
        Answer<Integer> refused = new Answer<>();
        second.commit(insert("y", null, "2"), 1, refused);
        assertThat(refused.failure().code()).isEqualTo(Journal.STALE);
        assertThat(second.failure()).isEqualTo(refused.failure());
        assertThatThrownBy(() -> commit(second, insert("z", null, "3"))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is at 1, not at 0");
        assertThat(converge(logs(), "a").order()).containsExactly("x");
    }

    @Test
    void whatAllHaveReadIsCutOffAndWhoLagsBehindStartsFromTheSnapshot() {
        ReplicaLogs laggard = logs();
        ReplicaLog a = open("a");
        ReplicaLog b = open("b");
        commit(a, insert("x", null, "1"), insert("y", "x", "2"));
        assertThat(converge(laggard, "a", "b").order()).containsExactly("x", "y");
        commit(a, new Delete("x"));
        Answer<StreamExtent> early = new Answer<>();
        a.compact(List.of("a", "b"), early);
        assertThat(early.get()).isEqualTo(new StreamExtent(0, 3));
        converge(b);
        commit(b, update("y", "3"));
        Answer<Integer> acknowledged = new Answer<>();
        b.acknowledge(List.of("a"), acknowledged);
        assertThat(acknowledged.get()).isEqualTo(2);
        Answer<Integer> again = new Answer<>();
        b.acknowledge(List.of("a"), again);
        assertThat(again.get()).isEqualTo(2);
        commit(a, insert("z", null, "4"));
        Answer<StreamExtent> cut = new Answer<>();
        a.compact(List.of("a", "b"), cut);
        assertThat(cut.get()).isEqualTo(new StreamExtent(3, 4));
        assertThat(a.logs().stable(List.of("a", "b")))
                .isEqualTo(VersionVector.EMPTY.with(new dev.thalweg.crdt.Dot("a", 3)));
        BlockDocument now = converge(logs(), "a", "b");
        assertThat(now.order()).containsExactly("z", "y");
        assertThat(converge(laggard, "a", "b").toBytes()).isEqualTo(now.toBytes());
        assertThat(open("a").document().toBytes()).isEqualTo(converge(logs(), "a").toBytes());
        assertThat(reports).isEmpty();
    }

    @Test
    void aSnapshotThatIsLostIsReported() {
        ReplicaLog a = open("a");
        commit(a, insert("x", null, "1"), insert("y", null, "2"));
        String stream = ReplicaLogs.stream("doc", "a");
        journal.truncate(stream, 1, new Answer<>());
        assertThat(converge(logs(), "a").order()).containsExactly("y");
        assertThat(reports).containsExactly("a 1-1: they were cut off, and there is no snapshot");
        reports.clear();
        journal.save(stream, 1, Utf8.encode("?"), new Answer<>());
        ReplicaLog again = open("a");
        assertThat(reports).singleElement().asString().startsWith("a 1-1: the snapshot in their place cannot be read");
        commit(again, insert("z", null, "3"));
        assertThat(again.document().context().toJson().toJson()).contains("\"a~1\"");
    }

    @Test
    void aLogThatWasDeletedIsReportedAndReadAnew() {
        ReplicaLog a = open("a");
        commit(a, insert("x", null, "1"), insert("y", null, "2"));
        ReplicaLogs reader = logs();
        converge(reader, "a");
        journal.delete(ReplicaLogs.stream("doc", "a"), new Answer<>());
        assertThat(converge(reader, "a").order()).containsExactly("y", "x");
        assertThat(reports).containsExactly("a 1-2: the log ends before them now");
    }
}
