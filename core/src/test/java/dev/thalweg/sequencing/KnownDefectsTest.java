package dev.thalweg.sequencing;

import static dev.thalweg.sequencing.Sequencing.message;
import static dev.thalweg.sequencing.Sequencing.op;
import static dev.thalweg.sequencing.Sequencing.writer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonWriter;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mistakes that ordering services are known to have made; each would break what clients build on. */
class KnownDefectsTest {
    private final Sequencer sequencer = new Sequencer(SequencerLimits.DEFAULT);
    private final List<SequencedMessage> log = new ArrayList<>();

    @Test
    void anAnswerToASummaryDoesNotShareItsNumberWithTheNextOperation() {
        join("a");
        SequencedMessage ack = sequencer.system(MessageType.SUMMARY_ACK,
                MessageBody.summaryAckContents(new MessageBody.SummaryAck("h", 1)), 0);
        assertThat(ticketed("a", 1, 1).sequenceNumber()).isEqualTo(ack.sequenceNumber() + 1);
    }

    @Test
    void aRestartGoesOnAfterTheLastNumberWhateverItStartsFrom() throws Exception {
        SequencerCheckpoint early = sequencer.checkpoint();
        join("a");
        join("b");
        ticketed("a", 1, 2);
        SequencerCheckpoint late = sequencer.checkpoint();
        ticketed("b", 1, 3);
        log.add(sequencer.system(MessageType.CONTROL, MessageBody.joinData("x", writer()), 0));
        for (SequencerCheckpoint checkpoint : List.of(early, late, sequencer.checkpoint())) {
            Sequencer restored = Sequencer.restore(checkpoint, SequencerLimits.DEFAULT);
            for (SequencedMessage message : log) {
                if (message.sequenceNumber() > checkpoint.sequenceNumber()) {
                    restored.replay(message);
                }
            }
            assertThat(restored.sequenceNumber()).isEqualTo(5);
            assertThat(restored.checkpoint()).isEqualTo(sequencer.checkpoint());
            assertThat(restored.join("c", writer(), 0).sequenceNumber()).isEqualTo(6);
        }
    }

    @Test
    void joinsAndLeavesOfOthersForgetNothing() {
        join("a");
        join("b");
        ticketed("a", 1, 1);
        join("c");
        sequencer.leave("c", 0);
        // What a has sent is not taken twice, and what it has not read does not count as read.
        assertThat(sequencer.ticket("a", op(1, 1), 0)).isInstanceOf(Ticket.Duplicate.class);
        assertThat(sequencer.minimumSequenceNumber()).isZero();
        assertThat(sequencer.checkpoint().writers().get(0).referenceSequenceNumber()).isEqualTo(1);
        assertThat(ticketed("a", 2, 1).minimumSequenceNumber()).isZero();
    }

    @Test
    void whatIsUnderWayWhileSomeoneJoinsIsStillGood() {
        join("a");
        ticketed("a", 1, 1);
        ticketed("a", 2, 2);
        join("b");
        assertThat(ticketed("a", 3, 2).minimumSequenceNumber()).isEqualTo(2);
    }

    @Test
    void aReferenceBelowTheMinimumIsNeverTaken() {
        join("a");
        ticketed("a", 1, 1);
        assertThat(sequencer.ticket("a", op(2, 0), 0)).isInstanceOf(Ticket.Refused.class);
    }

    @Test
    void aGapIsNeverTaken() {
        join("a");
        assertThat(sequencer.ticket("a", op(2, 1), 0)).isInstanceOf(Ticket.Refused.class);
        assertThat(sequencer.sequenceNumber()).isEqualTo(1);
    }

    @Test
    void whatIsNumberedInABatchWithAFaultIsHandedOut() {
        join("a");
        Ticket good = sequencer.ticket("a", op(1, 1), 0);
        Ticket bad = sequencer.ticket("a", op(2, 99), 0);
        assertThat(good).isInstanceOf(Ticket.Sequenced.class);
        assertThat(bad).isInstanceOf(Ticket.Refused.class);
        assertThat(((Ticket.Sequenced) good).message().sequenceNumber()).isEqualTo(sequencer.sequenceNumber());
    }

    @Test
    void aNoopCannotLiftTheMinimumAboveTheLine() {
        join("a");
        for (int rsn : new int[] {2, 1000, Integer.MAX_VALUE}) {
            assertThat(sequencer.ticket("a", message(1, rsn, MessageType.NOOP, null), 0))
                    .isInstanceOf(Ticket.Refused.class);
            assertThat(sequencer.minimumSequenceNumber()).isLessThanOrEqualTo(sequencer.sequenceNumber());
        }
    }

    @Test
    void idleClientsAreToldOfARisenMinimum() {
        join("a");
        assertThat(sequencer.ticket("a", message(1, 1, MessageType.NOOP, null), 0))
                .isInstanceOf(Ticket.Absorbed.class);
        SequencedMessage noop = sequencer.noop(0);
        assertThat(noop).isNotNull();
        assertThat(noop.minimumSequenceNumber()).isEqualTo(1);
    }

    @Test
    void theDataOfTheServicesMessagesSurvivesTheRecord() throws Exception {
        join("a");
        log.add(sequencer.system(MessageType.SUMMARY_NACK,
                MessageBody.summaryNackContents(new MessageBody.SummaryNack("m", 1)), 0));
        SequencedMessage leave = sequencer.leave("a", 0);
        assertThat(leave).isNotNull();
        log.add(leave);
        for (SequencedMessage message : log) {
            JsonWriter writer = new JsonWriter();
            message.write(writer);
            SequencedMessage read = SequencedMessage.read(new JsonReader(writer.toString(), JsonLimits.DEFAULT));
            assertThat(read).isEqualTo(message);
            assertThat(read.body()).isEqualTo(message.body());
        }
    }

    private void join(String clientId) {
        log.add(sequencer.join(clientId, writer(), 0));
    }

    private SequencedMessage ticketed(String clientId, int csn, int rsn) {
        Ticket ticket = sequencer.ticket(clientId, op(csn, rsn), 0);
        assertThat(ticket).isInstanceOf(Ticket.Sequenced.class);
        SequencedMessage message = ((Ticket.Sequenced) ticket).message();
        log.add(message);
        return message;
    }
}
