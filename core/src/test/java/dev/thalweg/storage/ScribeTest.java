package dev.thalweg.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.sequencing.Sequencer;
import dev.thalweg.sequencing.SequencerLimits;
import dev.thalweg.sequencing.Ticket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScribeTest {
    private static final Client CLIENT = new Client(ConnectionMode.WRITE, false, "summarizer", null,
            JsonObject.of("id", JsonValue.of("u")), Scopes.ALL);

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final SummaryStore store = new SummaryStore(objects);
    private final Sequencer sequencer = new Sequencer(SequencerLimits.DEFAULT);
    private final List<SequencedMessage> log = new ArrayList<>();
    private final Scribe scribe = Scribe.create(store, "doc", content("0"), ProtocolState.initial(),
            1_700_000_000_500.0);
    private int csn;

    ScribeTest() throws ProtocolException {}

    @Test
    void aNewDocumentIsItsContentAndTheProtocolState() throws Exception {
        GitCommit commit = store.commit(scribe.latest());
        assertThat(objects.ref("doc")).isEqualTo(scribe.latest());
        assertThat(commit.parents()).isEmpty();
        assertThat(commit.message()).isEqualTo("New document\n");
        assertThat(GitJson.date(commit.seconds())).isEqualTo("2023-11-14T22:13:20.000Z");
        SummaryNode.Tree tree = store.read(commit.tree());
        assertThat(tree.text("content")).isEqualTo("0");
        SummaryNode.Tree protocol = tree.tree(".protocol");
        assertThat(protocol).isNotNull();
        assertThat(protocol.text("attributes")).isEqualTo("{\"minimumSequenceNumber\":0,\"sequenceNumber\":0}");
        assertThat(protocol.text("quorumMembers")).isEqualTo("[]");
        assertThat(protocol.text("quorumProposals")).isEqualTo("[]");
        // As a document made by Fluid's own simple client has it.
        assertThat(protocol.text("quorumValues")).isEqualTo("[[\"code\",{\"key\":\"code\",\"value\":{\"package\":"
                + "\"no-dynamic-package\",\"config\":{}},\"approvalSequenceNumber\":0,\"commitSequenceNumber\":0,"
                + "\"sequenceNumber\":0}]]");
        assertThatThrownBy(() -> Scribe.create(store, "doc", content("1"), ProtocolState.initial(), 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("doc");
    }

    @Test
    void aSummaryBecomesTheLatestWhenItsAnswerIsSequenced() throws Exception {
        String first = scribe.latest();
        take(sequencer.join("a", CLIENT, 0));
        op("x", 1);
        SequencedMessage summarize = summarize(store.write(content("1"), first), first, 2);
        assertThat(scribe.unanswered()).containsExactly(summarize);
        Scribe.Answer answer = scribe.summarize(summarize, minimumAt(2), 5000);
        assertThat(answer.accepted()).isTrue();
        assertThat(scribe.latest()).isEqualTo(first);
        SequencedMessage ack = take(sequencer.system(answer.type(), answer.contents(), 0));
        assertThat(ack.body()).isEqualTo(new MessageBody.SummaryAck(scribe.latest(), summarize.sequenceNumber()));
        assertThat(ack.sequenceNumber()).isEqualTo(summarize.sequenceNumber() + 1);
        assertThat(scribe.latest()).isNotEqualTo(first);
        assertThat(scribe.summarySequenceNumber()).isEqualTo(2);
        assertThat(scribe.unanswered()).isEmpty();
        GitCommit commit = store.commit(scribe.latest());
        assertThat(commit.parents()).containsExactly(first);
        assertThat(commit.message()).isEqualTo("Summary @2\n");
        SummaryNode.Tree tree = store.read(commit.tree());
        assertThat(tree.text("content")).isEqualTo("1");
        ProtocolState state = ProtocolState.read(folder(tree));
        assertThat(state.sequenceNumber()).isEqualTo(2);
        assertThat(state.minimumSequenceNumber()).isEqualTo(1);
        assertThat(state.members()).containsExactly(new ProtocolState.Member("a", CLIENT, 1));
        assertThat(state).isEqualTo(ProtocolState.read(state.toSummary()));
    }

    @Test
    void theStateIsThatOfTheReferenceAndNotOfNow() throws Exception {
        take(sequencer.join("a", CLIENT, 0));
        take(sequencer.join("b", CLIENT, 0));
        SequencedMessage leave = sequencer.leave("b", 0);
        assertThat(leave).isNotNull();
        take(leave);
        take(sequencer.join("c", CLIENT, 0));
        Scribe.Answer answer = scribe.summarize(summarize(store.write(content("1"), null), scribe.latest(), 2), 0, 0);
        take(sequencer.system(answer.type(), answer.contents(), 0));
        assertThat(latestState().members()).extracting(ProtocolState.Member::clientId).containsExactly("a", "b");
        // What happened after the reference is not forgotten by the next one.
        answer = scribe.summarize(summarize(store.write(content("2"), null), scribe.latest(), 6), minimumAt(6), 0);
        take(sequencer.system(answer.type(), answer.contents(), 0));
        assertThat(latestState().members()).extracting(ProtocolState.Member::clientId).containsExactly("a", "c");
        assertThat(scribe.state().members()).extracting(ProtocolState.Member::clientId).containsExactly("a", "c");
    }

    @Test
    void aProposalIsAgreedOnWhenTheMinimumReachesIt() throws Exception {
        take(sequencer.join("a", CLIENT, 0));
        submit(MessageType.PROPOSE, "\"{\\\"key\\\":\\\"code\\\",\\\"value\\\":7}\"", 1);
        submit(MessageType.PROPOSE, "\"not json\"", 1);
        op("x", 1);
        assertThat(scribe.state().proposals()).containsExactly(new ProtocolState.Proposal(2, "code", JsonValue.of(7)));
        op("y", 4);
        op("z", 5);
        assertThat(scribe.state().proposals()).isEmpty();
        String tree = store.write(content("1"), null);
        Scribe.Answer answer = scribe.summarize(summarize(tree, scribe.latest(), 4), minimumAt(4), 0);
        take(sequencer.system(answer.type(), answer.contents(), 0));
        assertThat(latestState().proposals()).hasSize(1);
        answer = scribe.summarize(summarize(tree, scribe.latest(), 6), minimumAt(6), 0);
        take(sequencer.system(answer.type(), answer.contents(), 0));
        assertThat(latestState().proposals()).isEmpty();
        assertThat(latestState().values()).containsExactly(ProtocolState.Value.of("code", JsonValue.of(7), 2, 5));
        assertThat(scribe.state().values()).isEqualTo(latestState().values());
    }

    @Test
    void summariesThatBreakARuleAreRefused() throws Exception {
        String first = scribe.latest();
        take(sequencer.join("a", CLIENT, 0));
        String tree = store.write(content("1"), null);
        assertRefused(summarize(tree, "0".repeat(40), 1), "does not match actual parent summary \"" + first);
        assertRefused(summarize("0".repeat(40), first, 1), "is not an uploaded tree");
        assertRefused(summarize(store.putBlob(new byte[0]).id(), first, 1), "is not an uploaded tree");
        for (String contents : List.of("1", "null", "\"nothing\"", "\"{}\"", "{\"handle\":1}", "[]",
                "{\"handle\":\"x\",\"parents\":[1]}")) {
            assertRefused(submit(MessageType.SUMMARIZE, contents, 1), "Summary cannot be taken");
        }
        assertThat(scribe.latest()).isEqualTo(first);
        Scribe.Answer answer = scribe.summarize(summarize(tree, first, 1), 0, 0);
        assertThat(answer.accepted()).isTrue();
        // Another one on the same parent, before the first one's answer is sequenced.
        assertRefused(summarize(tree, first, 1), "does not match");
        take(sequencer.system(answer.type(), answer.contents(), 0));
        assertRefused(summarize(tree, scribe.latest(), 0), "0 is below that of the latest summary, 1");
        assertRefused(summarize(tree, "", 1), "does not match");
    }

    @Test
    void theFirstSummaryNeedsNoHead() throws Exception {
        take(sequencer.join("a", CLIENT, 0));
        assertThat(scribe.summarize(summarize(store.write(content("1"), null), "", 1), 0, 0).accepted()).isTrue();
    }

    @Test
    void whatAClientUploadsAsTheServicesOwnIsReplaced() throws Exception {
        take(sequencer.join("a", CLIENT, 0));
        SummaryNode.Tree forged = new SummaryBuilder().text("content", "1").text(".protocol", "forged")
                .put(".logTail", SummaryNode.Tree.EMPTY).build();
        Scribe.Answer answer = scribe.summarize(summarize(store.write(forged, null), scribe.latest(), 1), 0, 0);
        take(sequencer.system(answer.type(), answer.contents(), 0));
        SummaryNode.Tree tree = store.read(store.commit(scribe.latest()).tree());
        assertThat(tree.entries().keySet()).containsExactly(".protocol", "content");
        assertThat(latestState().members()).hasSize(1);
    }

    @Test
    void aCrashAtAnyMomentLosesNoSummary() throws Exception {
        assertThat(Scribe.open(store, "other")).isNull();
        take(sequencer.join("a", CLIENT, 0));
        op("x", 1);
        String first = scribe.latest();
        SequencedMessage summarize = summarize(store.write(content("1"), null), first, 2);
        // Before the answer is in the log.
        Scribe again = reopened();
        assertThat(again.unanswered()).containsExactly(summarize);
        assertThat(again.state()).isEqualTo(scribe.state());
        Scribe.Answer answer = again.summarize(summarize, minimumAt(2), 0);
        assertThat(answer).isEqualTo(scribe.summarize(summarize, minimumAt(2), 0));
        // The answer is in the log, the ref has not moved.
        log.add(sequencer.system(answer.type(), answer.contents(), 0));
        assertThat(objects.ref("doc")).isEqualTo(first);
        again = reopened();
        assertThat(again.unanswered()).isEmpty();
        assertThat(again.latest()).isNotEqualTo(first);
        assertThat(again.summarySequenceNumber()).isEqualTo(2);
        String second = again.latest();
        assertThat(reopened().latest()).isEqualTo(second);
        assertThat(reopened().state()).isEqualTo(again.state());
    }

    @Test
    void aReplayPastOlderAnswersEndsAtTheLatest() throws Exception {
        take(sequencer.join("a", CLIENT, 0));
        String tree = store.write(content("1"), null);
        SequencedMessage one = summarize(tree, scribe.latest(), 1);
        op("x", 1);
        Scribe.Answer answer = scribe.summarize(one, 0, 0);
        take(sequencer.system(answer.type(), answer.contents(), 0));
        answer = scribe.summarize(summarize(tree, scribe.latest(), 2), minimumAt(2), 0);
        take(sequencer.system(answer.type(), answer.contents(), 0));
        Scribe again = reopened();
        assertThat(again.latest()).isEqualTo(scribe.latest());
        assertThat(again.summarySequenceNumber()).isEqualTo(2);
        assertThat(again.state()).isEqualTo(scribe.state());
        assertThat(again.unanswered()).isEmpty();
    }

    @Test
    void aBrokenProtocolFolderIsRefused() throws Exception {
        SummaryNode.Tree good = ProtocolState.initial().toSummary();
        for (String name : good.entries().keySet()) {
            for (String text : List.of("", "1", "{}", "[1]", "[[1]]", "[[1,2]]", "[[\"a\",{}]]x")) {
                SummaryBuilder builder = new SummaryBuilder();
                good.entries().forEach(builder::put);
                SummaryNode.Tree bad = builder.text(name, text).build();
                assertThatThrownBy(() -> ProtocolState.read(bad)).as(name + " " + text)
                        .isInstanceOf(ProtocolException.class);
            }
        }
        assertThatThrownBy(() -> ProtocolState.read(SummaryNode.Tree.EMPTY)).isInstanceOf(ProtocolException.class)
                .hasMessageContaining(".protocol/attributes");
    }

    private Scribe reopened() throws ProtocolException {
        Scribe again = Scribe.open(store, "doc");
        assertThat(again).isNotNull();
        int from = again.summarySequenceNumber();
        for (SequencedMessage message : log) {
            if (message.sequenceNumber() > from) {
                again.sequenced(message);
            }
        }
        return again;
    }

    private void assertRefused(SequencedMessage summarize, String why) throws ProtocolException {
        Scribe.Answer answer = scribe.summarize(summarize, 0, 0);
        assertThat(answer.accepted()).isFalse();
        SequencedMessage nack = take(sequencer.system(answer.type(), answer.contents(), 0));
        MessageBody.SummaryNack body = (MessageBody.SummaryNack) nack.body();
        assertThat(body.message()).contains(why);
        assertThat(body.summarySequenceNumber()).isEqualTo(summarize.sequenceNumber());
        assertThat(scribe.unanswered()).doesNotContain(summarize);
    }

    private SequencedMessage summarize(String handle, String head, int reference) throws ProtocolException {
        MessageBody.Summarize body = new MessageBody.Summarize(handle, head, "Summary @" + reference, List.of(head));
        return submit(MessageType.SUMMARIZE, MessageBody.nested(MessageBody.summarizeContents(body)).text(), reference);
    }

    private SequencedMessage op(String text, int reference) throws ProtocolException {
        return submit(MessageType.OP, "\"" + text + "\"", reference);
    }

    /** The reference may be older than the sequencer would take; the scribe has its own rule for it. */
    private SequencedMessage submit(MessageType type, @Nullable String contents, int reference)
            throws ProtocolException {
        DocumentMessage message = new DocumentMessage(++csn, Math.max(reference, sequencer.minimumSequenceNumber()),
                type, contents == null ? null : new RawJson(contents), null, null);
        Ticket ticket = sequencer.ticket("a", message, 0);
        assertThat(ticket).isInstanceOf(Ticket.Sequenced.class);
        SequencedMessage sequenced = ((Ticket.Sequenced) ticket).message();
        return take(new SequencedMessage(sequenced.clientId(), sequenced.sequenceNumber(),
                sequenced.minimumSequenceNumber(), sequenced.clientSequenceNumber(), reference, type,
                sequenced.contents(), null, null, null, 0));
    }

    private SequencedMessage take(SequencedMessage message) throws ProtocolException {
        log.add(message);
        scribe.sequenced(message);
        return message;
    }

    private int minimumAt(int reference) {
        return log.get(reference - 1).minimumSequenceNumber();
    }

    private ProtocolState latestState() throws ProtocolException {
        return ProtocolState.read(folder(store.read(store.commit(scribe.latest()).tree())));
    }

    private static SummaryNode.Tree folder(SummaryNode.Tree tree) {
        SummaryNode.Tree folder = tree.tree(ProtocolState.FOLDER);
        assertThat(folder).isNotNull();
        return folder;
    }

    private static SummaryNode.Tree content(String text) {
        return new SummaryBuilder().text("content", text).build();
    }
}
