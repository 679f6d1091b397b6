package dev.thalweg.server.session;

import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Subscription;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectError;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import dev.thalweg.sequencing.Sequencer;
import dev.thalweg.sequencing.Ticket;
import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.server.storage.StoreException;
import dev.thalweg.server.storage.StoreWrite;
import dev.thalweg.wire.ServerFrames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One document while somebody is connected. Used on its loop only. */
/*
 * A message is sequenced when it arrives and joins the batch that waits. While a batch is being written the next one
 * gathers; when the write is done, its batch is broadcast and the next is handed over. So nobody hears of a message that
 * is not on record, and the wait for the disk is shared by all that came meanwhile.
 *
 * The sequencer runs ahead of the record by at most these two batches. When a write fails, what it had numbered is void:
 * the session is given up with all its connections, and the next one starts from the record. Nobody has seen the
 * numbers that are then used again.
 *
 * A summary is worked out on another thread after its message is on record, one at a time. The acknowledgement and the
 * move of the ref are one write.
 */
final class DocumentSession {
    private static final System.Logger LOG = System.getLogger(DocumentSession.class.getName());

    private final SessionContext context;
    private final DocumentKey key;
    private final Loop loop;
    private final Sequencer sequencer;
    private final Runnable gone;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Fanout fanout = new Fanout();
    private final Deque<SequencedMessage> summaries = new ArrayDeque<>();
    private OpBatch gathering = new OpBatch();
    private boolean writing;
    private boolean flushing;
    private boolean summarizing;
    private int sinceCheckpoint;
    private @Nullable String lastMessage;
    private @Nullable Subscription noopTimer;
    private @Nullable Subscription evictionTimer;
    private @Nullable Subscription idleTimer;
    private @Nullable Runnable stopped;
    private boolean over;

    /**
     * @param document as it stands on record
     * @param gone     called once, when the session is over
     */
    DocumentSession(SessionContext context, DocumentKey key, Loop loop, LoadedDocument document, Runnable gone) {
        this.context = context;
        this.key = key;
        this.loop = loop;
        this.sequencer = document.sequencer();
        this.lastMessage = document.lastMessage();
        this.gone = gone;
        // Whoever was connected when the last session ended without a word is not any more.
        for (String clientId : sequencer.clients()) {
            append(sequencer.leave(clientId, context.now()));
        }
        summaries.addAll(document.unanswered());
        summarizeNext();
        armEviction();
    }

    Loop loop() {
        return loop;
    }

    String documentId() {
        return key.documentId();
    }

    boolean over() {
        return over;
    }

    /** Takes a connection in, or refuses it. */
    void connect(Newcomer newcomer) {
        Peer peer = newcomer.peer();
        ConnectError error = members.size() >= context.limits().maxConnections()
                ? new ConnectError(429, "The document has " + members.size() + " connections, the limit is "
                        + context.limits().maxConnections(), 30)
                : stopped != null ? new ConnectError(503, "The server is stopping", 1) : null;
        if (error != null) {
            peer.loop().run(() -> newcomer.refused(error));
            return;
        }
        Client client = Grants.client(newcomer.request(), newcomer.claims());
        Member member = new Member(UUID.randomUUID().toString(), client, peer);
        Frame success = success(newcomer, member);
        members.put(member.clientId(), member);
        fanout.add(peer);
        Seat seat = new Seat(this, member);
        peer.loop().run(() -> {
            newcomer.seated(seat);
            peer.send(success);
        });
        tell(Signal.join(member.clientId(), client));
        if (client.mode() == ConnectionMode.WRITE) {
            append(sequencer.join(member.clientId(), client, context.now()));
            armIdle();
        }
        if (evictionTimer != null) {
            evictionTimer.cancel();
            evictionTimer = null;
        }
    }

    /** Sequences messages of one connection, up to the first that is refused. */
    void submit(Member member, List<DocumentMessage> messages) {
        if (stopped != null || !members.containsKey(member.clientId())) {
            return;
        }
        double now = context.now();
        for (DocumentMessage message : messages) {
            switch (sequencer.ticket(member.clientId(), message, now)) {
                case Ticket.Sequenced sequenced -> append(sequenced.message());
                case Ticket.Duplicate duplicate -> {
                }
                case Ticket.Absorbed absorbed -> armNoop();
                case Ticket.Refused refused -> {
                    // What follows in the batch would only be refused for the gap that this one leaves.
                    send(member, ServerFrames.nack(key.documentId(), List.of(refused.nack())));
                    return;
                }
            }
        }
    }

    /** Passes signals on. */
    void signal(Member member, List<Signal> signals) {
        if (!members.containsKey(member.clientId())) {
            return;
        }
        for (Signal signal : signals) {
            String target = signal.targetClientId();
            if (target == null) {
                tell(signal);
            } else {
                Member addressed = members.get(target);
                if (addressed != null) {
                    send(addressed, ServerFrames.signal(signal));
                }
            }
        }
    }

    /** A connection is gone. */
    void leave(Member member) {
        if (!members.remove(member.clientId(), member)) {
            return;
        }
        fanout.remove(member.peer());
        tell(Signal.leave(member.clientId()));
        append(sequencer.leave(member.clientId(), context.now()));
        if (members.isEmpty()) {
            armEviction();
        }
    }

    /** Finishes what was accepted, takes leave of everyone, and calls back. */
    void stop(String reason, Runnable done) {
        stopped = () -> {
            List<Member> all = new ArrayList<>(members.values());
            members.clear();
            end();
            closeAll(all, reason);
            done.run();
        };
        for (Member member : members.values()) {
            append(sequencer.leave(member.clientId(), context.now()));
        }
        finishIfIdle();
    }

    private Frame success(Newcomer newcomer, Member member) {
        List<Connected.Member> others = new ArrayList<>(members.size());
        for (Member other : members.values()) {
            others.add(new Connected.Member(other.clientId(), other.client()));
        }
        try {
            return new Frame(ServerFrames.connectSuccess(Grants.connected(newcomer, member, others, lastMessage,
                    context.limits().maxMessageSize(), context.now())));
        } catch (ProtocolException e) {
            throw new IllegalStateException("the last message of " + key + " on record cannot be read", e);
        }
    }

    private void append(@Nullable SequencedMessage message) {
        if (message == null || over) {
            return;
        }
        gathering.add(message);
        if (!writing && !flushing) {
            // At the end of this turn of the loop, so that all frames that are there to be read go together.
            flushing = true;
            loop.execute(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        if (writing || over || gathering.isEmpty()) {
            return;
        }
        OpBatch batch = gathering;
        gathering = new OpBatch();
        sinceCheckpoint += batch.size();
        String checkpoint = null;
        if (sinceCheckpoint >= context.limits().messagesPerCheckpoint() || stopped != null || members.isEmpty()) {
            checkpoint = sequencer.checkpoint().toJson().toJson();
            sinceCheckpoint = 0;
        }
        writing = true;
        context.committer().submit(new StoreWrite.Append(key, batch.messages(), checkpoint, batch.ref()),
                failure -> loop.run(() -> written(batch, failure)));
    }

    private void written(OpBatch batch, @Nullable StoreException failure) {
        writing = false;
        if (over) {
            return;
        }
        if (failure != null) {
            fail("cannot write to " + key, failure);
            return;
        }
        lastMessage = batch.last();
        fanout.send(batch.frames(key.documentId()));
        summaries.addAll(batch.summaries());
        summarizeNext();
        flush();
        finishIfIdle();
    }

    private void summarizeNext() {
        SequencedMessage message = summarizing ? null : summaries.poll();
        if (message == null) {
            return;
        }
        summarizing = true;
        context.workers().execute(() -> {
            SummaryVerdict verdict = context.summaries().judge(key, message, context.now());
            loop.execute(() -> judged(message, verdict));
        });
    }

    private void judged(SequencedMessage message, SummaryVerdict verdict) {
        if (verdict.commit() == null) {
            answer(verdict);
            return;
        }
        context.committer().submit(new StoreWrite.Put(key, verdict.objects()), failure -> loop.run(() -> answer(
                failure == null ? verdict : Summaries.refusal(message, "it could not be written"))));
    }

    private void answer(SummaryVerdict verdict) {
        summarizing = false;
        if (over) {
            return;
        }
        if (verdict.commit() != null) {
            gathering.ref(verdict.commit());
        }
        append(sequencer.system(verdict.answer().type(), verdict.answer().contents(), context.now()));
        summarizeNext();
        finishIfIdle();
    }

    /* A failure that leaves the record behind the sequencer, which nobody may see. */
    private void fail(String what, Exception cause) {
        LOG.log(System.Logger.Level.ERROR, what, cause);
        List<Member> all = new ArrayList<>(members.values());
        members.clear();
        end();
        closeAll(all, "The document could not be written");
        if (stopped != null) {
            stopped.run();
        }
    }

    private static void closeAll(List<Member> members, String reason) {
        for (Member member : members) {
            member.peer().loop().run(() -> member.peer().close(reason));
        }
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        for (Subscription timer : new Subscription[] {noopTimer, evictionTimer, idleTimer}) {
            if (timer != null) {
                timer.cancel();
            }
        }
        gone.run();
    }

    private void finishIfIdle() {
        if (stopped != null && !over && !writing && !flushing && !summarizing && gathering.isEmpty()) {
            stopped.run();
        }
    }

    private void armNoop() {
        if (noopTimer == null) {
            noopTimer = loop.after(context.limits().noopMillis(), () -> {
                noopTimer = null;
                if (stopped == null) {
                    append(sequencer.noop(context.now()));
                }
            });
        }
    }

    private void armIdle() {
        if (idleTimer == null) {
            idleTimer = loop.after(Math.max(1, context.limits().writerIdleMillis() / 4), () -> {
                idleTimer = null;
                for (String clientId : sequencer.idle(context.now() - context.limits().writerIdleMillis())) {
                    append(sequencer.leave(clientId, context.now()));
                }
                if (!members.isEmpty()) {
                    armIdle();
                }
            });
        }
    }

    private void armEviction() {
        if (evictionTimer == null) {
            evictionTimer = loop.after(context.limits().sessionIdleMillis(), () -> {
                evictionTimer = null;
                if (!members.isEmpty() || stopped != null) {
                    return;
                }
                if (writing || flushing || summarizing || !gathering.isEmpty()) {
                    armEviction();
                } else {
                    end();
                }
            });
        }
    }

    private void tell(Signal signal) {
        fanout.send(List.of(new Frame(ServerFrames.signal(signal))));
    }

    private static void send(Member member, String text) {
        Frame frame = new Frame(text);
        member.peer().loop().run(() -> member.peer().send(frame));
    }
}
