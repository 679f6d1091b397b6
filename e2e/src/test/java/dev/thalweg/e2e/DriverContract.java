package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.thalweg.bytes.Percent;
import dev.thalweg.driver.ConnectionRequest;
import dev.thalweg.driver.DeltaConnection;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.driver.DocumentService.StoredSummary;
import dev.thalweg.driver.DriverOptions;
import dev.thalweg.driver.ServiceEndpoint;
import dev.thalweg.driver.SocketIoServiceFactory;
import dev.thalweg.driver.TokenProvider;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.RawJson;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.JvmPlatform;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.Blobs;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What our driver, on the JVM's own sockets, can do with an ordering service: the same with ours and with Fluid's. */
abstract class DriverContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /* Fluid's service encodes names of a first summary once more than it decodes them, so odd ones come later only. */
    private static final String ODD = "odd / name + ü😀";
    private static final byte[] BYTES = {0, (byte) 0xFF, (byte) 0xFE, 1, 2, 3};

    private final JvmPlatform machine = new JvmPlatform();

    /** Where the service is. */
    abstract String url();

    /** The code with which a connection to a document that is not there ends; 0 when the service just keeps silent. */
    abstract int missingDocument();

    @AfterEach
    void closeMachine() {
        machine.close();
    }

    @Test
    void aCreatedDocumentIsReadBackWhole() {
        String id = create(sample());
        StoredSummary summary = read(id);
        assertThat(summary.handle()).matches("[0-9a-f]{40}");
        assertThat(summary.tree().tree(".protocol")).isNotNull();
        assertThat(summary.tree().tree(".protocol").text("attributes")).contains("\"sequenceNumber\":0");
        assertThat(summary.tree().text("plain")).isEqualTo("{\"a\":1}");
        SummaryNode.Tree folder = summary.tree().tree("folder");
        assertThat(folder).isNotNull();
        assertThat(folder.text(".json")).isEqualTo("grüße 😀");
        assertThat(folder.blob("bytes")).isEqualTo(new SummaryNode.Blob(Blobs.encode(BYTES), true));
        assertThat(folder.tree("deeper").text("same")).isEqualTo("{\"a\":1}");
    }

    @Test
    void whatOneSubmitsEveryoneHearsInTheSameOrder() {
        DocumentService document = factory().open(create(sample()));
        StreamRecorder heard = new StreamRecorder();
        StreamRecorder also = new StreamRecorder();
        DeltaConnection writer = join(document, heard, ConnectionMode.WRITE);
        join(document, also, ConnectionMode.WRITE);
        await().atMost(PATIENCE).until(() -> heard.ofType(MessageType.JOIN).size() == 2);
        String contents = "\"{\\\"n\\\": 1.50,\\\"é\\\":\\\"\\u2028\\\"}\"";
        String metadata = "{\"batch\":true,\"x\":[1,{}]}";
        run(() -> writer.submit(List.of(
                new DocumentMessage(1, 1, MessageType.OP, new RawJson(contents), new RawJson(metadata), null),
                op(2, 1, "two"), op(3, 1, "three"))));
        await().atMost(PATIENCE).until(
                () -> heard.ofType(MessageType.OP).size() == 3 && also.ofType(MessageType.OP).size() == 3);
        SequencedMessage first = heard.ofType(MessageType.OP).get(0);
        assertThat(first.clientId()).isEqualTo(heard.connected.get(0).clientId());
        assertThat(first.clientSequenceNumber()).isEqualTo(1);
        assertThat(json(first.contents())).isEqualTo(json(new RawJson(contents)));
        assertThat(first.metadata()).isEqualTo(new RawJson(metadata));
        assertThat(also.ofType(MessageType.OP)).isEqualTo(heard.ofType(MessageType.OP));
        assertThat(heard.messages).extracting(SequencedMessage::sequenceNumber).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aConnectionEndsOnceAndTheOthersSeeItLeave() {
        DocumentService document = factory().open(create(sample()));
        StreamRecorder leaver = new StreamRecorder();
        StreamRecorder stayer = new StreamRecorder();
        join(document, stayer, ConnectionMode.WRITE);
        DeltaConnection connection = join(document, leaver, ConnectionMode.WRITE);
        String clientId = leaver.connected.get(0).clientId();
        run(() -> {
            connection.close();
            connection.close();
            connection.submit(List.of(op(1, 1, "late")));
        });
        await().atMost(PATIENCE).until(() -> stayer.ofType(MessageType.LEAVE).size() == 1);
        assertThat(stayer.ofType(MessageType.LEAVE).get(0)).satisfies(leave -> assertThat(leave.body())
                .isEqualTo(new MessageBody.Leave(clientId)));
        assertThat(leaver.ends).hasSize(1);
        assertThat(leaver.ends.get(0).message()).isEqualTo("closed by this client");
        assertThat(stayer.ofType(MessageType.OP)).isEmpty();
    }

    @Test
    void signalsReachEveryoneOrOnlyTheirTarget() {
        DocumentService document = factory().open(create(sample()));
        StreamRecorder one = new StreamRecorder();
        StreamRecorder two = new StreamRecorder();
        DeltaConnection first = join(document, one, ConnectionMode.WRITE);
        join(document, two, ConnectionMode.READ);
        String target = two.connected.get(0).clientId();
        assertThat(two.connected.get(0).mode()).isEqualTo(ConnectionMode.READ);
        run(() -> {
            first.signal("{\"to\":\"you\"}", target);
            first.signal("{\"to\":\"all\"}", null);
        });
        await().atMost(PATIENCE).until(() -> said(one).contains("{\"to\":\"all\"}")
                && said(two).contains("{\"to\":\"all\"}"));
        assertThat(said(two)).containsExactly("{\"to\":\"you\"}", "{\"to\":\"all\"}");
        assertThat(said(one)).containsExactly("{\"to\":\"all\"}");
    }

    @Test
    void aGapInTheCountOfAClientIsRefused() {
        DocumentService document = factory().open(create(sample()));
        StreamRecorder heard = new StreamRecorder();
        DeltaConnection connection = join(document, heard, ConnectionMode.WRITE);
        run(() -> connection.submit(List.of(op(7, 1, "gap"))));
        await().atMost(PATIENCE).until(() -> heard.nacks.size() == 1);
        assertThat(heard.nacks.get(0).code()).isEqualTo(400);
        assertThat(heard.nacks.get(0).type()).isEqualTo(Nack.Type.BAD_REQUEST);
        assertThat(heard.ofType(MessageType.OP)).isEmpty();
    }

    @Test
    void aLongHistoryIsReadPageByPageWithBothBoundsExclusive() {
        int count = 2_300;
        DocumentService document = factory().open(create(sample()));
        StreamRecorder heard = new StreamRecorder();
        DeltaConnection connection = join(document, heard, ConnectionMode.WRITE);
        for (int n = 1; n <= count; n += 100) {
            List<DocumentMessage> batch = new ArrayList<>();
            for (int i = n; i < n + 100; i++) {
                batch.add(op(i, 1, "op " + i));
            }
            run(() -> connection.submit(batch));
            int expected = n + 99;
            await().atMost(PATIENCE).until(() -> heard.ofType(MessageType.OP).size() == expected);
        }
        int last = heard.messages.get(heard.messages.size() - 1).sequenceNumber();
        /* Fluid's service broadcasts before it has written. */
        await().atMost(PATIENCE).until(() -> deltas(document, 0, Integer.MAX_VALUE).size() >= last);
        List<SequencedMessage> all = deltas(document, 0, last + 1);
        assertThat(all).hasSize(last);
        for (int i = 0; i < last; i++) {
            assertThat(all.get(i).sequenceNumber()).isEqualTo(i + 1);
        }
        assertThat(deltas(document, 5, 8)).extracting(SequencedMessage::sequenceNumber).containsExactly(6, 7);
        assertThat(deltas(document, 5, 6)).isEmpty();
        assertThat(deltas(document, last, last + 50)).isEmpty();
    }

    @Test
    void aSummaryTakesOverWhatDidNotChangeAndBecomesTheLatest() {
        DocumentService document = factory().open(create(sample()));
        StoredSummary before = read(document.documentId());
        StreamRecorder heard = new StreamRecorder();
        DeltaConnection summarizer = connect(document, heard, summarizer(), ConnectionMode.WRITE);
        await().atMost(PATIENCE).until(() -> heard.ofType(MessageType.JOIN).size() == 1);
        run(() -> summarizer.submit(List.of(op(1, 1, "something to sum up"))));
        await().atMost(PATIENCE).until(() -> heard.ofType(MessageType.OP).size() == 1);
        int reference = heard.ofType(MessageType.OP).get(0).sequenceNumber();
        SummaryNode.Tree next = new SummaryBuilder().text("plain", "changed").text("twin", "changed")
                .put(ODD, new SummaryNode.Handle("/folder", false))
                .put("kept", new SummaryNode.Handle("/plain", true)).put("empty", SummaryNode.Tree.EMPTY).build();
        String tree = ask(outcome -> document.uploadSummary(next, before.handle(), outcome));
        MessageBody.Summarize body = new MessageBody.Summarize(tree, before.handle(), "a summary",
                List.of(before.handle()));
        RawJson contents = MessageBody.nested(MessageBody.summarizeContents(body));
        run(() -> summarizer.submit(
                List.of(new DocumentMessage(2, reference, MessageType.SUMMARIZE, contents, null, null))));
        await().atMost(PATIENCE).until(() -> heard.ofType(MessageType.SUMMARY_ACK).size() == 1
                || !heard.ofType(MessageType.SUMMARY_NACK).isEmpty() || !heard.nacks.isEmpty());
        assertThat(heard.nacks).isEmpty();
        assertThat(heard.ofType(MessageType.SUMMARY_NACK)).isEmpty();
        StoredSummary after = read(document.documentId());
        assertThat(heard.ofType(MessageType.SUMMARY_ACK).get(0)).satisfies(ack -> assertThat(ack.body())
                .isInstanceOfSatisfying(MessageBody.SummaryAck.class, it -> assertThat(it.handle())
                        .isEqualTo(after.handle())));
        assertThat(after.tree().text("plain")).isEqualTo("changed");
        assertThat(after.tree().text("twin")).isEqualTo("changed");
        assertThat(after.tree().text("kept")).isEqualTo("{\"a\":1}");
        assertThat(after.tree().tree(ODD)).isEqualTo(before.tree().tree("folder"));
        assertThat(after.tree().tree(".protocol").text("attributes")).contains("\"sequenceNumber\":" + reference);

        SummaryNode.Tree third = new SummaryBuilder()
                .put("back", new SummaryNode.Handle("/" + Percent.encode(ODD) + "/deeper", false)).build();
        assertThat(this.<String>ask(outcome -> document.uploadSummary(third, after.handle(), outcome)))
                .matches("[0-9a-f]{40}");
    }

    @Test
    void aHandleThatLeadsNowhereIsToldByItsPath() {
        DocumentService document = factory().open(create(sample()));
        String parent = read(document.documentId()).handle();
        SummaryNode.Tree tree = new SummaryBuilder().put("x", new SummaryNode.Handle("/no/such", false)).build();
        assertThatThrownBy(() -> ask((Outcome<String> outcome) -> document.uploadSummary(tree, parent, outcome)))
                .hasMessageContaining("no folder at /no/such");
    }

    @Test
    void aDocumentThatIsNotThereHasNoSummaryAndCannotBeJoined() {
        DocumentService missing = factory().open("no-such-document");
        assertThat(this.<StoredSummary>ask(missing::latestSummary)).isNull();
        StreamRecorder heard = new StreamRecorder();
        run(() -> missing.connect(new ConnectionRequest(client(), ConnectionMode.WRITE, false), heard));
        await().atMost(PATIENCE).until(() -> heard.ends.size() == 1);
        assertThat(heard.ends.get(0).code()).isEqualTo(missingDocument());
        assertThat(heard.connected).isEmpty();
    }

    @Test
    void aTokenForAnotherDocumentIsRefused() {
        String id = create(sample());
        InsecureTokenProvider signer = new InsecureTokenProvider(InsecureTokenProvider.DEVELOPMENT_KEY, "Eve");
        TokenProvider wrong = (request, outcome) -> outcome.succeeded(signer.sign(request.tenantId(), "another"));
        StreamRecorder heard = new StreamRecorder();
        run(() -> factory(wrong).open(id).connect(new ConnectionRequest(client(), ConnectionMode.WRITE, false), heard));
        await().atMost(PATIENCE).until(() -> heard.ends.size() == 1);
        assertThat(heard.ends.get(0).code()).isEqualTo(403);
        assertThat(heard.ends.get(0).retryable()).isFalse();
        assertThat(heard.ends.get(0).message()).contains(id);
    }

    @Test
    void aTokenThatIsNoneIsRefusedAndAnotherOneHelps() {
        String id = create(sample());
        InsecureTokenProvider signer = new InsecureTokenProvider(InsecureTokenProvider.DEVELOPMENT_KEY, "Ada");
        TokenProvider forgetful = (request, outcome) -> outcome
                .succeeded(request.refresh() ? signer.sign(request.tenantId(), request.documentId()) : "rubbish");
        DocumentService document = factory(forgetful).open(id);
        StreamRecorder refused = new StreamRecorder();
        run(() -> document.connect(new ConnectionRequest(client(), ConnectionMode.WRITE, false), refused));
        await().atMost(PATIENCE).until(() -> refused.ends.size() == 1);
        assertThat(refused.ends.get(0).code()).isEqualTo(401);
        StreamRecorder taken = new StreamRecorder();
        run(() -> document.connect(new ConnectionRequest(client(), ConnectionMode.WRITE, true), taken));
        await().atMost(PATIENCE).until(() -> taken.connected.size() == 1);
    }

    private static SummaryNode.Tree sample() {
        return new SummaryBuilder().text("plain", "{\"a\":1}")
                .put("folder", new SummaryBuilder().text(".json", "grüße 😀")
                        .put("bytes", new SummaryNode.Blob(Blobs.encode(BYTES), true))
                        .put("deeper", new SummaryBuilder().text("same", "{\"a\":1}").build()).build())
                .build();
    }

    private static DocumentMessage op(int csn, int rsn, String text) {
        return new DocumentMessage(csn, rsn, MessageType.OP, MessageBody.nested(JsonValue.of(text)), null, null);
    }

    private static JsonValue json(RawJson raw) {
        try {
            return raw.value();
        } catch (dev.thalweg.json.ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> said(StreamRecorder recorder) {
        return recorder.signals.stream().filter(signal -> signal.clientId() != null).map(signal -> signal.content())
                .toList();
    }

    private static Client client() {
        return new Client(ConnectionMode.WRITE, true, null, "test", JsonObject.of("id", new JsonString("")), List.of());
    }

    private static Client summarizer() {
        return new Client(ConnectionMode.WRITE, false, "summarizer", "test", JsonObject.of("id", new JsonString("")),
                List.of());
    }

    private SocketIoServiceFactory factory() {
        return factory(new InsecureTokenProvider(InsecureTokenProvider.DEVELOPMENT_KEY, "Ada"));
    }

    private SocketIoServiceFactory factory(TokenProvider tokens) {
        return new SocketIoServiceFactory(machine.platform(),
                ServiceEndpoint.at(url() + "/", ServiceEndpoint.DEVELOPMENT_TENANT), tokens,
                new DriverOptions(4_000, 6, 1 << 24));
    }

    private String create(SummaryNode.Tree tree) {
        return ask(outcome -> factory().create("", tree, outcome));
    }

    private StoredSummary read(String id) {
        StoredSummary summary = this.<StoredSummary>ask(factory().open(id)::latestSummary);
        assertThat(summary).isNotNull();
        return summary;
    }

    /** Asks until the service has no more. */
    private List<SequencedMessage> deltas(DocumentService document, int from, int to) {
        List<SequencedMessage> all = new ArrayList<>();
        int after = from;
        while (true) {
            int last = after;
            List<SequencedMessage> page = ask(outcome -> document.deltas(last, to, outcome));
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            after = page.get(page.size() - 1).sequenceNumber();
        }
    }

    private DeltaConnection join(DocumentService document, StreamRecorder recorder, ConnectionMode mode) {
        return connect(document, recorder, client(), mode);
    }

    private DeltaConnection connect(DocumentService document, StreamRecorder recorder, Client client,
            ConnectionMode mode) {
        DeltaConnection[] connection = new DeltaConnection[1];
        run(() -> connection[0] = document.connect(new ConnectionRequest(client, mode, false), recorder));
        await().atMost(PATIENCE).until(() -> !recorder.connected.isEmpty() || !recorder.ends.isEmpty());
        assertThat(recorder.ends).isEmpty();
        return connection[0];
    }

    private <T> T ask(Consumer<Outcome<T>> question) {
        try {
            return machine.ask(question).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    private void run(Runnable task) {
        machine.run(task).join();
    }
}
