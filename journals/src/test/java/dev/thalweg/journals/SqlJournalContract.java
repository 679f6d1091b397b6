package dev.thalweg.journals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.jvm.journal.BlockingJournal.Written;
import dev.thalweg.jvm.journal.JournalWrite;
import dev.thalweg.jvm.journal.QueuedJournal;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.StreamExtent;
import dev.thalweg.testkit.replication.JournalContract;
import dev.thalweg.testkit.replication.PromptJournal;
import dev.thalweg.testkit.replication.ReplicaWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What journals in databases do. */
abstract class SqlJournalContract {
    /** A journal on the one database of the test. */
    abstract SqlJournal open() throws IOException;

    /** A connection to it. */
    abstract Connection connect() throws SQLException;

    private final class Bench implements JournalContract.Bench {
        private QueuedJournal journal = queued();

        private QueuedJournal queued() {
            try {
                return new QueuedJournal(open(), Runnable::run);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Journal journal() {
            return journal;
        }

        @Override
        public void reopen(Runnable then) {
            // Not on the journal's own thread, which closing waits for.
            CompletableFuture.runAsync(() -> {
                journal.close();
                journal = queued();
                then.run();
            });
        }
    }

    static JournalWrite append(String stream, int expected, String record) {
        return new JournalWrite.Append(stream, expected, List.of(Utf8.encode(record)));
    }

    @Test
    void doesWhatEveryJournalDoes() throws Exception {
        Bench bench = new Bench();
        for (JournalContract.Case told : JournalContract.cases(20)) {
            CompletableFuture<String> verdict = new CompletableFuture<>();
            told.run(bench, verdict::complete);
            assertThat(verdict.get(1, TimeUnit.MINUTES)).isEmpty();
        }
        bench.journal.close();
    }

    @Test
    void replicasThatKeepTheirLogsInItEndInOneDocument() throws Exception {
        BlockingQueue<Runnable> outcomes = new LinkedBlockingQueue<>();
        try (QueuedJournal journal = new QueuedJournal(open(), outcomes::add)) {
            for (int seed = 1; seed <= 6; seed++) {
                assertThat(ReplicaWorld.run(seed, new PromptJournal(journal, outcomes)))
                        .isEqualTo(ReplicaWorld.run(seed));
            }
        }
    }

    @Test
    void aRowThatIsWrongIsNoticed() throws Exception {
        try (SqlJournal journal = open()) {
            journal.write(List.of(append("wrong", 0, "one"), append("wrong", 1, "two"), append("wrong", 2, "three"),
                    new JournalWrite.Save("wrong", 3, Utf8.encode("snapshot"))));
            try (Connection connection = connect(); Statement statement = connection.createStatement()) {
                statement.execute("UPDATE thalweg_record SET sum = sum + 1 WHERE version = 2 AND stream ="
                        + " (SELECT id FROM thalweg_stream WHERE name = 'wrong')");
                statement.execute("UPDATE thalweg_stream SET snapshot_version = 4 WHERE name = 'wrong'");
            }
            List<JournalEntry> entries = journal.read("wrong", 0, 9);
            assertThat(entries).extracting(JournalEntry::version).containsExactly(1, 2, 3);
            assertThat(entries.get(0)).isInstanceOf(JournalEntry.Intact.class);
            assertThat(entries.get(1)).isInstanceOf(JournalEntry.Damaged.class);
            assertThat(entries.get(2)).isInstanceOf(JournalEntry.Intact.class);
            assertThat(journal.snapshot("wrong")).isInstanceOf(JournalEntry.Damaged.class);
        }
    }

    @Test
    void twoProcessesNeverTakeOneVersion() throws Exception {
        int each = 30;
        List<CompletableFuture<Integer>> processes = new ArrayList<>();
        for (int process = 0; process < 2; process++) {
            int number = process;
            processes.add(CompletableFuture.supplyAsync(() -> {
                int made = 0;
                try (SqlJournal journal = open()) {
                    while (made < each) {
                        int version = journal.extent("shared").version();
                        // Both streams in another order: nobody may wait for the other in a circle.
                        JournalWrite claim = append("shared", version, "by " + number);
                        JournalWrite other = append("other", Journal.ANY, "by " + number);
                        List<Written> written = journal.write(number == 0 ? List.of(claim, other)
                                : List.of(other, claim));
                        made += written.get(number).stale() < 0 ? 1 : 0;
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return made;
            }));
        }
        for (CompletableFuture<Integer> process : processes) {
            assertThat(process.get(1, TimeUnit.MINUTES)).isEqualTo(each);
        }
        try (SqlJournal journal = open()) {
            assertThat(journal.extent("shared")).isEqualTo(new StreamExtent(0, 2 * each));
            assertThat(journal.read("shared", 0, 99)).hasSize(2 * each);
        }
    }
}
