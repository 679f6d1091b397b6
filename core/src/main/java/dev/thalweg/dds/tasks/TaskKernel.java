package dev.thalweg.dds.tasks;

import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.PendingOperations;
import dev.thalweg.dds.Roster;
import dev.thalweg.dds.tasks.TaskEvent.Assigned;
import dev.thalweg.dds.tasks.TaskEvent.Completed;
import dev.thalweg.dds.tasks.TaskEvent.Left;
import dev.thalweg.dds.tasks.TaskEvent.Lost;
import dev.thalweg.dds.tasks.TaskEvent.Queued;
import dev.thalweg.dds.tasks.TaskEvent.RolledBack;
import dev.thalweg.dds.tasks.TaskOperation.Abandon;
import dev.thalweg.dds.tasks.TaskOperation.Complete;
import dev.thalweg.dds.tasks.TaskOperation.Volunteer;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Task queues without the world around them, and to which tasks this client is subscribed. Nothing shows before it is
 * sequenced.
 */
final class TaskKernel implements Kernel<TaskOperation, TaskEvent> {
    /*
     * A queue holds connections, not clients: who drops is out of all queues when its leave is sequenced, and has to
     * volunteer again. It knows of that at once, and does not wait for the leave: from the moment the connection is gone
     * its places are hidden from its own reader, while the sequenced queues, which go into summaries, stay as everybody
     * else has them.
     *
     * While a document has no service, its one client stands in the queues as `placeholder`. That never reaches others:
     * its places are given up when the document is attached, and subscriptions volunteer under the real id.
     *
     * Own operations have ordinals. Whoever waits for a task is not concerned by what this client did about it before:
     * an operation that is sequenced settles only what began before it was made.
     */
    static final String PLACEHOLDER = "placeholder";

    private final TaskQueues queues;
    private final Map<String, ArrayDeque<Pending>> pending = new HashMap<>();
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private String self = PLACEHOLDER;
    private int made;
    private int settled;

    /** @param ended the subscription that an abandonment ended, which comes back when it is taken back */
    private record Pending(TaskOperation operation, int ordinal, @Nullable Subscription ended) {}

    /**
     * This client volunteers for a task again whenever it lost its place.
     *
     * @param number its place among all that this client waits for
     * @param since  the newest own operation when it began or volunteered last
     * @param sent   the operation with which it volunteered last, 0 when this client was in line already
     */
    record Subscription(String task, int number, int since, int sent) {}

    TaskKernel(TaskQueues queues) {
        this.queues = queues;
    }

    List<String> tasks() {
        return queues.tasks();
    }

    List<String> queue(String task) {
        return queues.queue(task);
    }

    /** Whether this client's connection, the present or the last one, is the first of a queue. */
    boolean leads(String task) {
        return self.equals(queues.head(task));
    }

    /** Whether this client's connection, the present or the last one, is in a queue. */
    boolean queued(String task) {
        return queues.has(task, self);
    }

    /** Whether this client will be in the queue when everything is sequenced that it did, as far as is known. */
    boolean expected(String task) {
        ArrayDeque<Pending> mine = pending.get(task);
        if (mine == null) {
            return queued(task);
        }
        return switch (mine.getLast().operation) {
            case Volunteer volunteer -> true;
            case Abandon abandon -> false;
            case Complete complete -> false;
        };
    }

    /** Whether a connection is in any queue. */
    boolean waits(String clientId) {
        return queues.knows(clientId);
    }

    /** The ordinal of the newest own operation, 0 when there was none. */
    int made() {
        return made;
    }

    /** The ordinal of the own operation that was sequenced or taken back last, 0 when there was none. */
    int settled() {
        return settled;
    }

    boolean subscribed(String task) {
        return subscriptions.containsKey(task);
    }

    /** The subscriptions, oldest first. */
    List<Subscription> subscriptions() {
        return new ArrayList<>(subscriptions.values());
    }

    /**
     * @param number the place of the subscription among all that this client waits for
     * @param sent   whether the newest own operation volunteers for it
     */
    void subscribe(String task, int number, boolean sent) {
        subscriptions.put(task, new Subscription(task, number, made, sent ? made : 0));
    }

    @Override
    public TaskOperation read(JsonValue contents) throws ProtocolException {
        return TaskOperation.read(contents);
    }

    @Override
    public List<TaskEvent> detached(TaskOperation operation) {
        List<TaskEvent> events = new ArrayList<>();
        switch (operation) {
            case Volunteer volunteer -> enter(volunteer.task(), self, true, events);
            case Abandon abandon -> {
                subscriptions.remove(abandon.task());
                exit(abandon.task(), self, true, events);
            }
            case Complete complete -> {
                subscriptions.remove(complete.task());
                finish(complete.task(), true, events);
            }
        }
        return events;
    }

    @Override
    public List<TaskEvent> local(TaskOperation operation) {
        Subscription ended = operation instanceof Abandon ? subscriptions.remove(operation.task()) : null;
        made++;
        add(new Pending(operation, made, ended));
        return List.of();
    }

    @Override
    public List<TaskEvent> sequenced(TaskOperation operation, OperationContext context, boolean own) {
        if (own) {
            settled = due(operation, true).ordinal;
        }
        List<TaskEvent> events = new ArrayList<>();
        switch (operation) {
            case Volunteer volunteer -> {
                if (context.roster().has(context.clientId())) {
                    enter(volunteer.task(), context.clientId(), own, events);
                }
            }
            case Abandon abandon -> {
                if (own) {
                    unsubscribe(abandon.task(), settled);
                }
                exit(abandon.task(), context.clientId(), own, events);
            }
            case Complete complete -> {
                unsubscribe(complete.task(), own ? settled : Integer.MAX_VALUE);
                finish(complete.task(), own, events);
            }
        }
        return events;
    }

    @Override
    public List<TaskEvent> rollback(TaskOperation operation) {
        Pending taken = due(operation, false);
        settled = taken.ordinal;
        Subscription subscription = subscriptions.get(operation.task());
        if (subscription != null && subscription.since >= settled) {
            subscriptions.remove(operation.task());
        }
        if (taken.ended != null) {
            subscriptions.put(operation.task(), taken.ended);
        }
        return List.of(new RolledBack(operation.task()));
    }

    /**
     * Only volunteering is worth sending again, and only when what this client did last about the task was not to give
     * it up: its other operations concern places that went with the connection.
     */
    @Override
    public @Nullable TaskOperation resubmit(TaskOperation operation) {
        due(operation, true);
        ArrayDeque<Pending> others = pending.get(operation.task());
        boolean abandoned = others != null && others.getLast().operation instanceof Abandon;
        if (!(operation instanceof Volunteer) || abandoned) {
            return null;
        }
        made++;
        add(new Pending(operation, made, null));
        return operation;
    }

    /** The connection is gone, and this client's places with it. */
    List<TaskEvent> disconnected() {
        return giveUp(true);
    }

    /** This client is on the line under an id, or under another one than before. */
    void connected(String clientId) {
        self = clientId;
    }

    /** The document is about to be attached: the places its only client had so far are given up. */
    List<TaskEvent> attaching() {
        return giveUp(false);
    }

    /** A member of the quorum left. */
    List<TaskEvent> left(String clientId) {
        List<TaskEvent> events = new ArrayList<>();
        for (String task : queues.of(clientId)) {
            exit(task, clientId, clientId.equals(self), events);
        }
        return events;
    }

    /** Takes everybody out of the queues who is not in the quorum, as can only be in a summary that is not right. */
    void scrub(Roster roster) {
        for (String task : queues.tasks()) {
            for (String clientId : queues.queue(task)) {
                if (!roster.has(clientId)) {
                    queues.remove(task, clientId);
                }
            }
        }
    }

    @Override
    public SummaryNode.Tree summarize() {
        return TaskSummary.write(queues.toJson(PLACEHOLDER));
    }

    @Override
    public JsonValue snapshot() {
        Map<String, JsonValue> sorted = new TreeMap<>();
        for (String task : queues.tasks()) {
            sorted.put(task, JsonArray.ofStrings(queues.queue(task)));
        }
        return JsonObject.of(sorted);
    }

    @Override
    public void check() {
        queues.check();
        for (Map.Entry<String, ArrayDeque<Pending>> entry : pending.entrySet()) {
            int before = 0;
            for (Pending each : entry.getValue()) {
                if (each.ordinal <= before || !each.operation.task().equals(entry.getKey())) {
                    throw new IllegalStateException("pending out of order for " + entry.getKey());
                }
                before = each.ordinal;
            }
            if (before == 0) {
                throw new IllegalStateException("nothing pending for " + entry.getKey());
            }
        }
    }

    private void enter(String task, String clientId, boolean local, List<TaskEvent> events) {
        boolean led = leads(task);
        if (queues.add(task, clientId)) {
            events.add(new Queued(task, clientId, local));
            tellLead(task, led, events);
        }
    }

    private void exit(String task, String clientId, boolean local, List<TaskEvent> events) {
        boolean led = leads(task);
        if (queues.remove(task, clientId)) {
            events.add(new Left(task, clientId, local));
            tellLead(task, led, events);
        }
    }

    private void finish(String task, boolean local, List<TaskEvent> events) {
        queues.remove(task);
        events.add(new Completed(task, local));
    }

    private void tellLead(String task, boolean led, List<TaskEvent> events) {
        boolean leads = leads(task);
        if (leads != led) {
            events.add(leads ? new Assigned(task) : new Lost(task));
        }
    }

    private List<TaskEvent> giveUp(boolean hidden) {
        List<TaskEvent> events = new ArrayList<>();
        for (String task : queues.of(self)) {
            boolean led = leads(task);
            if (hidden ? queues.hide(task, self) : queues.remove(task, self)) {
                events.add(new Left(task, self, true));
                tellLead(task, led, events);
            }
        }
        return events;
    }

    /** Ends a subscription that volunteered before an own operation, or never. */
    private void unsubscribe(String task, int ordinal) {
        Subscription subscription = subscriptions.get(task);
        if (subscription != null && subscription.sent < ordinal) {
            subscriptions.remove(task);
        }
    }

    private void add(Pending one) {
        ArrayDeque<Pending> mine = pending.get(one.operation.task());
        if (mine == null) {
            mine = new ArrayDeque<>(2);
            pending.put(one.operation.task(), mine);
        }
        mine.addLast(one);
    }

    private Pending due(TaskOperation operation, boolean oldest) {
        ArrayDeque<Pending> mine = pending.get(operation.task());
        Pending due = mine == null ? null : oldest ? mine.pollFirst() : mine.pollLast();
        PendingOperations.requireDue(due == null ? null : due.operation, operation);
        if (mine != null && mine.isEmpty()) {
            pending.remove(operation.task());
        }
        return Objects.requireNonNull(due);
    }
}
