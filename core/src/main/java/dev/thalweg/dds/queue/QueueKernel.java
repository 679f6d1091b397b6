package dev.thalweg.dds.queue;

import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.PendingOperations;
import dev.thalweg.dds.queue.QueueEvent.Aborted;
import dev.thalweg.dds.queue.QueueEvent.Acquired;
import dev.thalweg.dds.queue.QueueEvent.Added;
import dev.thalweg.dds.queue.QueueEvent.Completed;
import dev.thalweg.dds.queue.QueueEvent.Missed;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A queue without the world around it: items that wait, and jobs, which are items in somebody's hand. */
/*
 * Whoever's acquire is sequenced gets the first item of that moment, or none when there is none. An item leaves its job
 * in one of three ways: it is completed, given back, or its owner leaves the quorum; the latter two put it at the end. A
 * complete or release whose job is gone already has no effect: the item is in the queue again, or with somebody else
 * under another id. It does not matter whose connection says it, since a client that came back has another one.
 *
 * Owners leave with all they have in hand, in the order in which they took it, so jobs are found by owner as well, each
 * with its place among all. An id that is used a second time keeps the place it had, and the item it named is lost; no
 * client of good will does that, and the reference decides it so.
 */
final class QueueKernel implements Kernel<QueueOperation, QueueEvent> {
    /** Stands for the owner of what is acquired while the document is detached. No connection has such an id. */
    private static final String NOBODY = "";

    private final ArrayDeque<JsonValue> items = new ArrayDeque<>();
    private final Map<String, Tracked> jobs = new LinkedHashMap<>();
    private final Map<String, TreeMap<Integer, Job>> byOwner = new HashMap<>();
    private final PendingOperations<QueueOperation> pending = new PendingOperations<>();
    private int places;

    private record Tracked(Job job, int place) {}

    /** The items that wait, first to be handed out first. */
    Collection<JsonValue> items() {
        return items;
    }

    /** What is in somebody's hand, in the order in which it was taken. */
    List<Job> jobs() {
        List<Job> all = new ArrayList<>(jobs.size());
        for (Tracked tracked : jobs.values()) {
            all.add(tracked.job);
        }
        return all;
    }

    /** What a connection has in hand, in the order in which it was taken; a copy. */
    List<Job> jobsOf(@Nullable String clientId) {
        TreeMap<Integer, Job> owned = byOwner.get(owner(clientId));
        return owned == null ? List.of() : new ArrayList<>(owned.values());
    }

    /** An acquisition that is not over, or null. */
    @Nullable
    Job job(String acquireId) {
        Tracked tracked = jobs.get(acquireId);
        return tracked == null ? null : tracked.job;
    }

    void add(JsonValue item) {
        items.addLast(item);
    }

    void track(Job job) {
        Tracked before = jobs.get(job.acquireId());
        if (before != null) {
            disown(before);
        }
        Tracked tracked = new Tracked(job, before == null ? places++ : before.place);
        jobs.put(job.acquireId(), tracked);
        byOwner.computeIfAbsent(owner(job.clientId()), absent -> new TreeMap<>()).put(tracked.place, job);
    }

    /** An owner is gone: all it had in hand is at the end of the queue. */
    List<QueueEvent> left(@Nullable String clientId) {
        List<QueueEvent> events = new ArrayList<>();
        for (Job job : jobsOf(clientId)) {
            untrack(job.acquireId());
            items.addLast(job.value());
            events.add(new Added(job.value(), job.acquireId(), false));
        }
        return events;
    }

    @Override
    public QueueOperation read(JsonValue contents) throws ProtocolException {
        return QueueOperation.read(contents);
    }

    @Override
    public List<QueueEvent> detached(QueueOperation operation) {
        return List.of(apply(operation, null, true));
    }

    @Override
    public List<QueueEvent> local(QueueOperation operation) {
        pending.add(operation);
        return List.of();
    }

    @Override
    public List<QueueEvent> sequenced(QueueOperation operation, OperationContext context, boolean own) {
        if (own) {
            pending.acknowledge(operation);
        }
        QueueEvent event = apply(operation, context.clientId(), own);
        return own || !(event instanceof Missed) ? List.of(event) : List.of();
    }

    @Override
    public List<QueueEvent> rollback(QueueOperation operation) {
        pending.rollback(operation);
        return List.of(new Aborted(operation));
    }

    @Override
    public QueueOperation resubmit(QueueOperation operation) {
        return operation;
    }

    @Override
    public SummaryNode.Tree summarize() {
        return QueueSummary.write(items, jobs());
    }

    @Override
    public JsonValue snapshot() {
        List<JsonValue> all = new ArrayList<>(jobs.size());
        for (Job job : jobs()) {
            String owner = job.clientId();
            all.add(JsonArray.of(JsonValue.of(job.acquireId()), job.value(),
                    owner == null ? JsonNull.NULL : JsonValue.of(owner)));
        }
        return JsonObject.builder().put("queue", new JsonArray(List.copyOf(items)))
                .put("tracking", new JsonArray(all)).build();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very same job must be found both ways
    public void check() {
        int owned = 0;
        for (TreeMap<Integer, Job> each : byOwner.values()) {
            owned += each.size();
            if (each.isEmpty()) {
                throw new IllegalStateException("an owner of nothing is kept");
            }
        }
        if (owned != jobs.size()) {
            throw new IllegalStateException(jobs.size() + " jobs, " + owned + " found by owner");
        }
        for (Tracked tracked : jobs.values()) {
            TreeMap<Integer, Job> each = byOwner.get(owner(tracked.job.clientId()));
            if (each == null || each.get(tracked.place) != tracked.job) {
                throw new IllegalStateException("job " + tracked.job.acquireId() + " is not found by its owner");
            }
        }
    }

    private QueueEvent apply(QueueOperation operation, @Nullable String clientId, boolean local) {
        return switch (operation) {
            case QueueOperation.Add add -> {
                items.addLast(add.value());
                yield new Added(add.value(), null, local);
            }
            case QueueOperation.Acquire acquire -> {
                JsonValue item = items.pollFirst();
                if (item == null) {
                    yield new Missed(acquire);
                }
                track(new Job(acquire.acquireId(), item, clientId));
                yield new Acquired(acquire.acquireId(), item, clientId, local);
            }
            case QueueOperation.Complete complete -> {
                Job job = untrack(complete.acquireId());
                yield job == null ? new Missed(complete) : new Completed(job.acquireId(), job.value(), local);
            }
            case QueueOperation.Release release -> {
                Job job = untrack(release.acquireId());
                if (job == null) {
                    yield new Missed(release);
                }
                items.addLast(job.value());
                yield new Added(job.value(), job.acquireId(), local);
            }
        };
    }

    private @Nullable Job untrack(String acquireId) {
        Tracked tracked = jobs.remove(acquireId);
        if (tracked == null) {
            return null;
        }
        disown(tracked);
        return tracked.job;
    }

    private void disown(Tracked tracked) {
        String owner = owner(tracked.job.clientId());
        TreeMap<Integer, Job> owned = byOwner.get(owner);
        if (owned != null) {
            owned.remove(tracked.place);
            if (owned.isEmpty()) {
                byOwner.remove(owner);
            }
        }
    }

    private static String owner(@Nullable String clientId) {
        return clientId == null ? NOBODY : clientId;
    }
}
