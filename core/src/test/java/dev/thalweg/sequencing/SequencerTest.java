package dev.thalweg.sequencing;

import static dev.thalweg.sequencing.Sequencing.message;
import static dev.thalweg.sequencing.Sequencing.writer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.SequencedMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequencerTest {
    private final Sequencer sequencer = new Sequencer(new SequencerLimits(100));

    @Test
    void startsAtNothing() {
        assertThat(sequencer.sequenceNumber()).isZero();
        assertThat(sequencer.minimumSequenceNumber()).isZero();
        assertThat(sequencer.clients()).isEmpty();
    }

    @Test
    void joinTakesANumberAndSaysWho() throws Exception {
        SequencedMessage join = join("a");
        assertThat(join.sequenceNumber()).isEqualTo(1);
        assertThat(join.minimumSequenceNumber()).isZero();
        assertThat(join.clientId()).isNull();
        assertThat(join.clientSequenceNumber()).isEqualTo(-1);
        assertThat(join.referenceSequenceNumber()).isEqualTo(-1);
        assertThat(join.contents()).isNull();
        assertThat(join.timestamp()).isEqualTo(5);
        assertThat(join.body()).isEqualTo(new MessageBody.Join("a", writer(Scopes.ALL)));
    }

    @Test
    void joinRefusesReadersAndClientsItKnows() {
        join("a");
        assertThatThrownBy(() -> join("a")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a");
        Client reader = new Client(ConnectionMode.READ, true, null, null, JsonObject.EMPTY, Scopes.ALL);
        assertThatThrownBy(() -> sequencer.join("r", reader, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(sequencer.sequenceNumber()).isEqualTo(1);
    }

    @Test
    void aNewcomerNeitherLiftsNorLowersTheMinimum() {
        join("a");
        op("a", 1, 1);
        op("a", 2, 2);
        assertThat(sequencer.minimumSequenceNumber()).isEqualTo(2);
        SequencedMessage second = join("b");
        assertThat(second.minimumSequenceNumber()).isEqualTo(2);
        // Made before b had read more than the minimum: still good.
        assertThat(sequenced("b", 1, 2).referenceSequenceNumber()).isEqualTo(2);
        // The join of b did not lift a's reference either.
        assertThat(sequencer.checkpoint().writers().get(0).referenceSequenceNumber()).isEqualTo(2);
    }

    @Test
    void theMinimumIsTheLowestReferenceAndTheSequenceNumberWithoutWriters() {
        join("a");
        join("b");
        assertThat(sequenced("a", 1, 2).minimumSequenceNumber()).isZero();
        assertThat(sequenced("b", 1, 1).minimumSequenceNumber()).isEqualTo(1);
        assertThat(leave("b").minimumSequenceNumber()).isEqualTo(2);
        SequencedMessage last = leave("a");
        assertThat(last.sequenceNumber()).isEqualTo(6);
        assertThat(last.minimumSequenceNumber()).isEqualTo(6);
        assertThat(sequencer.leave("a", 0)).isNull();
        SequencedMessage system = sequencer.system(MessageType.NO_CLIENT, JsonValue.of("x"), 0);
        assertThat(system.minimumSequenceNumber()).isEqualTo(7);
        assertThat(join("c").minimumSequenceNumber()).isEqualTo(7);
    }

    @Test
    void leaveSaysWho() throws Exception {
        join("a");
        SequencedMessage leave = leave("a");
        assertThat(leave.clientId()).isNull();
        assertThat(leave.data()).isEqualTo(new RawJson("\"\\\"a\\\"\""));
        assertThat(leave.body()).isEqualTo(new MessageBody.Leave("a"));
    }

    @Test
    void anOperationIsForwardedAsItWasSpelled() {
        join("a");
        DocumentMessage message = new DocumentMessage(1, 1, MessageType.OP, new RawJson("\"{\\\"a\\\" : 1.0}\""),
                new RawJson("{\"batch\" : true}"), "lz4");
        Ticket ticket = sequencer.ticket("a", message, 9.5);
        assertThat(ticket).isEqualTo(new Ticket.Sequenced(new SequencedMessage("a", 2, 1, 1, 1, MessageType.OP,
                message.contents(), message.metadata(), "lz4", null, 9.5)));
    }

    @Test
    void duplicatesAreSilent() {
        join("a");
        sequenced("a", 1, 0);
        assertThat(op("a", 1, 1)).isInstanceOf(Ticket.Duplicate.class);
        assertThat(op("a", 0, 1)).isInstanceOf(Ticket.Duplicate.class);
        assertThat(sequencer.sequenceNumber()).isEqualTo(2);
        assertThat(sequencer.minimumSequenceNumber()).isZero();
    }

    @Test
    void aGapIsRefusedWithWhatFollowsItUntilItIsFilled() {
        join("a");
        Nack nack = refused(op("a", 2, 0));
        assertThat(nack.code()).isEqualTo(400);
        assertThat(nack.type()).isEqualTo(Nack.Type.BAD_REQUEST);
        assertThat(nack.message()).startsWith("Gap detected in incoming op").contains("expected").contains("2");
        assertThat(nack.operation()).isNotNull();
        refused(op("a", 3, 0));
        assertThat(sequenced("a", 1, 0).sequenceNumber()).isEqualTo(2);
        assertThat(sequenced("a", 2, 0).sequenceNumber()).isEqualTo(3);
    }

    @Test
    void aReferenceBelowTheMinimumEndsTheConnection() {
        join("a");
        join("b");
        sequenced("a", 1, 2);
        sequenced("b", 1, 2);
        Nack nack = refused(op("a", 2, 1));
        assertThat(nack.code()).isEqualTo(400);
        assertThat(nack.sequenceNumber()).isEqualTo(2);
        assertThat(nack.message()).isEqualTo("Refseq 1 < 2");
        assertThat(refused(op("a", 2, 4)).message()).isEqualTo("Nonexistent client");
        assertThat(refused(op("a", 2, 4)).sequenceNumber()).isEqualTo(2);
        leave("a");
        join("a2");
        assertThat(sequenced("a2", 1, 4).sequenceNumber()).isEqualTo(7);
    }

    @Test
    void aReferenceFromTheFutureIsRefusedAndLeavesTheMinimumAlone() {
        join("a");
        Nack nack = refused(op("a", 1, 2));
        assertThat(nack.code()).isEqualTo(400);
        assertThat(nack.message()).contains("2").contains("1");
        assertThat(sequencer.minimumSequenceNumber()).isZero();
        refused(sequencer.ticket("a", message(1, 1000, MessageType.NOOP, null), 0));
        assertThat(sequencer.minimumSequenceNumber()).isZero();
        assertThat(sequenced("a", 1, 1).sequenceNumber()).isEqualTo(2);
    }

    @Test
    void aReferenceLeftToTheServiceIsTheLastSequenceNumber() {
        join("a");
        assertThat(sequenced("a", 1, -1).referenceSequenceNumber()).isEqualTo(1);
        assertThat(sequencer.minimumSequenceNumber()).isEqualTo(1);
    }

    @Test
    void clientsSubmitOnlyWhatIsTheirs() {
        join("a");
        for (MessageType type : MessageType.values()) {
            if (!type.fromClients()) {
                Nack nack = refused(sequencer.ticket("a", message(1, 1, type, "{}"), 0));
                assertThat(nack.code()).isEqualTo(400);
                assertThat(nack.message()).contains(type.wireName());
            }
        }
        int csn = 0;
        for (MessageType type : List.of(MessageType.OP, MessageType.PROPOSE, MessageType.REJECT, MessageType.ACCEPT,
                MessageType.SUMMARIZE)) {
            assertThat(sequencer.ticket("a", message(++csn, 1, type, "{}"), 0)).isInstanceOf(Ticket.Sequenced.class);
        }
    }

    @Test
    void scopesDecide() {
        sequencer.join("r", writer(List.of(Scopes.READ)), 0);
        Nack write = refused(op("r", 1, 0));
        assertThat(write.code()).isEqualTo(403);
        assertThat(write.type()).isEqualTo(Nack.Type.INVALID_SCOPE);
        assertThat(write.message()).contains("doc:write");
        sequencer.join("w", writer(List.of(Scopes.READ, Scopes.WRITE)), 0);
        Nack summary = refused(sequencer.ticket("w", message(1, 0, MessageType.SUMMARIZE, "{}"), 0));
        assertThat(summary.code()).isEqualTo(403);
        assertThat(summary.type()).isEqualTo(Nack.Type.INVALID_SCOPE);
        assertThat(summary.message()).contains("summary:write");
        assertThat(op("w", 1, 0)).isInstanceOf(Ticket.Sequenced.class);
    }

    @Test
    void largeMessagesAreRefusedWithBothNumbers() {
        join("a");
        String text = "\"" + "x".repeat(98) + "\"";
        DocumentMessage tooLarge = new DocumentMessage(1, 0, MessageType.OP, new RawJson(text), new RawJson("1"), null);
        Nack nack = refused(sequencer.ticket("a", tooLarge, 0));
        assertThat(nack.code()).isEqualTo(413);
        assertThat(nack.message()).contains("101").contains("100");
        assertThat(sequencer.ticket("a", message(1, 0, MessageType.OP, text), 0)).isInstanceOf(Ticket.Sequenced.class);
    }

    @Test
    void strangersAreRefused() {
        Nack nack = refused(op("x", 1, 0));
        assertThat(nack.code()).isEqualTo(400);
        assertThat(nack.message()).isEqualTo("Nonexistent client");
        assertThat(sequencer.sequenceNumber()).isZero();
    }

    @Test
    void noopsAreAbsorbedAndAnnouncedOnce() {
        join("a");
        assertThat(sequencer.noop(0)).isNull();
        assertThat(sequencer.ticket("a", message(1, 1, MessageType.NOOP, null), 0))
                .isInstanceOf(Ticket.Absorbed.class);
        assertThat(sequencer.sequenceNumber()).isEqualTo(1);
        assertThat(sequencer.ticket("a", message(2, 1, MessageType.NOOP, "null"), 0))
                .isInstanceOf(Ticket.Absorbed.class);
        SequencedMessage noop = sequencer.noop(7);
        assertThat(noop).isEqualTo(new SequencedMessage(null, 2, 1, -1, -1, MessageType.NOOP, null, null, null, null,
                7));
        assertThat(sequencer.noop(8)).isNull();
        assertThat(sequenced("a", 3, 1).sequenceNumber()).isEqualTo(3);
    }

    @Test
    void aNoopWithContentsIsAnsweredWhenThereIsNews() {
        join("a");
        assertThat(sequencer.ticket("a", message(1, 0, MessageType.NOOP, "\"\""), 0))
                .isInstanceOf(Ticket.Absorbed.class);
        Ticket ticket = sequencer.ticket("a", message(2, 1, MessageType.NOOP, "\"\""), 3);
        assertThat(ticket).isEqualTo(new Ticket.Sequenced(new SequencedMessage("a", 2, 1, 2, 1, MessageType.NOOP,
                new RawJson("\"\""), null, null, null, 3)));
        assertThat(sequencer.noop(8)).isNull();
    }

    @Test
    void messagesOfTheServiceTakeNumbersLikeAnyOther() throws Exception {
        join("a");
        MessageBody.SummaryAck ack = new MessageBody.SummaryAck("handle", 1);
        SequencedMessage message = sequencer.system(MessageType.SUMMARY_ACK, MessageBody.summaryAckContents(ack), 4);
        assertThat(message.sequenceNumber()).isEqualTo(2);
        assertThat(message.contents()).isEqualTo(RawJson.of(MessageBody.summaryAckContents(ack)));
        assertThat(message.data()).isEqualTo(MessageBody.nested(MessageBody.summaryAckContents(ack)));
        assertThat(message.body()).isEqualTo(ack);
        assertThat(sequenced("a", 1, 1).sequenceNumber()).isEqualTo(3);
        for (MessageType type : List.of(MessageType.OP, MessageType.JOIN, MessageType.LEAVE, MessageType.UNKNOWN)) {
            assertThatThrownBy(() -> sequencer.system(type, JsonValue.of(1), 0))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(type.wireName());
        }
    }

    @Test
    void idleClientsAreThoseNotHeardOf() {
        sequencer.join("a", writer(Scopes.ALL), 10);
        sequencer.join("b", writer(Scopes.ALL), 10);
        sequencer.ticket("a", message(1, 0, MessageType.NOOP, null), 20);
        assertThat(sequencer.idle(10)).isEmpty();
        assertThat(sequencer.idle(11)).containsExactly("b");
        assertThat(sequencer.idle(21)).containsExactly("a", "b");
    }

    @Test
    void aBatchIsTakenUpToItsFirstFaultAndNothingTakenIsKeptBack() {
        join("a");
        int before = sequencer.sequenceNumber();
        List<DocumentMessage> batch = List.of(message(1, 0, MessageType.OP, "1"), message(2, 99, MessageType.OP, "2"),
                message(3, 0, MessageType.OP, "3"));
        List<Ticket> tickets = batch.stream().map(each -> sequencer.ticket("a", each, 0)).toList();
        assertThat(tickets.get(0)).isInstanceOf(Ticket.Sequenced.class);
        refused(tickets.get(1));
        refused(tickets.get(2));
        assertThat(sequencer.sequenceNumber()).isEqualTo(before + 1);
    }

    @Test
    void numbersRunOutWithARefusalAndNotWithAnError() {
        Sequencer late = Sequencer.restore(
                new SequencerCheckpoint(Integer.MAX_VALUE - 1_000_001, 0, 0, List.of()), SequencerLimits.DEFAULT);
        late.join("a", writer(Scopes.ALL), 0);
        Nack nack = refused(late.ticket("a", message(1, -1, MessageType.OP, "1"), 0));
        assertThat(nack.type()).isEqualTo(Nack.Type.LIMIT_EXCEEDED);
        assertThat(late.leave("a", 0)).isNotNull();
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> new SequencerLimits(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    private SequencedMessage join(String clientId) {
        return sequencer.join(clientId, writer(Scopes.ALL), 5);
    }

    private SequencedMessage leave(String clientId) {
        SequencedMessage message = sequencer.leave(clientId, 6);
        assertThat(message).isNotNull();
        return message;
    }

    private Ticket op(String clientId, int csn, int rsn) {
        return sequencer.ticket(clientId, message(csn, rsn, MessageType.OP, "\"x\""), 6);
    }

    private SequencedMessage sequenced(String clientId, int csn, int rsn) {
        Ticket ticket = op(clientId, csn, rsn);
        assertThat(ticket).isInstanceOf(Ticket.Sequenced.class);
        return ((Ticket.Sequenced) ticket).message();
    }

    private static Nack refused(Ticket ticket) {
        assertThat(ticket).isInstanceOf(Ticket.Refused.class);
        return ((Ticket.Refused) ticket).nack();
    }
}
