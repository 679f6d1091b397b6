package dev.thalweg.sequencing;

import static dev.thalweg.sequencing.Sequencing.message;
import static dev.thalweg.sequencing.Sequencing.op;
import static dev.thalweg.sequencing.Sequencing.writer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.sequencing.SequencerCheckpoint.WriterState;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequencerCheckpointTest {
    @Test
    void aRestoredSequencerGoesOnAsTheFirstOneWouldHave() throws Exception {
        Sequencer first = new Sequencer(SequencerLimits.DEFAULT);
        first.join("a", writer(), 1);
        first.join("b", writer(List.of(Scopes.READ, Scopes.WRITE)), 2);
        first.ticket("a", op(1, 2), 3);
        first.ticket("b", op(1, 2), 4);
        first.ticket("a", op(2, 1), 5);
        first.ticket("b", message(2, 4, MessageType.NOOP, null), 6);
        SequencerCheckpoint checkpoint = first.checkpoint();
        assertThat(checkpoint).isEqualTo(new SequencerCheckpoint(4, 2, 2,
                List.of(new WriterState("a", 1, 2, 5, true, Scopes.ALL),
                        new WriterState("b", 2, 4, 6, false, List.of(Scopes.READ, Scopes.WRITE)))));
        SequencerCheckpoint read = SequencerCheckpoint.read(object(checkpoint.toJson().toJson()));
        assertThat(read).isEqualTo(checkpoint);
        Sequencer second = Sequencer.restore(read, SequencerLimits.DEFAULT);
        for (Sequencer sequencer : List.of(first, second)) {
            assertThat(sequencer.ticket("a", op(2, 4), 7)).isInstanceOf(Ticket.Refused.class);
            assertThat(sequencer.ticket("b", op(2, 4), 7)).isInstanceOf(Ticket.Duplicate.class);
        }
        assertThat(second.leave("a", 8)).isEqualTo(first.leave("a", 8));
        assertThat(second.noop(9)).isEqualTo(first.noop(9));
        assertThat(second.ticket("b", op(3, 5), 10)).isEqualTo(first.ticket("b", op(3, 5), 10));
        assertThat(second.checkpoint()).isEqualTo(first.checkpoint());
    }

    @Test
    void aReplayTakesTheNextMessageOnly() {
        Sequencer sequencer = new Sequencer(SequencerLimits.DEFAULT);
        SequencedMessage second = new SequencedMessage(null, 2, 0, -1, -1, MessageType.NO_CLIENT, null, null, null,
                null, 0);
        assertThatThrownBy(() -> sequencer.replay(second)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1").hasMessageContaining("2");
        SequencedMessage unreadable = new SequencedMessage(null, 1, 0, -1, -1, MessageType.JOIN, null, null, null,
                new RawJson("1"), 0);
        assertThatThrownBy(() -> sequencer.replay(unreadable)).isInstanceOf(ProtocolException.class);
        assertThat(sequencer.sequenceNumber()).isZero();
    }

    @Test
    void aReplayLearnsFromTheMinimumWhatNoopsSaid() throws Exception {
        Sequencer first = new Sequencer(SequencerLimits.DEFAULT);
        Sequencer second = new Sequencer(SequencerLimits.DEFAULT);
        second.replay(first.join("a", writer(), 0));
        second.replay(first.join("b", writer(), 0));
        first.ticket("a", message(1, 2, MessageType.NOOP, null), 0);
        first.ticket("b", message(1, 1, MessageType.NOOP, null), 0);
        SequencedMessage noop = first.noop(0);
        assertThat(noop).isNotNull();
        second.replay(noop);
        assertThat(second.minimumSequenceNumber()).isEqualTo(1).isEqualTo(first.minimumSequenceNumber());
        assertThat(second.noop(0)).isNull();
    }

    @Test
    void whatCannotBeIsRefused() {
        refused("sequenceNumber", JsonValue.of(-1));
        refused("minimumSequenceNumber", JsonValue.of(11));
        refused("announced", JsonValue.of(6));
        refused("announced", JsonValue.of("5"));
        refused("writers", JsonNull.NULL);
        for (String bad : List.of("1", "{}", writerJson(4, 1), writerJson(11, 1), writerJson(5, -1),
                writerJson(5, 1).replace("\"a\"", "1"), writerJson(5, 1).replace("[]", "[1]"),
                writerJson(5, 1) + "," + writerJson(6, 1))) {
            assertThatThrownBy(() -> SequencerCheckpoint.read(object("{\"sequenceNumber\":10,"
                    + "\"minimumSequenceNumber\":5,\"announced\":5,\"writers\":[" + bad + "]}")))
                    .as(bad).isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> new SequencerCheckpoint(1, 2, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        WriterState writer = new WriterState("a", 0, 1, 0, false, List.of());
        assertThatThrownBy(() -> new SequencerCheckpoint(3, 2, 0, List.of(writer)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a");
        assertThatThrownBy(() -> new SequencerCheckpoint(3, 1, 0, List.of(writer, writer)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("twice");
    }

    private static void refused(String name, JsonValue value) {
        JsonObject good = new SequencerCheckpoint(10, 5, 5, List.of()).toJson();
        assertThatThrownBy(() -> SequencerCheckpoint.read(good.with(name, value))).as(name)
                .isInstanceOf(ProtocolException.class).hasMessageContaining(name);
    }

    private static String writerJson(int rsn, int csn) {
        return "{\"clientId\":\"a\",\"clientSequenceNumber\":" + csn + ",\"referenceSequenceNumber\":" + rsn
                + ",\"heard\":0,\"scopes\":[]}";
    }

    private static JsonObject object(String text) throws ProtocolException {
        return JsonCasts.object(JsonValue.parse(text), "checkpoint");
    }
}
