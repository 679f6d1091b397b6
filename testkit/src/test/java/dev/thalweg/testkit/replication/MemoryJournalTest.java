package dev.thalweg.testkit.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.replication.Journal;
import dev.thalweg.replication.MemoryJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MemoryJournalTest {
    private static JournalContract.Bench bench(Journal journal) {
        return new JournalContract.Bench() {
            @Override
            public Journal journal() {
                return journal;
            }

            @Override
            public void reopen(Runnable then) {
                then.run();
            }
        };
    }

    private static List<String> verdicts(JournalContract.Case told, Journal journal) {
        List<String> verdicts = new ArrayList<>();
        told.run(bench(journal), verdicts::add);
        return verdicts;
    }

    @TestFactory
    Stream<DynamicTest> doesWhatEveryJournalDoes() {
        return JournalContract.cases(200).stream().map(told -> DynamicTest.dynamicTest(told.name(),
                () -> assertThat(verdicts(told, new MemoryJournal())).containsExactly("")));
    }

    @Test
    void theContractNoticesAStreamThatIsNotEmpty() {
        MemoryJournal journal = new MemoryJournal();
        JournalCall.append("order", 0, "there").make(journal, answer -> assertThat(answer).isEqualTo("0..1"));
        assertThat(verdicts(JournalContract.cases(0).get(1), journal)).singleElement().asString()
                .contains("step 1: expected <0..1>, was <stale>");
    }
}
