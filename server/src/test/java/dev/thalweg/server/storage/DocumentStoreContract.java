package dev.thalweg.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.server.storage.StoreWrite.Append;
import dev.thalweg.server.storage.StoreWrite.Create;
import dev.thalweg.server.storage.StoreWrite.Put;
import dev.thalweg.server.storage.StoreWrite.SetRef;
import dev.thalweg.storage.GitBlob;
import dev.thalweg.storage.GitObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do. */
abstract class DocumentStoreContract {
    static final DocumentKey A = new DocumentKey("tenant", "a");
    static final DocumentKey B = new DocumentKey("tenant", "b");
    static final GitObject FIRST = GitBlob.of("first");

    DocumentStore store;

    abstract DocumentStore open() throws Exception;

    @BeforeEach
    void setUp() throws Exception {
        store = open();
    }

    @AfterEach
    void tearDown() throws Exception {
        store.close();
    }

    static Create create(DocumentKey key) {
        return new Create(key, List.of(FIRST), FIRST.id(), 1000.5);
    }

    static Append append(DocumentKey key, int from, int to) {
        List<LoggedMessage> messages = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            messages.add(new LoggedMessage(i, i % 3 == 0, "{\"sequenceNumber\":" + i + ",\"text\":\"ü😀\"}"));
        }
        return new Append(key, messages, null, null);
    }

    static List<Integer> numbers(List<LoggedMessage> messages) {
        return messages.stream().map(LoggedMessage::sequenceNumber).toList();
    }

    @Test
    void findsWhatWasCreated() throws Exception {
        assertThat(store.header(A)).isNull();
        store.write(List.of(create(A)));
        assertThat(store.header(A)).isEqualTo(new DocumentStore.Header(1000.5, 0, null));
        assertThat(store.header(B)).isNull();
        assertThat(store.header(new DocumentKey("other", "a"))).isNull();
        assertThat(store.ref(A, "a")).isEqualTo(FIRST.id());
        assertThat(store.object(A, FIRST.id())).isEqualTo(FIRST);
    }

    @Test
    void keepsMessagesAsTheyAreSpelledAndReadsRangesWithBothEndsExclusive() throws Exception {
        store.write(List.of(create(A), append(A, 1, 10)));
        assertThat(store.header(A).headSequenceNumber()).isEqualTo(10);
        assertThat(numbers(store.messages(A, 0, 11, 100))).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(numbers(store.messages(A, -1, Integer.MAX_VALUE, 3))).containsExactly(1, 2, 3);
        assertThat(numbers(store.messages(A, 4, 7, 100))).containsExactly(5, 6);
        assertThat(store.messages(A, 4, 5, 100)).isEmpty();
        assertThat(store.messages(A, 7, 3, 100)).isEmpty();
        assertThat(store.messages(A, 10, 99, 100)).isEmpty();
        assertThat(store.messages(B, 0, 99, 100)).isEmpty();
        assertThat(store.messages(A, 0, 2, 9).get(0).json()).isEqualTo("{\"sequenceNumber\":1,\"text\":\"ü😀\"}");
    }

    @Test
    void findsTheMessagesThatShapeTheQuorum() throws Exception {
        store.write(List.of(create(A), append(A, 1, 10)));
        assertThat(numbers(store.quorumMessages(A, 0, 100))).containsExactly(3, 6, 9);
        assertThat(numbers(store.quorumMessages(A, 3, 9))).containsExactly(6);
    }

    @Test
    void keepsDocumentsApart() throws Exception {
        GitObject second = GitBlob.of("second");
        store.write(List.of(create(A), create(B), append(A, 1, 2), append(B, 1, 1),
                new Put(B, List.of(second))));
        assertThat(store.header(A).headSequenceNumber()).isEqualTo(2);
        assertThat(store.header(B).headSequenceNumber()).isEqualTo(1);
        assertThat(store.object(A, second.id())).isNull();
        assertThat(store.object(B, second.id())).isEqualTo(second);
    }

    @Test
    void refusesASecondDocumentOfOneNameWithAllThatCameWithIt() throws Exception {
        store.write(List.of(create(A)));
        assertThatThrownBy(() -> store.write(List.of(create(B), append(A, 1, 1), create(A))))
                .isInstanceOf(StoreException.class);
        assertThat(store.header(B)).isNull();
        assertThat(store.header(A).headSequenceNumber()).isZero();
        store.write(List.of(create(B), append(A, 1, 1)));
        assertThat(store.header(A).headSequenceNumber()).isEqualTo(1);
    }

    @Test
    void neverTakesASequenceNumberTwiceNorLeavesOneOut() throws Exception {
        store.write(List.of(create(A), create(B), append(A, 1, 5)));
        assertThatThrownBy(() -> store.write(List.of(append(B, 1, 1), append(A, 5, 6))))
                .isInstanceOf(StoreException.class).hasMessageContaining("is at 5, cannot append 5");
        assertThatThrownBy(() -> store.write(List.of(append(A, 7, 7)))).isInstanceOf(StoreException.class);
        assertThat(store.header(B).headSequenceNumber()).isZero();
        assertThat(store.header(A).headSequenceNumber()).isEqualTo(5);
        store.write(List.of(append(A, 6, 6)));
        assertThat(store.header(A).headSequenceNumber()).isEqualTo(6);
    }

    @Test
    void refusesMessagesOfNoDocument() {
        assertThatThrownBy(() -> store.write(List.of(append(A, 1, 1)))).isInstanceOf(StoreException.class);
    }

    @Test
    void keepsCheckpointAndLatestSummaryUntilOthersCome() throws Exception {
        GitObject second = GitBlob.of("second");
        store.write(List.of(create(A), new Append(A, append(A, 1, 1).messages(), "{\"n\":1}", null)));
        store.write(List.of(append(A, 2, 2)));
        assertThat(store.header(A).checkpoint()).isEqualTo("{\"n\":1}");
        assertThat(store.ref(A, "a")).isEqualTo(FIRST.id());
        store.write(List.of(new Put(A, List.of(second)), new Append(A, append(A, 3, 3).messages(), null, second.id()),
                new SetRef(A, "other", FIRST.id())));
        assertThat(store.ref(A, "a")).isEqualTo(second.id());
        assertThat(store.ref(A, "other")).isEqualTo(FIRST.id());
        assertThat(store.ref(A, "none")).isNull();
    }

    @Test
    void keepsAnObjectOnce() throws Exception {
        store.write(List.of(create(A), new Put(A, List.of(FIRST)), new Put(A, List.of(FIRST))));
        assertThat(store.object(A, FIRST.id()).body()).isEqualTo(FIRST.body());
        assertThat(store.object(A, "0".repeat(40))).isNull();
    }
}
