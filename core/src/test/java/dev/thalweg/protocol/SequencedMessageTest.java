package dev.thalweg.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequencedMessageTest {
    private static final String OP = "{\"clientId\":\"c\",\"clientSequenceNumber\":44,\"contents\":\"{\\\"a\\\":1}\","
            + "\"metadata\":{\"batchId\":\"b\"},\"minimumSequenceNumber\":72,\"referenceSequenceNumber\":78,"
            + "\"sequenceNumber\":79,\"timestamp\":1795198271402,\"type\":\"op\",\"compression\":\"lz4\"}";

    @Test
    void operationsAreReadAndSpelled() throws Exception {
        SequencedMessage message = Wire.sequenced(OP);
        assertThat(message).isEqualTo(new SequencedMessage("c", 79, 72, 44, 78, MessageType.OP,
                new RawJson("\"{\\\"a\\\":1}\""), new RawJson("{\"batchId\":\"b\"}"), "lz4", null, 1795198271402.0));
        assertThat(Wire.written(message::write)).isEqualTo(OP);
        assertThat(message.body()).isEqualTo(new MessageBody.Op(JsonObject.of("a", JsonValue.of(1))));
    }

    /** As Fluid's own service sends it. */
    @Test
    void whatOtherServicesAddIsPassedOver() throws Exception {
        SequencedMessage ack = Wire
                .sequenced("{\"clientId\":null,\"clientSequenceNumber\":-1,\"contents\":{\"handle\":\"h\","
                        + "\"summaryProposal\":{\"summarySequenceNumber\":95}},\"minimumSequenceNumber\":77,"
                        + "\"referenceSequenceNumber\":-1,\"sequenceNumber\":96,\"timestamp\":1795198272261,\"traces\":[],"
                        + "\"type\":\"summaryAck\",\"data\":\"{\\\"handle\\\":\\\"h\\\",\\\"summaryProposal\\\":"
                        + "{\\\"summarySequenceNumber\\\":95}}\",\"expHash1\":\"1a188f17\",\"additionalContent\":\"{}\"}");
        assertThat(ack.body()).isEqualTo(new MessageBody.SummaryAck("h", 95));
        assertThat(Wire.sequenced(Wire.written(ack::write))).isEqualTo(ack);
        SequencedMessage bare = Wire.sequenced("{\"sequenceNumber\":3,\"minimumSequenceNumber\":3,\"type\":\"fancy\","
                + "\"contents\":null,\"metadata\":null,\"data\":null}");
        assertThat(bare.type()).isEqualTo(MessageType.UNKNOWN);
        assertThat(bare.contents()).isNull();
        assertThat(bare.body()).isEqualTo(new MessageBody.Unknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1", "{\"type\":\"op\"}", "{\"type\":\"op\",\"sequenceNumber\":1}",
        "{\"type\":\"op\",\"minimumSequenceNumber\":1}", "{\"sequenceNumber\":1,\"minimumSequenceNumber\":1}",
        "{\"type\":\"op\",\"sequenceNumber\":1,\"minimumSequenceNumber\":2}",
        "{\"type\":\"op\",\"sequenceNumber\":-1,\"minimumSequenceNumber\":-1}",
        "{\"type\":\"op\",\"sequenceNumber\":4294967296,\"minimumSequenceNumber\":1}",
        "{\"type\":\"op\",\"sequenceNumber\":\"1\",\"minimumSequenceNumber\":1}",
        "{\"type\":7,\"sequenceNumber\":1,\"minimumSequenceNumber\":1}",
        "{\"type\":\"op\",\"sequenceNumber\":1,\"minimumSequenceNumber\":1,\"clientId\":7}",
        "{\"type\":\"op\",\"sequenceNumber\":1,\"minimumSequenceNumber\":1,\"clientSequenceNumber\":-2}",
        "{\"type\":\"op\",\"sequenceNumber\":1,\"minimumSequenceNumber\":1,\"referenceSequenceNumber\":0.5}",
        "{\"type\":\"op\",\"sequenceNumber\":1,\"minimumSequenceNumber\":1,\"timestamp\":\"now\"}"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Wire.sequenced(text)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void everyBodyIsReadFromEitherSpelling() throws Exception {
        Client client = new Client(ConnectionMode.WRITE, true, null, null, JsonObject.of("id", JsonValue.of("u")),
                List.of());
        assertBody(MessageType.OP, "{\"a\":1}", new MessageBody.Op(JsonObject.of("a", JsonValue.of(1))));
        assertBody(MessageType.NOOP, "null", new MessageBody.Noop());
        assertBody(MessageType.JOIN, MessageBody.joinData("c", client).toJson(), new MessageBody.Join("c", client));
        assertBody(MessageType.PROPOSE, "{\"key\":\"k\",\"value\":[1]}",
                new MessageBody.Propose("k", JsonValue.parse("[1]")));
        assertBody(MessageType.REJECT, "7", new MessageBody.Reject(JsonValue.of(7)));
        assertBody(MessageType.ACCEPT, "7", new MessageBody.Accept(JsonValue.of(7)));
        MessageBody.Summarize summarize = new MessageBody.Summarize("h", "p", "m", List.of("p", "q"));
        assertBody(MessageType.SUMMARIZE, MessageBody.summarizeContents(summarize).toJson(), summarize);
        assertBody(MessageType.SUMMARIZE, "{\"handle\":\"h\"}", new MessageBody.Summarize("h", "", "", List.of()));
        MessageBody.SummaryAck ack = new MessageBody.SummaryAck("h", 5);
        assertBody(MessageType.SUMMARY_ACK, MessageBody.summaryAckContents(ack).toJson(), ack);
        MessageBody.SummaryNack nack = new MessageBody.SummaryNack("why", 5);
        assertBody(MessageType.SUMMARY_NACK, MessageBody.summaryNackContents(nack).toJson(), nack);
        assertBody(MessageType.CONTROL, "[1]", new MessageBody.Control(JsonValue.parse("[1]")));
        assertBody(MessageType.NO_CLIENT, "null", new MessageBody.NoClient());
        // A leave is a JSON string that holds a JSON string.
        assertThat(message(MessageType.LEAVE, null, "\"\\\"c\\\"\"").body()).isEqualTo(new MessageBody.Leave("c"));
    }

    @Test
    void summarizeIsSpelledAsTheStockClientSpellsIt() {
        assertThat(MessageBody.summarizeContents(new MessageBody.Summarize("h", "p", "Summary @83:72", List.of("p")))
                .toJson())
                .isEqualTo("{\"handle\":\"h\",\"head\":\"p\",\"message\":\"Summary @83:72\",\"parents\":[\"p\"],"
                        + "\"details\":{\"includesProtocolTree\":false}}");
    }

    @Test
    void bodiesThatCannotBeReadAreRefused() {
        refused(MessageType.JOIN, "null", "1", "{}", "{\"clientId\":1,\"detail\":{}}", "{\"clientId\":\"c\"}", "\"x\"");
        refused(MessageType.LEAVE, "null", "1", "{}");
        refused(MessageType.PROPOSE, "null", "{}", "{\"key\":\"k\"}", "{\"key\":1,\"value\":1}", "\"{\"");
        refused(MessageType.SUMMARIZE, "null", "\"\"", "{}", "{\"handle\":1}", "{\"handle\":\"h\",\"parents\":1}");
        refused(MessageType.SUMMARY_ACK, "null", "{}", "{\"handle\":\"h\"}", "{\"handle\":\"h\",\"summaryProposal\":1}",
                "{\"handle\":\"h\",\"summaryProposal\":{\"summarySequenceNumber\":-1}}");
        refused(MessageType.SUMMARY_NACK, "{\"message\":\"m\"}", "{\"message\":1,\"summaryProposal\":{}}");
        refused(MessageType.OP, "\"not json\"", "\"\"");
    }

    private static void assertBody(MessageType type, String json, MessageBody body) throws ProtocolException {
        RawJson nested = MessageBody.nested(JsonValue.parse(json));
        assertThat(message(type, json, null).body()).as("%s plain", type).isEqualTo(body);
        assertThat(message(type, nested.text(), null).body()).as("%s nested", type).isEqualTo(body);
        switch (type) {
            case JOIN, SUMMARY_ACK, SUMMARY_NACK ->
                    assertThat(message(type, "1", nested.text()).body()).as("%s in data", type).isEqualTo(body);
            default -> {
                // Only the service's own messages carry data.
            }
        }
    }

    private static void refused(MessageType type, String... contents) {
        for (String text : contents) {
            assertThatThrownBy(() -> message(type, text, null).body()).as("%s %s", type, text)
                    .isInstanceOf(ProtocolException.class);
        }
    }

    private static SequencedMessage message(MessageType type, @Nullable String contents,
            @Nullable String data) {
        return new SequencedMessage(null, 1, 0, -1, -1, type, contents == null ? null : new RawJson(contents), null,
                null, data == null ? null : new RawJson(data), 0);
    }
}
