package dev.thalweg.sync;

import dev.thalweg.ephemeral.EphemeralLimits;
import dev.thalweg.ephemeral.EphemeralMerge;
import dev.thalweg.ephemeral.EphemeralState;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TableMergeResult;
import dev.thalweg.eventgraph.TableRun;
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
 * Where replicas of some tables meet: it has everybody's events, keeps them in a journal, and tells those who listen of new
 * ones and of what is true only for a moment. It is a replica like the others and edits nothing itself.
 *
 * <p>Not for use by several threads at once; the journal's outcomes must arrive on the same thread.
 */
/*
 * Nobody hears of an event before it is durable. Pushes and questions are dealt with one after another, and whatever comes
 * while the journal writes waits, so that what is in the tables and not in the journal is never seen.
 *
 * When the journal fails, nobody knows what is in it. The hub is closed then, and whoever needs it opens another, which
 * reads what is there.
 */
public final class SyncHub implements SyncTransport {
    private final SyncJournal journal;
    private final TableDocument tables;
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
        tables = journal.tables();
    }

    /**
     * Opens the tables that are kept in a stream; a stream that nobody has written to has empty ones.
     *
     * @param presence how much is taken of what is true only for a moment
     */
    public static void open(Journal journal, String stream, SyncLimits limits, EphemeralLimits presence,
            Outcome<SyncHub> outcome) {
        SyncJournal.open(journal, stream, limits, new Outcome<>() {
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
        enqueue(outcome, () -> outcome.succeeded(SyncState.of(tables)));
    }

    @Override
    public void pull(Map<String, Integer> known, int limit, Outcome<PullReply> outcome) {
        if (limit < 1) {
            throw new IllegalArgumentException("at least one event is asked for, was " + limit);
        }
        enqueue(outcome, () -> {
            List<TableRun> events = tables.runsSince(known, Math.min(limit, limits.maxPull()));
            SyncState state = SyncState.of(tables);
            outcome.succeeded(new PullReply(events, state, state.hasMoreThan(SyncClient.with(known, events))));
        });
    }

    @Override
    public void push(String peer, List<TableRun> events, Outcome<PushReply> outcome) {
        int count = 0;
        for (TableRun run : events) {
            count += run.operations().size();
            if (count > limits.maxPush()) {
                outcome.failed(tooMuch(limits.maxPush()));
                return;
            }
        }
        enqueue(outcome, () -> merge(peer, events, outcome));
    }

    private void merge(String peer, List<TableRun> events, Outcome<PushReply> outcome) {
        Map<String, Integer> before = tables.versionVector();
        TableMergeResult result;
        try {
            result = tables.merge(events);
        } catch (ProtocolException e) {
            outcome.failed(Failure.permanent(409, String.valueOf(e.getMessage())));
            return;
        }
        PushReply reply = new PushReply(result.changes().size(), tables.waiting());
        if (before.equals(tables.versionVector())) {
            outcome.succeeded(reply);
            return;
        }
        writing = true;
        journal.append(tables.encodeSince(before), new Outcome<>() {
            @Override
            public void succeeded(StreamExtent extent) {
                writing = false;
                journal.compact();
                try {
                    outcome.succeeded(reply);
                } finally {
                    tell(HubMessages.events(tables.runsSince(before)), peer);
                    work();
                }
            }

            @Override
            public void failed(Failure why) {
                writing = false;
                failure = Failure.passing(503, "the tables cannot be kept: " + why.message());
                outcome.failed(failure);
                for (HubMember member : List.copyOf(members)) {
                    member.close(failure.message());
                }
                work();
            }
        });
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

        /** It is told no more. */
        void closed(String reason);
    }

    /**
     * Lets somebody listen, who is told first what is true at the moment.
     *
     * @param peer who it is; several may listen under one name
     */
    public HubMember join(String peer, Listener listener) {
        HubMember member = new HubMember(this, peer, listener);
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
