package dev.thalweg.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.driver.DocumentService.StoredSummary;
import dev.thalweg.platform.Answer;
import dev.thalweg.platform.Failure;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import dev.thalweg.sequencing.SequencerLimits;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoopbackServiceTest {
    private final LoopbackTimers timers = new LoopbackTimers();
    private final LoopbackService service = new LoopbackService(timers, new LoopbackIds(1));

    @Test
    void nothingArrivesBeforeItIsDelivered() {
        Answer<String> created = new Answer<>();
        service.create("doc", content("0"), created);
        assertThat(created.times).isZero();
        assertThat(service.step()).isTrue();
        assertThat(created.times).isZero();
        assertThat(service.step()).isTrue();
        assertThat(created.get()).isEqualTo("doc");
        assertThat(service.step()).isFalse();

        RecordingClient client = new RecordingClient(service.open("doc"));
        client.connect();
        assertThat(service.queued()).isEqualTo(1);
        service.step();
        assertThat(client.heard).isEmpty();
        assertThat(service.queued()).isEqualTo(3);
        service.step();
        assertThat(client.heard).containsExactly("connected");
        service.settle();
        assertThat(client.heard).containsExactly("connected", "signal", "join 1");
    }

    @Test
    void theServiceChoosesAnIdWhenNoneIsWished() {
        Answer<String> created = new Answer<>();
        service.create("", content("0"), created);
        service.settle();
        assertThat(created.get()).hasSize(36);
        Answer<String> again = new Answer<>();
        service.create(created.get(), content("0"), again);
        service.settle();
        assertThat(again.failure).isNotNull();
        assertThat(again.failure.code()).isEqualTo(409);
    }

    @Test
    void aDocumentThatIsNotThereIsNotFound() {
        RecordingClient client = new RecordingClient(service.open("none"));
        client.connect();
        Answer<List<SequencedMessage>> deltas = new Answer<>();
        client.service.deltas(0, 10, deltas);
        service.settle();
        assertThat(client.failures).extracting(Failure::code).containsExactly(404);
        assertThat(deltas.failure).isNotNull();
        assertThat(deltas.failure.code()).isEqualTo(404);
        assertThatThrownBy(() -> service.log("none")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> service.pause("nobody")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void operationsReachEveryoneInOneOrder() {
        RecordingClient a = connected();
        RecordingClient b = connected();
        a.op("1");
        b.op("2");
        a.op("3");
        service.settle();
        assertThat(a.operations.subList(1, 5)).isEqualTo(b.operations);
        assertThat(b.operations).extracting(SequencedMessage::sequenceNumber).containsExactly(2, 3, 4, 5);
        assertThat(service.log("doc")).isEqualTo(a.operations);
        Connected connected = b.connected;
        assertThat(connected).isNotNull();
        assertThat(connected.initialClients()).extracting(Connected.Member::clientId).containsExactly(a.clientId());
        assertThat(connected.maxMessageSize()).isEqualTo(SequencerLimits.DEFAULT.maxMessageSize());
    }

    @Test
    void aPausedClientNeitherHearsNorIsHeard() {
        RecordingClient a = connected();
        RecordingClient b = connected();
        service.pause(a.clientId());
        a.op("1");
        b.op("2");
        service.settle();
        assertThat(b.last()).isEqualTo(3);
        assertThat(a.last()).isEqualTo(2);
        assertThat(service.queued()).isEqualTo(2);
        service.resume(a.clientId());
        service.settle();
        assertThat(a.last()).isEqualTo(4);
        assertThat(b.operations.get(b.operations.size() - 1).clientId()).isEqualTo(a.clientId());
    }

    @Test
    void eachDirectionCanBePausedAlone() {
        RecordingClient a = connected();
        LoopbackLink link = service.link(a.clientId());
        link.pauseDown(true);
        a.op("1");
        service.settle();
        assertThat(service.sequenceNumber("doc")).isEqualTo(2);
        assertThat(a.last()).isEqualTo(1);
        link.pauseDown(false);
        link.pauseUp(true);
        a.op("2");
        service.settle();
        assertThat(a.last()).isEqualTo(2);
        link.pauseUp(false);
        service.settle();
        assertThat(a.last()).isEqualTo(3);
    }

    @Test
    void aCutLosesWhatIsUnderWayAndTheServiceNotices() {
        RecordingClient a = connected();
        RecordingClient b = connected();
        String old = a.clientId();
        a.op("lost");
        Answer<List<SequencedMessage>> deltas = new Answer<>();
        a.service.deltas(0, 10, deltas);
        service.cut(old);
        a.op("ignored");
        service.settle();
        assertThat(a.failures).hasSize(1);
        assertThat(a.failures.get(0).retryable()).isTrue();
        assertThat(deltas.times).isEqualTo(1);
        assertThat(deltas.failure).isNotNull();
        assertThat(b.heard).endsWith("signal", "leave 3");
        assertThat(b.signals.get(b.signals.size() - 1)).isEqualTo(Signal.leave(old));
        a.connect();
        service.settle();
        assertThat(a.failures).hasSize(2);
        service.restore(old);
        a.connect();
        service.settle();
        assertThat(a.failures).hasSize(2);
        assertThat(a.clientId()).isNotEqualTo(old);
        assertThat(service.link(a.clientId())).isSameAs(service.link(old));
        assertThat(a.last()).isEqualTo(4);
        assertThat(service.checkpoint("doc").writers()).hasSize(2);
    }

    @Test
    void anOperationMayBeSequencedAndItsAcknowledgementLost() {
        RecordingClient a = connected();
        a.op("x");
        service.step();
        assertThat(service.sequenceNumber("doc")).isEqualTo(2);
        service.cut(a.clientId());
        service.settle();
        assertThat(a.last()).isEqualTo(1);
        assertThat(service.log("doc")).extracting(SequencedMessage::type).containsExactly(MessageType.JOIN,
                MessageType.OP, MessageType.LEAVE);
    }

    @Test
    void closingDeliversWhatWasSentBeforeAndEndsWithTheListener() {
        RecordingClient a = connected();
        RecordingClient b = connected();
        a.op("last words");
        a.close();
        a.close();
        a.op("ignored");
        service.settle();
        assertThat(a.heard).endsWith("disconnected 0");
        assertThat(a.failures).hasSize(1);
        assertThat(b.heard).endsWith("op 3", "signal", "leave 4");
        service.settle();
        assertThat(service.checkpoint("doc").writers()).hasSize(1);
    }

    @Test
    void closingBeforeTheServiceAnsweredLeavesNoGhost() {
        connected();
        RecordingClient b = new RecordingClient(service.open("doc"));
        b.connect();
        b.close();
        service.settle();
        assertThat(b.heard).containsExactly("disconnected 0");
        RecordingClient c = new RecordingClient(service.open("doc"));
        c.connect();
        service.step();
        c.close();
        service.links().get(service.links().size() - 1).cut();
        service.settle();
        assertThat(c.failures).hasSize(1);
        assertThat(service.checkpoint("doc").writers()).hasSize(1);
    }

    @Test
    void whatIsSaidBeforeTheAnswerIsIgnored() {
        connected();
        RecordingClient b = new RecordingClient(service.open("doc"));
        b.connect();
        b.op("early");
        b.signal("early", null);
        service.settle();
        assertThat(service.sequenceNumber("doc")).isEqualTo(2);
        assertThat(b.signals).hasSize(1);
    }

    @Test
    void theLastDeliveryOfTheStreamCanBeRepeated() {
        RecordingClient a = connected();
        a.op("x");
        service.settle();
        assertThat(service.duplicate(a.clientId())).isTrue();
        service.settle();
        assertThat(a.heard).endsWith("op 2", "op 2");
        assertThat(service.sequenceNumber("doc")).isEqualTo(2);
        a.close();
        assertThat(service.duplicate(a.clientId())).isFalse();
    }

    @Test
    void refusalsCanBeOrdered() {
        RecordingClient a = connected();
        LoopbackLink link = service.link(a.clientId());
        link.refuseNext(Nack.throttled("slow down", 3, null));
        a.op("1");
        a.op("2");
        service.settle();
        assertThat(a.nacks).hasSize(2);
        assertThat(a.nacks.get(0).type()).isEqualTo(Nack.Type.THROTTLING);
        assertThat(a.nacks.get(0).retryAfterSeconds()).isEqualTo(3);
        assertThat(a.nacks.get(0).operation()).isNotNull();
        assertThat(a.nacks.get(1).message()).startsWith("Gap detected");
        a.close();
        link.failNextConnect(Failure.permanent(401, "token"));
        a.connect();
        a.connect();
        service.settle();
        assertThat(a.failures).extracting(Failure::code).containsExactly(0, 401);
        assertThat(a.heard).endsWith("connected", "signal", "join 3");
    }

    @Test
    void readersAreSeenButNotSequenced() {
        RecordingClient a = connected();
        RecordingClient b = new RecordingClient(service.open("doc"));
        b.connect(ConnectionMode.READ);
        service.settle();
        assertThat(b.heard).containsExactly("connected", "signal");
        Connected connected = b.connected;
        assertThat(connected).isNotNull();
        assertThat(connected.mode()).isEqualTo(ConnectionMode.READ);
        assertThat(connected.initialMessages()).isEqualTo(service.log("doc"));
        assertThat(a.heard).endsWith("signal");
        b.op("ignored");
        a.op("x");
        service.settle();
        assertThat(b.heard).endsWith("op 2");
        b.close();
        service.settle();
        assertThat(service.sequenceNumber("doc")).isEqualTo(2);
        assertThat(a.signals).hasSize(3);
    }

    @Test
    void whoMayNotWriteReads() {
        LoopbackService readOnly = new LoopbackService(timers, new LoopbackIds(1),
                new LoopbackOptions(SequencerLimits.DEFAULT, List.of(Scopes.READ), 250));
        readOnly.create("doc", content("0"), new Answer<>());
        RecordingClient a = new RecordingClient(readOnly.open("doc"));
        readOnly.settle();
        a.connect();
        readOnly.settle();
        Connected connected = a.connected;
        assertThat(connected).isNotNull();
        assertThat(connected.mode()).isEqualTo(ConnectionMode.READ);
        assertThat(connected.claims().scopes()).containsExactly(Scopes.READ);
    }

    @Test
    void signalsGoToAllOrToOne() {
        RecordingClient a = connected();
        RecordingClient b = connected();
        a.signals.clear();
        b.signals.clear();
        a.signal("all", null);
        a.signal("b", b.clientId());
        a.signal("nobody", "nobody");
        service.settle();
        assertThat(a.signals).containsExactly(new Signal(a.clientId(), "all", null));
        assertThat(b.signals).containsExactly(new Signal(a.clientId(), "all", null),
                new Signal(a.clientId(), "b", b.clientId()));
    }

    @Test
    void aRisenMinimumIsToldAfterAWhile() {
        RecordingClient a = connected();
        a.submit(MessageType.NOOP, null);
        service.settle();
        assertThat(service.sequenceNumber("doc")).isEqualTo(1);
        assertThat(service.minimumSequenceNumber("doc")).isEqualTo(1);
        service.advance(249);
        assertThat(a.heard).doesNotContain("noop 2");
        service.advance(1);
        assertThat(a.heard).endsWith("noop 2");
        assertThat(a.operations.get(1).minimumSequenceNumber()).isEqualTo(1);
        // An operation in time makes the noop needless.
        a.submit(MessageType.NOOP, null);
        a.op("x");
        service.advance(1000);
        assertThat(service.sequenceNumber("doc")).isEqualTo(3);
    }

    @Test
    void deltasAreBetweenTheirBounds() {
        RecordingClient a = connected();
        for (int i = 0; i < 5; i++) {
            a.op("x");
        }
        service.settle();
        assertThat(deltas(a, 0, 100)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(deltas(a, 2, 5)).containsExactly(3, 4);
        assertThat(deltas(a, -1, 2)).containsExactly(1);
        assertThat(deltas(a, 6, 100)).isEmpty();
        assertThat(deltas(a, 5, 5)).isEmpty();
        assertThat(deltas(a, 100, Integer.MAX_VALUE)).isEmpty();
        for (int i = 0; i < 2500; i++) {
            a.op("x");
        }
        service.settle();
        assertThat(deltas(a, 3, Integer.MAX_VALUE)).hasSize(2000).startsWith(4).endsWith(2003);
    }

    @Test
    void summariesAreUploadedProposedAndRead() throws Exception {
        RecordingClient a = connected();
        StoredSummary first = summary(a);
        assertThat(first.tree().text("content")).isEqualTo("0");
        assertThat(first.tree().tree(".protocol")).isNotNull();
        RecordingClient s = new RecordingClient(service.open("doc"), "summarizer");
        s.connect();
        service.settle();
        Answer<String> uploaded = new Answer<>();
        SummaryNode.Tree next = new SummaryBuilder().text("content", "1")
                .put("old", new SummaryNode.Handle("/content", true)).build();
        s.service.uploadSummary(next, first.handle(), uploaded);
        service.settle();
        MessageBody.Summarize body = new MessageBody.Summarize(uploaded.get(), first.handle(), "m",
                List.of(first.handle()));
        s.submit(MessageType.SUMMARIZE, MessageBody.nested(MessageBody.summarizeContents(body)).text());
        service.settle();
        assertThat(a.heard).endsWith("summarize 3", "summaryAck 4");
        StoredSummary second = summary(a);
        assertThat(a.operations.get(3).body()).isEqualTo(new MessageBody.SummaryAck(second.handle(), 3));
        assertThat(second.tree().text("old")).isEqualTo("0");
        s.submit(MessageType.SUMMARIZE, MessageBody.nested(MessageBody.summarizeContents(body)).text());
        service.settle();
        assertThat(a.heard).endsWith("summarize 5", "summaryNack 6");
        Answer<String> refused = new Answer<>();
        a.service.uploadSummary(next, null, refused);
        service.settle();
        assertThat(refused.failure).isNotNull();
        assertThat(refused.failure.code()).isEqualTo(400);
    }

    @Test
    void onlySummarizersMaySummarize() {
        RecordingClient a = connected();
        a.submit(MessageType.SUMMARIZE, "{}");
        service.settle();
        assertThat(a.nacks).extracting(Nack::code).containsExactly(403);
    }

    @Test
    void aServiceThatStartsAgainGoesOnFromItsRecord() {
        RecordingClient a = connected();
        RecordingClient b = connected();
        a.op("1");
        b.op("2");
        service.settle();
        b.op("under way");
        b.close();
        List<SequencedMessage> before = service.log("doc");
        service.restart();
        service.settle();
        assertThat(a.failures).hasSize(1);
        assertThat(b.failures).hasSize(1);
        List<SequencedMessage> after = service.log("doc");
        assertThat(after.subList(0, before.size())).isEqualTo(before);
        assertThat(after.subList(4, 6)).extracting(SequencedMessage::type).containsOnly(MessageType.LEAVE);
        a.connect();
        service.settle();
        assertThat(a.last()).isEqualTo(7);
        assertThat(service.log("doc").get(6).minimumSequenceNumber()).isEqualTo(6);
        assertThat(service.checkpoint("doc").writers()).hasSize(1);
    }

    @Test
    void equalSeedsGiveEqualRunsAndOthersDoNot() {
        assertThat(scrambled(3)).isEqualTo(scrambled(3));
        assertThat(scrambled(3)).isNotEqualTo(scrambled(4));
    }

    @Test
    void anEndlessExchangeIsFoundOut() {
        RecordingClient a = connected();
        service.endless = 1000;
        timers.schedule(0, new Runnable() {
            @Override
            public void run() {
                a.signal("again", null);
                timers.schedule(0, this);
            }
        });
        assertThatThrownBy(service::settle).isInstanceOf(IllegalStateException.class).hasMessageContaining("no end");
        assertThat(a.signals).hasSizeGreaterThan(100);
    }

    /** What two clients hear when deliveries are made by chance. */
    private static List<String> scrambled(int seed) {
        LoopbackIds ids = new LoopbackIds(seed);
        LoopbackService service = new LoopbackService(new LoopbackTimers(), ids);
        service.create("doc", content("0"), new Answer<>());
        service.settle();
        RecordingClient a = new RecordingClient(service.open("doc"));
        RecordingClient b = new RecordingClient(service.open("doc"));
        a.connect();
        b.connect();
        service.settle();
        for (int i = 0; i < 40; i++) {
            a.op("a" + i);
            b.op("b" + i);
            service.stepAny();
            service.stepAny();
        }
        service.settle();
        List<String> heard = new ArrayList<>();
        for (SequencedMessage message : service.log("doc")) {
            heard.add(message.clientId() + " " + message.contents());
        }
        assertThat(heard).hasSize(82);
        return heard;
    }

    private RecordingClient connected() {
        if (service.links().isEmpty()) {
            service.create("doc", content("0"), new Answer<>());
            service.settle();
        }
        RecordingClient client = new RecordingClient(service.open("doc"));
        client.connect();
        service.settle();
        return client;
    }

    private List<Integer> deltas(RecordingClient client, int from, int to) {
        Answer<List<SequencedMessage>> answer = new Answer<>();
        client.service.deltas(from, to, answer);
        service.settle();
        return answer.get().stream().map(SequencedMessage::sequenceNumber).toList();
    }

    private StoredSummary summary(RecordingClient client) {
        Answer<@Nullable StoredSummary> answer = new Answer<>();
        client.service.latestSummary(answer);
        service.settle();
        StoredSummary summary = answer.value;
        assertThat(summary).isNotNull();
        return summary;
    }

    private static SummaryNode.Tree content(String text) {
        return new SummaryBuilder().text("content", text).build();
    }
}
