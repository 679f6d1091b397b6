package dev.thalweg.storage;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.MessageBody;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one document which uploaded summary becomes the latest, and adds to it what only the service knows: the
 * folder {@code .protocol}. It is shown every sequenced message, and asked when one is a summarize.
 */
/*
 * A summary is taken in three steps, so that a crash between any two of them loses nothing and leaves no half:
 *
 * 1. summarize() writes the commit, which nobody can see yet, and gives the answer to be sequenced.
 * 2. The caller sequences the answer and writes it to its log.
 * 3. sequenced(), shown the answer, moves the ref to the commit that the answer names.
 *
 * A crash before 2 leaves a summarize without an answer: it is in unanswered() once the log has been replayed, and is
 * simply asked again. A crash before 3 is mended by the replay itself.
 *
 * A summary says how things were at its reference, which is earlier than now. So the state at the latest summary is
 * kept, and of the messages since then those few that change more than the numbers.
 */
public final class Scribe {
    private final SummaryStore store;
    private final String documentId;
    /** The commit the next summary must build on: the last accepted one, acknowledged or about to be. */
    private String head;
    /** Whether no summary has been accepted since the document was created. */
    private boolean pristine;
    private ProtocolState base;
    private final Deque<SequencedMessage> since = new ArrayDeque<>();
    private final ProtocolTracker now;
    private final Map<Integer, SequencedMessage> unanswered = new LinkedHashMap<>();

    /**
     * What to say to a summarize message; for {@code Sequencer.system}.
     *
     * @param type     summaryAck or summaryNack
     * @param contents of that message
     */
    public record Answer(MessageType type, JsonValue contents) {
        /** Whether the summary was accepted. */
        public boolean accepted() {
            return type == MessageType.SUMMARY_ACK;
        }
    }

    private Scribe(SummaryStore store, String documentId, String head, boolean pristine, ProtocolState base) {
        this.store = store;
        this.documentId = documentId;
        this.head = head;
        this.pristine = pristine;
        this.base = base;
        this.now = new ProtocolTracker(base);
    }

    /**
     * Creates a document.
     *
     * @param documentId an id that has no document yet; one that has is an {@link IllegalArgumentException}
     * @param content    what the document begins with, without {@code .protocol}
     * @param values     what the quorum begins with
     * @param time       milliseconds since 1970
     */
    public static Scribe create(SummaryStore store, String documentId, SummaryNode.Tree content, ProtocolState values,
            double time) throws ProtocolException {
        if (store.objects().ref(documentId) != null) {
            throw new IllegalArgumentException("document " + documentId + " exists");
        }
        String tree = withProtocol(store, store.write(content, null), values);
        GitCommit commit = commit(tree, List.of(), time, "New document");
        store.objects().put(commit);
        store.objects().setRef(documentId, commit.id());
        return new Scribe(store, documentId, commit.id(), true, values);
    }

    /**
     * Goes on with a document. The messages after {@link #summarySequenceNumber} have to be shown to it, by
     * {@link #sequenced}, before anything else happens. Null when there is no such document.
     */
    public static @Nullable Scribe open(SummaryStore store, String documentId) throws ProtocolException {
        String head = store.objects().ref(documentId);
        if (head == null) {
            return null;
        }
        GitCommit commit = store.commit(head);
        return new Scribe(store, documentId, head, commit.parents().isEmpty(), protocolOf(store, commit));
    }

    /** The commit of the latest summary that was acknowledged. */
    public String latest() {
        String ref = store.objects().ref(documentId);
        return ref == null ? head : ref;
    }

    /** What the latest summary covers; what came later is in the log. */
    public int summarySequenceNumber() {
        return base.sequenceNumber();
    }

    /** The protocol state after the last message shown. */
    public ProtocolState state() {
        return now.state();
    }

    /** Summarize messages without an answer, oldest first. After a replay these are to be asked again. */
    public List<SequencedMessage> unanswered() {
        return List.copyOf(unanswered.values());
    }

    /** Takes in the next sequenced message, whatever its type. */
    public void sequenced(SequencedMessage message) throws ProtocolException {
        int undecided = now.undecided();
        now.apply(message);
        boolean settles = now.undecided() < undecided;
        switch (message.type()) {
            case JOIN, LEAVE, PROPOSE -> since.add(message);
            case OP, NOOP, REJECT, ACCEPT, SUMMARIZE, SUMMARY_ACK, SUMMARY_NACK, NO_CLIENT, CONTROL, UNKNOWN -> {
                if (settles) {
                    since.add(message);
                }
            }
        }
        if (message.type() == MessageType.SUMMARIZE) {
            unanswered.put(message.sequenceNumber(), message);
        } else if (message.type() == MessageType.SUMMARY_ACK
                && message.body() instanceof MessageBody.SummaryAck ack) {
            acknowledged(ack);
        } else if (message.type() == MessageType.SUMMARY_NACK
                && message.body() instanceof MessageBody.SummaryNack nack) {
            unanswered.remove(nack.summarySequenceNumber());
        }
    }

    /**
     * Decides on a summary.
     *
     * @param message            the summarize message, sequenced
     * @param minimumAtReference the minimum that the message carried whose sequence number is the reference of this one;
     *                           0 for reference 0
     * @param time               milliseconds since 1970
     */
    public Answer summarize(SequencedMessage message, int minimumAtReference, double time) {
        int number = message.sequenceNumber();
        try {
            MessageBody.Summarize proposal = MessageBody.summarize(MessageBody.payload(message.contents()));
            String fault = fault(proposal, message.referenceSequenceNumber());
            if (fault != null) {
                return refuse(fault, number);
            }
            ProtocolState state = stateAt(message.referenceSequenceNumber(), minimumAtReference);
            String tree = withProtocol(store, proposal.handle(), state);
            String text = proposal.message().isEmpty()
                    ? "Summary @" + message.referenceSequenceNumber()
                    : proposal.message();
            GitCommit commit = commit(tree, List.of(head), time, text);
            store.objects().put(commit);
            head = commit.id();
            pristine = false;
            MessageBody.SummaryAck ack = new MessageBody.SummaryAck(commit.id(), number);
            return new Answer(MessageType.SUMMARY_ACK, MessageBody.summaryAckContents(ack));
        } catch (ProtocolException unreadable) {
            return refuse("Summary cannot be taken: " + unreadable.getMessage(), number);
        }
    }

    private @Nullable String fault(MessageBody.Summarize proposal, int reference) {
        boolean first = pristine && proposal.head().isEmpty();
        if (!first && !proposal.head().equals(head)) {
            return "Proposed parent summary \"" + proposal.head() + "\" does not match actual parent summary \"" + head
                    + "\"";
        }
        if (reference < base.sequenceNumber()) {
            return "Proposed summary reference sequence number " + reference
                    + " is below that of the latest summary, " + base.sequenceNumber();
        }
        if (!(store.objects().get(proposal.handle()) instanceof GitTree)) {
            return "Proposed summary " + proposal.handle() + " is not an uploaded tree";
        }
        return null;
    }

    private void acknowledged(MessageBody.SummaryAck ack) throws ProtocolException {
        unanswered.remove(ack.summarySequenceNumber());
        GitCommit commit = store.commit(ack.handle());
        ProtocolState state = protocolOf(store, commit);
        if (state.sequenceNumber() < base.sequenceNumber()) {
            return; // A replay comes past the answers to summaries that were superseded since.
        }
        base = state;
        head = ack.handle();
        pristine = false;
        while (!since.isEmpty() && since.getFirst().sequenceNumber() <= base.sequenceNumber()) {
            since.removeFirst();
        }
        store.objects().setRef(documentId, ack.handle());
    }

    private ProtocolState stateAt(int reference, int minimum) throws ProtocolException {
        ProtocolTracker tracker = new ProtocolTracker(base);
        for (SequencedMessage message : since) {
            if (message.sequenceNumber() > reference) {
                break;
            }
            tracker.apply(message);
        }
        tracker.advance(reference, minimum);
        return tracker.state();
    }

    private static Answer refuse(String why, int summarySequenceNumber) {
        return new Answer(MessageType.SUMMARY_NACK,
                MessageBody.summaryNackContents(new MessageBody.SummaryNack(why, summarySequenceNumber)));
    }

    private static String withProtocol(SummaryStore store, String tree, ProtocolState state) throws ProtocolException {
        List<GitTree.Entry> entries = new ArrayList<>();
        for (GitTree.Entry entry : store.tree(tree).entries()) {
            if (!ProtocolState.ofService(entry.name())) {
                entries.add(entry);
            }
        }
        entries.add(new GitTree.Entry(ProtocolState.FOLDER, true, store.write(state.toSummary(), null)));
        return store.putTree(entries).id();
    }

    private static ProtocolState protocolOf(SummaryStore store, GitCommit commit) throws ProtocolException {
        GitTree.Entry entry = store.tree(commit.tree()).entry(ProtocolState.FOLDER);
        if (entry == null) {
            throw new ProtocolException("commit " + commit.id() + " has no " + ProtocolState.FOLDER);
        }
        return ProtocolState.read(store.read(entry.id()));
    }

    private static GitCommit commit(String tree, List<String> parents, double time, String message) {
        return new GitCommit(tree, parents, "Thalweg", "thalweg@localhost", Math.floor(time / 1000), message + "\n");
    }
}
