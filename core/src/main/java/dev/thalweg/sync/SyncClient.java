package dev.thalweg.sync;

import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TableMergeResult;
import dev.thalweg.eventgraph.TableRun;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a replica of some tables up to date with a hub, and the hub with it: pulls in portions until there is no more, then
 * pushes in portions what the hub lacks.
 */
public final class SyncClient {
    private final TableDocument tables;
    private final SyncTransport hub;
    private final SyncLimits limits;
    private final Changes changes;
    private boolean busy;
    private final List<Outcome<SyncReport>> waiting = new ArrayList<>();

    /** Hears what a merge changed. */
    @FunctionalInterface
    public interface Changes {
        /** What to do to a copy of the tables. */
        void changed(List<RowChange> changes);
    }

    /**
     * What came of it.
     *
     * @param pulled how many events came
     * @param pushed how many went
     */
    public record SyncReport(int pulled, int pushed) {}

    /** One of these tables and that hub. */
    public SyncClient(TableDocument tables, SyncTransport hub, SyncLimits limits, Changes changes) {
        this.tables = tables;
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
        if (busy) {
            waiting.add(outcome);
            return;
        }
        busy = true;
        pull(0, new Outcome<>() {
            @Override
            public void succeeded(SyncReport report) {
                next();
                outcome.succeeded(report);
            }

            @Override
            public void failed(Failure failure) {
                next();
                outcome.failed(failure);
            }
        });
    }

    private void next() {
        busy = false;
        if (waiting.isEmpty()) {
            return;
        }
        List<Outcome<SyncReport>> all = new ArrayList<>(waiting);
        waiting.clear();
        sync(new Outcome<>() {
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

    /** Takes in events that came by another way. @throws ProtocolException when they cannot be */
    public void merge(List<TableRun> events) throws ProtocolException {
        TableMergeResult result = tables.merge(events);
        if (!result.changes().isEmpty()) {
            changes.changed(result.changes());
        }
    }

    private void pull(int pulled, Outcome<SyncReport> outcome) {
        Map<String, Integer> known = tables.versionVector();
        hub.pull(known, limits.maxPull(), new Outcome<>() {
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
                    push(new HashMap<>(reply.state().versions()), all, 0, outcome);
                } else if (known.equals(tables.versionVector())) {
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

    private void push(Map<String, Integer> there, int pulled, int pushed, Outcome<SyncReport> outcome) {
        List<TableRun> events = tables.runsSince(there, limits.maxPush());
        if (events.isEmpty()) {
            outcome.succeeded(new SyncReport(pulled, pushed));
            return;
        }
        hub.push(tables.agent(), events, new Outcome<>() {
            @Override
            public void succeeded(PushReply reply) {
                push(with(there, events), pulled, pushed + count(events), outcome);
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    static int count(List<TableRun> events) {
        int count = 0;
        for (TableRun run : events) {
            count += run.operations().size();
        }
        return count;
    }

    /** What somebody has who has taken in these events. */
    static Map<String, Integer> with(Map<String, Integer> versions, List<TableRun> events) {
        Map<String, Integer> then = new HashMap<>(versions);
        for (TableRun run : events) {
            then.merge(run.first().agent(), run.first().sequence() + run.operations().size(), Math::max);
        }
        return then;
    }
}
