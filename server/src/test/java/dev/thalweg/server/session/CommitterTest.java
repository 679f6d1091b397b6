package dev.thalweg.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.server.storage.LoggedMessage;
import dev.thalweg.server.storage.SqliteStore;
import dev.thalweg.server.storage.StoreException;
import dev.thalweg.server.storage.StoreWrite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitterTest {
    @TempDir
    Path directory;

    private static StoreWrite append(String document, int number) {
        return new StoreWrite.Append(new DocumentKey("t", document),
                List.of(new LoggedMessage(number, false, "{}")), null, null);
    }

    @Test
    void aWriteAtFaultHarmsNoneOfItsGroupAndAllAreToldInOrder() throws Exception {
        try (SqliteStore store = SqliteStore.open(directory)) {
            Committer committer = new Committer(store);
            List<String> told = Collections.synchronizedList(new ArrayList<>());
            for (String document : List.of("a", "b")) {
                committer.submit(new StoreWrite.Create(new DocumentKey("t", document), List.of(), "ref", 1),
                        failure -> told.add("create " + Optional.ofNullable(failure)));
            }
            for (int i = 1; i <= 500; i++) {
                String name = "a" + i;
                committer.submit(append("a", i), failure -> told.add(failure == null ? name : name + " failed"));
                if (i % 100 == 0) {
                    committer.submit(append("b", 7), failure -> told.add(failure == null ? "b" : "b failed"));
                }
            }
            assertThat(committer.stop(20_000)).isTrue();
            assertThat(store.header(new DocumentKey("t", "a")).headSequenceNumber()).isEqualTo(500);
            assertThat(store.header(new DocumentKey("t", "b")).headSequenceNumber()).isZero();
            assertThat(told).hasSize(507).doesNotContain("b").contains("b failed").noneMatch(line -> line
                    .startsWith("a") && line.endsWith("failed"));
            assertThat(told.stream().filter(line -> line.startsWith("a")).toList())
                    .isEqualTo(java.util.stream.IntStream.rangeClosed(1, 500).mapToObj(i -> "a" + i).toList());
        }
    }

    @Test
    void afterTheStoreIsClosedAWriteFailsAndTheThreadLives() throws Exception {
        SqliteStore store = SqliteStore.open(directory);
        Committer committer = new Committer(store);
        store.close();
        List<StoreException> failures = Collections.synchronizedList(new ArrayList<>());
        committer.submit(append("a", 1), failures::add);
        committer.submit(append("a", 2), failures::add);
        assertThat(committer.stop(20_000)).isTrue();
        assertThat(failures).hasSize(2).doesNotContainNull();
    }
}
