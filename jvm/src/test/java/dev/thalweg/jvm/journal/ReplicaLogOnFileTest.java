package dev.thalweg.jvm.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.log.BlockDocument;
import dev.thalweg.replication.log.BlockOperation;
import dev.thalweg.replication.log.ReplicaLog;
import dev.thalweg.testkit.replication.PromptJournal;
import dev.thalweg.testkit.replication.ReplicaWorld;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica log in a file that a crash cuts off anywhere. */
class ReplicaLogOnFileTest {
    @TempDir
    Path folder;

    private static QueuedJournal open(Path folder) throws IOException {
        return new QueuedJournal(FileJournal.open(folder, (file, from, length, reason) -> {
        }), Runnable::run);
    }

    private static <T> T ask(Consumer<Outcome<T>> question) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        question.accept(new Outcome<>() {
            @Override
            public void succeeded(T value) {
                answer.complete(value);
            }

            @Override
            public void failed(Failure failure) {
                answer.completeExceptionally(new IOException(failure.message()));
            }
        });
        return answer.get(30, TimeUnit.SECONDS);
    }

    private static ReplicaLog log(QueuedJournal journal) throws Exception {
        return ask(opened -> ReplicaLog.open(journal, "doc", "a", (replica, from, to, reason) -> {
        }, opened));
    }

    @Test
    void replicasThatShareTheFileEndInOneDocument() throws Exception {
        BlockingQueue<Runnable> outcomes = new LinkedBlockingQueue<>();
        for (int seed = 1; seed <= 8; seed++) {
            try (QueuedJournal journal = new QueuedJournal(FileJournal.open(folder, (file, from, length, reason) -> {
            }), outcomes::add)) {
                assertThat(ReplicaWorld.run(seed, new PromptJournal(journal, outcomes)))
                        .isEqualTo(ReplicaWorld.run(seed));
            }
        }
    }

    @Test
    void cutAnywhereItReloadsToAPrefixAndGoesOn() throws Exception {
        Path whole = folder.resolve("whole");
        List<BlockDocument> states = new ArrayList<>(List.of(BlockDocument.EMPTY));
        List<Long> ends = new ArrayList<>(List.of(0L));
        try (QueuedJournal journal = open(whole)) {
            ReplicaLog log = log(journal);
            for (int i = 0; i < 6; i++) {
                BlockOperation operation = i % 3 == 2 ? new BlockOperation.Delete("b" + (i - 1))
                        : new BlockOperation.Insert("b" + i, null, JsonObject.of("text", JsonValue.of("word " + i)));
                int at = i;
                var unused = ask((Outcome<Integer> committed) -> log.commit(operation, at, committed));
                states.add(log.document());
                ends.add(Files.size(whole.resolve("journal.1")));
            }
        }
        long end = ends.get(6);
        for (long cut = ends.get(5); cut <= end; cut++) {
            Path copy = Files.createDirectories(folder.resolve("cut-" + cut));
            Files.copy(whole.resolve("journal.1"), copy.resolve("journal.1"));
            try (FileChannel file = FileChannel.open(copy.resolve("journal.1"), StandardOpenOption.WRITE)) {
                file.truncate(cut);
            }
            int left = 5;
            while (left < 6 && ends.get(left + 1) <= cut) {
                left++;
            }
            try (QueuedJournal journal = open(copy)) {
                ReplicaLog log = log(journal);
                assertThat(log.document()).as("cut at " + cut + " of " + end).isEqualTo(states.get(left));
                if (cut % 16 == 0) {
                    var unused = ask((Outcome<Integer> committed) -> log.commit(
                            new BlockOperation.Insert("new", null, JsonObject.EMPTY), 9, committed));
                    assertThat(log.order()).contains("new");
                }
            }
        }
    }
}
