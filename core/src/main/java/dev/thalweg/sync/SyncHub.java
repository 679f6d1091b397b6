package dev.thalweg.sync;

import dev.thalweg.ephemeral.EphemeralLimits;
import dev.thalweg.ephemeral.EphemeralMerge;
import dev.thalweg.ephemeral.EphemeralState;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.Batch;
import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventDocument;
import dev.thalweg.eventgraph.EventRun;
import dev.thalweg.eventgraph.Merged;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.StreamExtent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where replicas of a document meet: it has everybody's events, keeps them in a journal, and tells those who listen of new
 * ones and of what is true only for a moment. It is a replica like the others and edits nothing itself.
 *
 * <p>Not for use by several threads at once; the journal's outcomes must arrive on the same thread.
 */
/*
 * Nobody hears of an event before it is durable. Pushes and questions are dealt with one after another, and whatever comes
 * while the journal writes waits, so that what is in the document and not in the journal is never seen.
 *
 * When the journal fails, nobody knows what is in it. The hub is closed then, and whoever needs it opens another, which
 * reads what is there.
 *
 * Of what kind the document is says the first push that brings events, and then the journal's first record. Whoever takes it
 * to be of another kind is refused from then on, and who listens for one, told no more.
 */
public final class SyncHub implements SyncTransport {
    private static final int UNREADABLE = 400;
    private static final int CONFLICT = 409;

    private final SyncJournal journal;
    private final SyncLimits limits;
    private final EphemeralStore presence;
    private final Set<HubMember> members = new LinkedHashSet<>();
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private boolean writing;
    private boolean working;
    private @Nullable Failure failure;

    private SyncHub(SyncJournal journal, SyncLimits limits, EphemeralLimits presence) {
        this.journal = journal;
        this.limits = limits;
        this.presence = new EphemeralStore("hub", presence);
    }

    /**
     * Opens the document that is kept in a stream. One that nobody has written to is empty and of no kind.
     *
     * @param presence how much is taken of what is true only for a moment
     */
    public static void open(Journal journal, String stream, SyncLimits limits, EphemeralLimits presence,
            Outcome<SyncHub> outcome) {
        SyncJournal.open(journal, stream, stream, limits, new Outcome<>() {
            @Override
            public void succeeded(SyncJournal opened) {
                outcome.succeeded(new SyncHub(opened, limits, presence));
            }

            @Override
            public void failed(Failure why) {
                outcome.failed(why);
            }
        });
    }

    /** What could not be read when it was opened, for a person. */
    public List<String> damage() {
        return journal.damage();
    }

    /** Why it is closed, or null while it is not. */
    public @Nullable Failure failure() {
        return failure;
    }

    /** Whether nobody listens and nothing is going on, so that nobody notices when it is opened anew. */
    public boolean isIdle() {
        return members.isEmpty() && queue.isEmpty() && !writing;
    }

    /** How many listen. */
    public int members() {
        return members.size();
    }

    /** What is said about a push that brings too much. */
    public static Failure tooMuch(int limit) {
        return Failure.permanent(413,
                "a push brings at most " + limit + " events, this one more; bring them in several");
    }

    @Override
    public void state(Outcome<SyncState> outcome) {
        enqueue(outcome, () -> outcome.succeeded(SyncState.of(journal.document())));
    }

    @Override
    public void pull(DocumentKind kind, Map<String, Integer> known, int limit, Outcome<PullReply> outcome) {
        if (limit < 1) {
            throw new IllegalArgumentException("at least one event is asked for, was " + limit);
        }
        enqueue(outcome, () -> {
            EventDocument<?> document = journal.document();
            if (document != null && document.kind() != kind) {
                outcome.failed(otherKind(document, kind));
                return;
            }
            List<EventRun> events = document == null ? List.of()
                    : document.eventsSince(known, Math.min(limit, limits.maxPull()));
            SyncState state = SyncState.of(document);
            outcome.succeeded(new PullReply(events, state, state.hasMoreThan(SyncClient.with(known, events))));
        });
    }

    private static Failure otherKind(EventDocument<?> document, DocumentKind asked) {
        return Failure.permanent(CONFLICT, SyncJournal.otherKind(document, asked));
    }

    @Override
    public void push(DocumentKind kind, String peer, List<EventRun> events, Outcome<PushReply> outcome) {
        if (SyncClient.count(events) > limits.maxPush()) {
            outcome.failed(tooMuch(limits.maxPush()));
        } else {
            enqueue(outcome, () -> merge(kind, peer, events, outcome));
        }
    }

    private void merge(DocumentKind kind, String peer, List<EventRun> events, Outcome<PushReply> outcome) {
        boolean first = journal.document() == null;
        int refusal = CONFLICT;
        EventDocument<?> document;
        int known;
        Merged<?> merged;
        try {
            document = journal.declare(kind);
            known = document.graph().size();
            refusal = UNREADABLE;
            Batch batch = document.read(events);
            refusal = CONFLICT;
            merged = document.merge(batch);
        } catch (ProtocolException e) {
            outcome.failed(Failure.permanent(refusal, String.valueOf(e.getMessage())));
            return;
        } finally {
            journal.forgetEmpty();
        }
        PushReply reply = new PushReply(merged.size(), document.waiting());
        if (known == document.graph().size()) {
            outcome.succeeded(reply);
            return;
        }
        writing = true;
        journal.append(document.encodeFrom(known), new Outcome<>() {
            @Override
            public void succeeded(StreamExtent extent) {
                writing = false;
                journal.compact();
                try {
                    outcome.succeeded(reply);
                } finally {
                    if (first) {
                        closeOthers(document);
                    }
                    List<EventRun> fresh = document.eventsFrom(known);
                    tell(HubMessages.events(kind, fresh), brings(events, fresh) ? peer : "");
                    work();
                }
            }

            @Override
            public void failed(Failure why) {
                writing = false;
                Failure closed = Failure.passing(503, "the document cannot be kept: " + why.message());
                failure = closed;
                outcome.failed(closed);
                for (HubMember member : List.copyOf(members)) {
                    member.close(closed);
                }
                work();
            }
        });
    }

    /* Whether there is nothing new but what was brought; otherwise it has made something ready that waited. */
    private static boolean brings(List<EventRun> events, List<EventRun> fresh) {
        Map<String, Integer> brought = SyncClient.with(Map.of(), events);
        for (Map.Entry<String, Integer> each : SyncClient.with(Map.of(), fresh).entrySet()) {
            if (each.getValue() > brought.getOrDefault(each.getKey(), 0)) {
                return false;
            }
        }
        return true;
    }

    /* Tells those no more who listen for a document of another kind. */
    private void closeOthers(EventDocument<?> document) {
        for (HubMember member : List.copyOf(members)) {
            DocumentKind kind = member.kind();
            if (kind != null && kind != document.kind()) {
                member.close(otherKind(document, kind));
            }
        }
    }

    private void enqueue(Outcome<?> outcome, Runnable task) {
        queue.add(() -> {
            Failure closed = failure;
            if (closed == null) {
                task.run();
            } else {
                outcome.failed(closed);
            }
        });
        work();
    }

    private void work() {
        if (working) {
            return;
        }
        working = true;
        try {
            while (!writing && !queue.isEmpty()) {
                queue.remove().run();
            }
        } finally {
            working = false;
            if (!writing && !queue.isEmpty()) {
                // One of them threw, which those behind it are not to suffer from.
                work();
            }
        }
    }

    /** Somebody who listens. */
    public interface Listener {
        /** There is something to be told. @param text one of {@link HubMessages} */
        void told(String text);

        /** It is told no more. @param why passing when it makes sense to join again */
        void closed(Failure why);
    }

    /**
     * Lets somebody listen, who is told first what is true at the moment.
     *
     * @param peer who it is; several may listen under one name
     * @param kind of which it takes the document to be, or null when that makes no difference; it is told no more when the
     *             document is of another
     */
    public HubMember join(String peer, @Nullable DocumentKind kind, Listener listener) {
        HubMember member = new HubMember(this, peer, kind, listener);
        EventDocument<?> document = journal.document();
        if (document != null && kind != null && kind != document.kind()) {
            member.close(otherKind(document, kind));
            return member;
        }
        members.add(member);
        listener.told(HubMessages.snapshot(presence.state()).toJson());
        return member;
    }

    /** Takes what a member says, see {@link HubMember#received}. */
    void received(HubMember member, String text, double now) throws ProtocolException {
        presence.advance(now);
        EphemeralState update = HubMessages.readUpdate(JsonValue.parse(text), member.peer());
        EphemeralMerge merge = presence.merge(update);
        if (!merge.fresh().isEmpty()) {
            String diff = HubMessages.diff(merge.fresh()).toJson();
            for (HubMember other : List.copyOf(members)) {
                if (other != member) {
                    other.tell(diff);
                }
            }
        }
    }

    /** Forgets a member; when it was the last under its name, what it said is not true any more. */
    void leave(HubMember member) {
        if (!members.remove(member)) {
            return;
        }
        List<HubMember> same = new ArrayList<>(members);
        same.removeIf(other -> !other.peer().equals(member.peer()));
        if (same.isEmpty()) {
            try {
                EphemeralMerge merge = presence.leave(member.peer());
                tell(HubMessages.left(member.peer(), merge.fresh().left().getOrDefault(member.peer(), 0)), "");
            } catch (IllegalStateException e) {
                // There is no room for so many who left; what this one said ends with its lifetime.
                tell(HubMessages.left(member.peer(), 0), "");
            }
        }
    }

    private void tell(JsonObject message, String exceptFor) {
        String text = members.isEmpty() ? "" : message.toJson();
        for (HubMember member : List.copyOf(members)) {
            if (exceptFor.isEmpty() || !member.peer().equals(exceptFor)) {
                member.tell(text);
            }
        }
    }
}
