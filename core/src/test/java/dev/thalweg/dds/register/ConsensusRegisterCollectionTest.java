package dev.thalweg.dds.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.RecordingHost;
import dev.thalweg.dds.register.RegisterEvent.AtomicChanged;
import dev.thalweg.dds.register.RegisterEvent.VersionChanged;
import dev.thalweg.dds.register.WriteOutcome.Aborted;
import dev.thalweg.dds.register.WriteOutcome.Lost;
import dev.thalweg.dds.register.WriteOutcome.Unknown;
import dev.thalweg.dds.register.WriteOutcome.Won;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsensusRegisterCollectionTest {
    private static final JsonValue A = JsonValue.of("A");
    private static final JsonValue B = JsonValue.of("B");

    private final RecordingHost host = new RecordingHost();
    private final ConsensusRegisterCollection registers = ConsensusRegisterCollection.TYPE.create("r", "a");
    private final List<WriteOutcome> outcomes = new ArrayList<>();
    private final List<RegisterEvent> events = new ArrayList<>();

    ConsensusRegisterCollectionTest() {
        registers.bind(host);
        registers.subscribe(events::add);
    }

    private static String write(String value, int reference) {
        return "{\"key\":\"k\",\"type\":\"write\",\"serializedValue\":\"" + value.replace("\"", "\\\"")
                + "\",\"value\":{\"type\":\"Plain\",\"value\":" + value + "},\"refSeq\":" + reference + "}";
    }

    @Test
    void aWriteShowsWhenItIsSequencedAndNotBefore() throws Exception {
        registers.write("k", A, outcomes::add);
        assertThat(registers.read("k")).isNull();
        assertThat(registers.keys()).isEmpty();
        assertThat(registers.versions("k")).isEmpty();
        assertThat(registers.pendingCount()).isEqualTo(1);
        assertThat(outcomes).isEmpty();
        assertThat(host.sent).containsExactly(write("\"A\"", 0));
        host.acknowledge(registers);
        assertThat(registers.read("k")).isEqualTo(A);
        assertThat(registers.read("k", ReadPolicy.LWW)).isEqualTo(A);
        assertThat(registers.versions("k")).containsExactly(A);
        assertThat(registers.keys()).containsExactly("k");
        assertThat(registers.pendingCount()).isZero();
        assertThat(outcomes).containsExactly(new Won());
        assertThat(events).containsExactly(new AtomicChanged("k", A, true), new VersionChanged("k", A, true, true));
    }

    @Test
    void theFirstOfWritesThatDidNotKnowOfEachOtherWinsAndBothAreKept() throws Exception {
        registers.write("k", A, outcomes::add);
        host.remote(registers, write("\"B\"", 0));
        host.acknowledge(registers);
        assertThat(registers.read("k")).isEqualTo(B);
        assertThat(registers.read("k", ReadPolicy.LWW)).isEqualTo(A);
        assertThat(registers.versions("k")).containsExactly(B, A);
        assertThat(outcomes).containsExactly(new Lost(B));
        assertThat(events).containsExactly(new AtomicChanged("k", B, false), new VersionChanged("k", B, true, false),
                new VersionChanged("k", A, false, true));
    }

    @Test
    void aWriteTakesThePlaceOfTheVersionsItsAuthorHadSeen() throws Exception {
        host.remote(registers, write("1", 0));
        host.remote(registers, write("2", 0));
        host.remote(registers, write("3", 0));
        assertThat(registers.versions("k")).hasSize(3);
        host.remote(registers, write("4", 2));
        assertThat(registers.versions("k")).containsExactly(JsonValue.of(3), JsonValue.of(4));
        assertThat(registers.read("k")).as("1 was seen, so it gives way").isEqualTo(JsonValue.of(4));
        registers.write("k", A, outcomes::add);
        host.acknowledge(registers);
        assertThat(registers.versions("k")).containsExactly(A);
        assertThat(outcomes).containsExactly(new Won());
    }

    @Test
    void theReferenceAndTheOutcomeSurviveAReconnect() throws Exception {
        registers.write("k", A, outcomes::add);
        host.disconnect(registers);
        host.remote(registers, write("\"B\"", 0));
        host.reconnect(registers, "again");
        assertThat(host.sent).containsExactly(write("\"A\"", 0), write("\"A\"", 0));
        host.acknowledge(registers);
        assertThat(outcomes).containsExactly(new Lost(B));
    }

    @Test
    void aRollbackAbortsTheNewestWrite() throws Exception {
        registers.write("k", A, outcomes::add);
        registers.write("k", B, outcome -> outcomes.add(new Unknown(outcome.toString())));
        host.rollback(registers);
        assertThat(outcomes).containsExactly(new Unknown(new Aborted().toString()));
        assertThat(events).containsExactly(new RegisterEvent.Aborted("k", B));
        host.acknowledge(registers);
        assertThat(outcomes).last().isEqualTo(new Won());
    }

    @Test
    void closedEveryOpenWriteIsUnknownAndToldOnce() throws Exception {
        registers.write("k", A, outcomes::add);
        registers.write("k", A, outcomes::add);
        host.acknowledge(registers);
        registers.close("disposed");
        host.acknowledge(registers);
        assertThat(outcomes).containsExactly(new Won(), new Unknown("disposed"));
    }

    @Test
    void anOutcomeAndAListenerMayWriteAgainAtOnce() throws Exception {
        registers.subscribe(event -> {
            if (event instanceof AtomicChanged changed && changed.value().equals(A)) {
                registers.write("k", JsonValue.of(2), outcomes::add);
            }
        });
        registers.write("k", A, outcome -> registers.write("k", JsonValue.of(1), outcomes::add));
        host.acknowledge(registers);
        host.acknowledge(registers);
        host.acknowledge(registers);
        assertThat(registers.read("k")).isEqualTo(JsonValue.of(1));
        assertThat(outcomes).containsExactly(new Won(), new Lost(JsonValue.of(1)));
    }

    @Test
    void beforeItIsAttachedAWriteIsSettledAtOnceAndReplacesAll() throws Exception {
        ConsensusRegisterCollection detached = ConsensusRegisterCollection.TYPE.create("r", "a");
        RecordingHost nobody = RecordingHost.detached();
        detached.bind(nobody);
        detached.subscribe(event -> {
            if (event instanceof AtomicChanged changed && changed.value().equals(A)) {
                detached.write("k", B, outcomes::add);
            }
        });
        detached.write("k", A, outcomes::add);
        assertThat(outcomes).containsExactly(new Won(), new Won());
        assertThat(nobody.sent).isEmpty();
        assertThat(detached.versions("k")).containsExactly(B);
        nobody.attach(detached);
        detached.write("k", A, outcomes::add);
        nobody.acknowledge(detached);
        assertThat(detached.versions("k")).containsExactly(A);
        assertThat(outcomes).hasSize(3);
    }

    @Test
    void theFormsBeforeAndAfterTodaysAreRead() throws Exception {
        host.remote(registers,
                "{\"key\":\"old\",\"type\":\"write\",\"value\":{\"type\":\"Plain\",\"value\":1},\"refSeq\":0}");
        host.remote(registers,
                "{\"key\":\"k\",\"type\":\"write\",\"serializedValue\":\"{\\\"n\\\":null}\",\"refSeq\":0}");
        assertThat(registers.read("old")).isEqualTo(JsonValue.of(1));
        assertThat(registers.read("k")).hasToString("{\"n\":null}");
        // Without a reference that of the message counts, which in this test is everything before it.
        host.remote(registers, "{\"key\":\"k\",\"type\":\"write\",\"value\":{\"type\":\"Plain\",\"value\":2}}");
        assertThat(registers.versions("k")).containsExactly(JsonValue.of(2));
        host.remote(registers, "{\"key\":\"k\",\"type\":\"write\",\"value\":{\"type\":\"Plain\"},\"refSeq\":3}");
        assertThat(registers.read("k")).isEqualTo(JsonNull.NULL);
    }

    @Test
    void theSummaryIsFluidsAndLoadsBack() throws Exception {
        host.remote(registers, write("1", 0).replace("\"k\"", "\"10\""));
        host.remote(registers, write("\"A\"", 0));
        host.remote(registers, write("\"B\"", 0));
        host.remote(registers, write("{\"l\":[1]}", 0).replace("\"k\"", "\"9\""));
        String header = "{\"9\":{\"atomic\":{\"sequenceNumber\":4,\"value\":{\"type\":\"Plain\",\"value\":{\"l\":[1]}}},"
                + "\"versions\":[{\"sequenceNumber\":4,\"value\":{\"type\":\"Plain\",\"value\":{\"l\":[1]}}}]},"
                + "\"10\":{\"atomic\":{\"sequenceNumber\":1,\"value\":{\"type\":\"Plain\",\"value\":1}},"
                + "\"versions\":[{\"sequenceNumber\":1,\"value\":{\"type\":\"Plain\",\"value\":1}}]},"
                + "\"k\":{\"atomic\":{\"sequenceNumber\":2,\"value\":{\"type\":\"Plain\",\"value\":\"A\"}},"
                + "\"versions\":[{\"sequenceNumber\":2,\"value\":{\"type\":\"Plain\",\"value\":\"A\"}},"
                + "{\"sequenceNumber\":3,\"value\":{\"type\":\"Plain\",\"value\":\"B\"}}]}}";
        assertThat(registers.summarize().text("header")).isEqualTo(header);
        ConsensusRegisterCollection loaded = ConsensusRegisterCollection.TYPE.load("r", "b", registers.summarize());
        assertThat(loaded.summarize().text("header")).isEqualTo(header);
        assertThat(loaded.snapshot()).isEqualTo(registers.snapshot());
        loaded.check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"type\":\"burn\",\"key\":\"k\"}",
        "{\"type\":\"write\",\"key\":\"k\",\"refSeq\":0}",
        "{\"type\":\"write\",\"key\":7,\"serializedValue\":\"1\",\"refSeq\":0}",
        "{\"type\":\"write\",\"key\":\"k\",\"serializedValue\":\"{\",\"refSeq\":0}",
        "{\"type\":\"write\",\"key\":\"k\",\"serializedValue\":1,\"refSeq\":0}",
        "{\"type\":\"write\",\"key\":\"k\",\"value\":{\"type\":\"Shared\",\"value\":\"x\"},\"refSeq\":0}",
        "{\"type\":\"write\",\"key\":\"k\",\"serializedValue\":\"1\",\"refSeq\":-1}",
        "{\"type\":\"write\",\"key\":\"k\",\"serializedValue\":\"1\",\"refSeq\":0.5}",
        "{\"type\":\"write\",\"key\":\"k\",\"serializedValue\":\"1\",\"refSeq\":1}"})
    void whatCannotBeTakenChangesNothing(String contents) {
        assertThatThrownBy(() -> host.remote(registers, contents)).isInstanceOf(ProtocolException.class);
        assertThat(registers.keys()).isEmpty();
        registers.check();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"k\":1}", "{\"k\":{\"versions\":[]}}",
        "{\"k\":{\"atomic\":{\"sequenceNumber\":1,\"value\":{\"type\":\"Plain\",\"value\":1}},\"versions\":[]}}",
        "{\"k\":{\"atomic\":{\"sequenceNumber\":1,\"value\":{\"type\":\"Shared\",\"value\":1}},\"versions\":[]}}",
        "{\"k\":{\"atomic\":{\"sequenceNumber\":1,\"value\":{\"type\":\"Plain\",\"value\":1}},\"versions\":"
                + "[{\"sequenceNumber\":2,\"value\":{\"type\":\"Plain\",\"value\":1}},"
                + "{\"sequenceNumber\":1,\"value\":{\"type\":\"Plain\",\"value\":1}}]}}"})
    void aSummaryThatCannotBeIsRefused(String header) {
        assertThatThrownBy(() -> ConsensusRegisterCollection.TYPE.load("r", "a",
                new SummaryBuilder().text("header", header).build())).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aSummaryWithoutAHeaderIsRefused() {
        assertThatThrownBy(() -> ConsensusRegisterCollection.TYPE.load("r", "a", new SummaryBuilder().build()))
                .isInstanceOf(ProtocolException.class);
    }
}
