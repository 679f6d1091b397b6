package dev.thalweg.sync;

import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventDocument;
import dev.thalweg.eventgraph.EventRun;
import dev.thalweg.eventgraph.Merged;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a replica of a document up to date with a hub, and the hub with it: pulls in portions until there is no more, then
 * pushes in portions what the hub lacks.
 *
 * @param <C> how the document changes
 */
/*
 * Somebody who listens at the hub hears of others' events by that way, and has nothing to pull after an edit of his own. What
 * the hub has is known here then: what it said at the last pull, what was pushed since, and what it told of.
 */
public final class SyncClient<C> {
    private final EventDocument<C> document;
    private final SyncTransport hub;
    private final SyncLimits limits;
    private final Changes<C> changes;
    private boolean busy;
    private final List<Outcome<SyncReport>> waiting = new ArrayList<>();
    private boolean waitingPull;
    /* What is at the hub for certain, or null when that is to be asked for. */
    private @Nullable Map<String, Integer> there;

    /** Hears what a merge changed. @param <C> how the document changes */
    @FunctionalInterface
    public interface Changes<C> {
        /** What to do to a copy of the document. */
        void changed(C changes);
    }

    /**
     * What came of it.
     *
     * @param pulled how many events came
     * @param pushed how many went
     */
    public record SyncReport(int pulled, int pushed) {}

    /** One of this document and that hub. */
    public SyncClient(EventDocument<C> document, SyncTransport hub, SyncLimits limits, Changes<C> changes) {
        this.document = document;
        this.hub = hub;
        this.limits = limits;
        this.changes = changes;
    }

    /**
     * Exchanges what is new. What is asked for while this goes on is done once, after it.
     *
     * @param outcome hears when both have the same, but for what came up meanwhile
     */
    public void sync(Outcome<SyncReport> outcome) {
        exchange(true, outcome);
    }

    /**
     * Brings what is new here, and pulls nothing unless that is needed for it: for somebody who is told of the others'
     * events, see {@link #merge}. Otherwise like {@link #sync}.
     */
    public void push(Outcome<SyncReport> outcome) {
        exchange(false, outcome);
    }

    private void exchange(boolean pull, Outcome<SyncReport> outcome) {
        if (busy) {
            waiting.add(outcome);
            waitingPull |= pull;
            return;
        }
        busy = true;
        Outcome<SyncReport> done = new Outcome<>() {
            @Override
            public void succeeded(SyncReport report) {
                next();
                outcome.succeeded(report);
            }

            @Override
            public void failed(Failure failure) {
                there = null;
                next();
                outcome.failed(failure);
            }
        };
        Map<String, Integer> known = there;
        if (pull || known == null) {
            pull(0, done);
        } else {
            push(known, 0, 0, done);
        }
    }

    private void next() {
        busy = false;
        if (waiting.isEmpty()) {
            return;
        }
        List<Outcome<SyncReport>> all = new ArrayList<>(waiting);
        boolean pull = waitingPull;
        waiting.clear();
        waitingPull = false;
        exchange(pull, new Outcome<>() {
            @Override
            public void succeeded(SyncReport report) {
                all.forEach(each -> each.succeeded(report));
            }

            @Override
            public void failed(Failure failure) {
                all.forEach(each -> each.failed(failure));
            }
        });
    }

    /**
     * Takes in events that the hub told of.
     *
     * @param kind of the document that they are for
     * @throws ProtocolException when they cannot be
     */
    public void merge(DocumentKind kind, List<EventRun> events) throws ProtocolException {
        if (kind != document.kind()) {
            throw new ProtocolException(
                    "events of kind " + kind.label() + " for a document of kind " + document.kind().label());
        }
        merge(events);
        Map<String, Integer> known = there;
        if (known != null) {
            add(events, known);
        }
    }

    private void merge(List<EventRun> events) throws ProtocolException {
        Merged<C> merged = document.merge(document.read(events));
        if (merged.size() > 0) {
            changes.changed(merged.changes());
        }
    }

    private void pull(int pulled, Outcome<SyncReport> outcome) {
        Map<String, Integer> known = document.versionVector();
        hub.pull(document.kind(), known, limits.maxPull(), new Outcome<>() {
            @Override
            public void succeeded(PullReply reply) {
                try {
                    merge(reply.events());
                } catch (ProtocolException e) {
                    outcome.failed(Failure.permanent(409, "what came cannot be taken in: " + e.getMessage()));
                    return;
                }
                int all = pulled + count(reply.events());
                if (!reply.more()) {
                    Map<String, Integer> versions = new HashMap<>(reply.state().versions());
                    there = versions;
                    push(versions, all, 0, outcome);
                } else if (known.equals(document.versionVector())) {
                    outcome.failed(Failure.permanent(0, "the hub says that there is more, and does not give it"));
                } else {
                    pull(all, outcome);
                }
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    private void push(Map<String, Integer> known, int pulled, int pushed, Outcome<SyncReport> outcome) {
        List<EventRun> events = document.eventsSince(known, limits.maxPush());
        if (events.isEmpty()) {
            outcome.succeeded(new SyncReport(pulled, pushed));
            return;
        }
        hub.push(document.kind(), document.agent(), events, new Outcome<>() {
            @Override
            public void succeeded(PushReply reply) {
                add(events, known);
                if (reply.waiting() > 0) {
                    // Something is missing there that was taken to be there.
                    there = null;
                }
                push(known, pulled, pushed + count(events), outcome);
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    static int count(List<EventRun> events) {
        int count = 0;
        for (EventRun run : events) {
            count = (int) Math.min(Integer.MAX_VALUE, (long) count + run.length());
        }
        return count;
    }

    /** Adds events to what somebody has. */
    static void add(List<EventRun> events, Map<String, Integer> versions) {
        for (EventRun run : events) {
            versions.merge(run.first().agent(), run.first().sequence() + run.length(), Math::max);
        }
    }

    /** What somebody has who has taken in these events. */
    static Map<String, Integer> with(Map<String, Integer> versions, List<EventRun> events) {
        Map<String, Integer> then = new HashMap<>(versions);
        add(events, then);
        return then;
    }
}
