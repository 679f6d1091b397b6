package dev.thalweg.jvm.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.StreamExtent;
import dev.thalweg.testkit.replication.JournalContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    @TempDir
    Path folder;

    private final List<String> reports = new ArrayList<>();

    private void report(Path file, long from, long length, String reason) {
        reports.add(from + "+" + length + ": " + reason);
    }

    private FileJournal open(Path path) throws IOException {
        reports.clear();
        return FileJournal.open(path, this::report);
    }

    private static JournalWrite.Append append(String stream, String... records) {
        return new JournalWrite.Append(stream, Journal.ANY, Arrays.stream(records).map(Utf8::encode).toList());
    }

    /* Everything that is in it, as text. */
    private static String contents(FileJournal journal) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String stream : journal.streams("").stream().sorted().toList()) {
            StreamExtent extent = journal.extent(stream);
            text.append(stream).append(' ').append(extent.truncated()).append("..").append(extent.version());
            for (JournalEntry entry : journal.read(stream, 0, 1000)) {
                text.append(' ').append(text(entry));
            }
            JournalEntry snapshot = journal.snapshot(stream);
            text.append(snapshot == null ? "\n" : " [" + text(snapshot) + "]\n");
        }
        return text.toString();
    }

    private static String text(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Intact intact -> intact.version() + ":" + Utf8.decode(intact.bytes());
            case JournalEntry.Damaged damaged -> damaged.version() + "!";
        };
    }

    /** A journal that closes for good and is opened again between calls. */
    private static final class Reopened implements JournalContract.Bench, AutoCloseable {
        private final Path folder;
        private QueuedJournal journal;

        Reopened(Path folder) {
            this.folder = folder;
            journal = open();
        }

        private QueuedJournal open() {
            try {
                return new QueuedJournal(FileJournal.open(folder, (file, from, length, reason) -> {
                    throw new AssertionError(reason);
                }, 300), Runnable::run);
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
                journal = open();
                then.run();
            });
        }

        @Override
        public void close() {
            journal.close();
        }
    }

    @Test
    void doesWhatEveryJournalDoes() throws Exception {
        int anew = 0;
        for (JournalContract.Case told : JournalContract.cases(30)) {
            Path path = folder.resolve("case" + told.name().hashCode());
            try (Reopened bench = new Reopened(path)) {
                CompletableFuture<String> verdict = new CompletableFuture<>();
                told.run(bench, verdict::complete);
                assertThat(verdict.get(1, TimeUnit.MINUTES)).isEmpty();
            }
            anew += Files.exists(path.resolve("journal.1")) ? 0 : 1;
        }
        // With so little room it was written anew in many of them.
        assertThat(anew).isGreaterThan(4);
    }

    @Test
    void cutAnywhereItReloadsToAPrefix() throws Exception {
        Path file = folder.resolve("journal.1");
        List<String> states = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        try (FileJournal journal = open(folder)) {
            List<List<JournalWrite>> groups = List.of(List.of(append("a", "1", "2")),
                    List.of(append("b", "x"), new JournalWrite.Save("a", 1, Utf8.encode("snap"))),
                    List.of(new JournalWrite.Truncate("a", 1), append("ü😀", "", "long".repeat(5))),
                    List.of(append("a", "3", "4", "5")), List.of(new JournalWrite.Delete("b"), append("b", "y")));
            states.add("");
            ends.add(0L);
            for (List<JournalWrite> group : groups) {
                for (JournalWrite write : group) {
                    journal.write(List.of(write));
                    states.add(contents(journal));
                    ends.add(Files.size(file));
                }
            }
        }
        byte[] whole = Files.readAllBytes(file);
        assertThat(whole.length).isEqualTo(ends.get(ends.size() - 1).intValue());
        int made = 0;
        for (int cut = ends.get(2).intValue(); cut <= whole.length; cut++) {
            Path other = Files.createDirectories(folder.resolve("cut" + cut));
            Files.write(other.resolve("journal.1"), Arrays.copyOf(whole, cut));
            while (made + 1 < ends.size() && ends.get(made + 1) <= cut) {
                made++;
            }
            try (FileJournal journal = open(other)) {
                assertThat(contents(journal)).as("cut at %s", cut).isEqualTo(states.get(made));
                assertThat(reports).hasSize(cut == ends.get(made) ? 0 : 1);
                if (cut % 8 != 0) {
                    continue;
                }
                journal.write(List.of(append("after", "1")));
            }
            try (FileJournal journal = open(other)) {
                assertThat(contents(journal)).contains("after 0..1 1:1");
                assertThat(reports).isEmpty();
            }
        }
    }

    @Test
    void aByteThatIsWrongCostsOneEntryAndIsReported() throws Exception {
        try (FileJournal journal = open(folder)) {
            for (int i = 1; i <= 6; i++) {
                journal.write(List.of(append(i % 2 == 0 ? "evn" : "odd", "record" + i)));
            }
        }
        byte[] whole = Files.readAllBytes(folder.resolve("journal.1"));
        int entry = whole.length / 6;
        for (int at = 0; at < whole.length; at++) {
            Path other = Files.createDirectories(folder.resolve("flip" + at));
            byte[] wrong = whole.clone();
            wrong[at] ^= 1 << at % 8;
            Files.write(other.resolve("journal.1"), wrong);
            try (FileJournal journal = open(other)) {
                String contents = contents(journal);
                int hit = at / entry + 1;
                assertThat(reports).as("byte %s: %s", at, contents).hasSize(1);
                for (int i = 1; i <= 6; i++) {
                    assertThat(contents.contains(":record" + i)).as("record %s with byte %s", i, at)
                            .isEqualTo(i != hit);
                }
                // Unless it was the last of its stream, its place is known to be empty.
                if (hit <= 4) {
                    assertThat(contents).contains((hit + 1) / 2 + "!");
                }
            }
            assertThat(Files.list(other).map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("aside.")).toList()).hasSize(1);
        }
    }

    @Test
    void damageThatComesWhileItIsOpenIsNoticedAndKeptInTheNextFile() throws Exception {
        try (FileJournal journal = FileJournal.open(folder, this::report, 600)) {
            journal.write(List.of(append("a", "one", "two", "three"),
                    new JournalWrite.Save("a", 3, Utf8.encode("snapshot"))));
            Path file = folder.resolve("journal.1");
            byte[] bytes = Files.readAllBytes(file);
            bytes[new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("two")]++;
            bytes[new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("Wt", 45)]++;
            Files.write(file, bytes);
            assertThat(contents(journal)).isEqualTo("a 0..3 1:one 2! 3! [3:snapshot]\n");
            for (int i = 0; !Files.exists(folder.resolve("journal.2")); i++) {
                journal.write(List.of(append("b", "x".repeat(200)), new JournalWrite.Delete("b")));
                assertThat(i).isLessThan(20);
            }
            assertThat(contents(journal)).isEqualTo("a 0..3 1:one 2! 3! [3:snapshot]\n");
        }
        try (FileJournal journal = open(folder)) {
            assertThat(contents(journal)).isEqualTo("a 0..3 1:one 2! 3! [3:snapshot]\n");
        }
    }

    @Test
    void isOpenOnce() throws Exception {
        FileJournal first = open(folder);
        assertThatThrownBy(() -> open(folder)).isInstanceOf(IOException.class).hasMessageContaining("open already");
        first.close();
        open(folder).close();
    }

    @Test
    void whatACrashLeavesBetweenTwoFilesIsRemoved() throws Exception {
        try (FileJournal journal = open(folder)) {
            journal.write(List.of(append("a", "1")));
        }
        Files.copy(folder.resolve("journal.1"), folder.resolve("journal.2"));
        Files.writeString(folder.resolve("journal.new"), "unfinished");
        try (FileJournal journal = open(folder)) {
            assertThat(contents(journal)).isEqualTo("a 0..1 1:1\n");
        }
        assertThat(folder.resolve("journal.1")).doesNotExist();
        assertThat(folder.resolve("journal.new")).doesNotExist();
    }

    @Test
    void whatWasAcknowledgedOutlivesAnyCrash() throws Exception {
        for (int seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            Path path = folder.resolve("crash" + seed);
            Map<String, List<String>> known = new HashMap<>();
            for (int life = 0; life < 3; life++) {
                long acknowledged;
                Map<String, List<String>> then = new HashMap<>();
                try (FileJournal journal = FileJournal.open(path, this::report, 500)) {
                    for (int i = random.nextInt(6); i > 0; i--) {
                        write(journal, random, known);
                    }
                    acknowledged = Files.size(newest(path));
                    known.forEach((name, records) -> then.put(name, new ArrayList<>(records)));
                    Path before = newest(path);
                    // This write is not acknowledged: the process dies while it is made.
                    write(journal, random, known);
                    if (!newest(path).equals(before)) {
                        continue;
                    }
                }
                byte[] bytes = Files.readAllBytes(newest(path));
                int cut = (int) acknowledged + random.nextInt(bytes.length - (int) acknowledged + 1);
                Files.write(newest(path), Arrays.copyOf(bytes, cut));
                Map<String, List<String>> found = new HashMap<>();
                try (FileJournal journal = open(path)) {
                    for (String stream : journal.streams("")) {
                        found.put(stream, journal.read(stream, 0, 1000).stream().map(FileJournalTest::text).toList());
                    }
                }
                Map<String, List<String>> all = cut == bytes.length ? known : then;
                assertThat(found).as("seed %s", seed).isEqualTo(all);
                known.clear();
                found.forEach((name, records) -> known.put(name, new ArrayList<>(records)));
            }
        }
    }

    private static void write(FileJournal journal, Random random, Map<String, List<String>> known) throws IOException {
        String stream = "s" + random.nextInt(3);
        List<String> records = known.computeIfAbsent(stream, any -> new ArrayList<>());
        int version = journal.extent(stream).version();
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            texts.add("r" + random.nextInt(100));
            records.add(++version + ":" + texts.get(texts.size() - 1));
        }
        journal.write(List.of(append(stream, texts.toArray(String[]::new))));
    }

    private static Path newest(Path path) throws IOException {
        try (var files = Files.list(path)) {
            return files.filter(file -> file.getFileName().toString().startsWith("journal."))
                    .max((a, b) -> a.toString().length() == b.toString().length() ? a.compareTo(b)
                            : a.toString().length() - b.toString().length())
                    .orElseThrow();
        }
    }

    @Test
    void writesThatGatherGoDownTogether() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        List<Integer> groups = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        FileJournal file = open(folder);
        QueuedJournal journal = new QueuedJournal(new Observed(file, gate, groups), Runnable::run);
        for (int i = 0; i < 100; i++) {
            int number = i;
            journal.append("s" + i % 5, i == 50 ? 7 : Journal.ANY, List.of(Utf8.encode("r")), new Outcome<>() {
                @Override
                public void succeeded(StreamExtent extent) {
                    answers.add(number + ":" + extent.version());
                }

                @Override
                public void failed(Failure failure) {
                    answers.add(number + ":" + failure.code());
                }
            });
        }
        gate.complete(null);
        journal.close();
        assertThat(groups.size()).isBetween(1, 2);
        assertThat(answers).hasSize(100).contains("50:409", "99:20", "95:19");
        journal.extent("s1", new Outcome<>() {
            @Override
            public void succeeded(StreamExtent extent) {
                answers.add("open");
            }

            @Override
            public void failed(Failure failure) {
                answers.add(failure.message());
            }
        });
        assertThat(answers).endsWith("the journal is closed");
    }

    /** Waits before the first group. */
    private record Observed(FileJournal journal, CompletableFuture<Void> gate, List<Integer> groups)
            implements
                BlockingJournal {
        @Override
        public List<Written> write(List<JournalWrite> group) throws IOException {
            gate.join();
            groups.add(group.size());
            return journal.write(group);
        }

        @Override
        public List<JournalEntry> read(String stream, int after, int limit) throws IOException {
            return journal.read(stream, after, limit);
        }

        @Override
        public StreamExtent extent(String stream) throws IOException {
            return journal.extent(stream);
        }

        @Override
        public JournalEntry snapshot(String stream) throws IOException {
            return journal.snapshot(stream);
        }

        @Override
        public List<String> streams(String prefix) throws IOException {
            return journal.streams(prefix);
        }

        @Override
        public void close() throws IOException {
            journal.close();
        }
    }
}
