package dev.thalweg.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.server.storage.StoreWrite.Append;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends DocumentStoreContract {
    @TempDir
    Path directory;

    @Override
    DocumentStore open() throws StoreException {
        return SqliteStore.open(directory.resolve("data"));
    }

    @Test
    void isSyncedAtEveryCommit() throws Exception {
        assertThat(((SqliteStore) store).settings()).containsEntry("journal_mode", "wal")
                .containsEntry("synchronous", "2");
    }

    @Test
    void findsEverythingAgainWhenOpenedAgain() throws Exception {
        store.write(List.of(create(A), new Append(A, append(A, 1, 4).messages(), "{}", null)));
        store.close();
        store = open();
        assertThat(store.header(A)).isEqualTo(new DocumentStore.Header(1000.5, 4, "{}"));
        assertThat(numbers(store.messages(A, 2, 99, 99))).containsExactly(3, 4);
        assertThat(store.object(A, FIRST.id())).isEqualTo(FIRST);
        store.write(List.of(append(A, 5, 5)));
        assertThat(store.header(A).headSequenceNumber()).isEqualTo(5);
    }

    @Test
    void servesOneOwnerAtATime() {
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("another process");
    }
}
