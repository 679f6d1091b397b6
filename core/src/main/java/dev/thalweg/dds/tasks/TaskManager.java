package dev.thalweg.dds.tasks;

import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.Listeners;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of which each is done by one client at a time: whoever volunteered first has it, the others wait in line. A
 * client that loses its connection loses its places; the next in line has the task as soon as the service says so. Reads
 * show what has been sequenced and nothing else.
 *
 * <p>Fluid's TaskManager, in Fluid's bytes. A task is a name; nothing has to be made before somebody volunteers for it.
 */
public final class TaskManager extends SharedObject<TaskOperation, TaskEvent> {
    /** How task managers are made. */
    public static final ChannelType<TaskManager> TYPE = new Type();

    /*
     * What this client waits for are volunteers, each told its outcome once, and subscriptions, which last. All of them
     * are numbered, since a lost connection concerns all, in the order in which they began.
     */
    private final TaskKernel kernel;
    private final Map<String, List<Volunteer>> volunteers = new HashMap<>();
    private int numbered;
    private boolean connected;
    private boolean owing;

    private static final class Volunteer {
        final String task;
        final int number;
        final Listener<? super TaskOutcome> outcome;
        int ordinal;
        boolean told;

        Volunteer(String task, int number, Listener<? super TaskOutcome> outcome) {
            this.task = task;
            this.number = number;
            this.outcome = outcome;
        }
    }

    private TaskManager(String id, TaskKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
    }

    @Override
    public ChannelType<TaskManager> type() {
        return TYPE;
    }

    /** Whether a task is this client's now. Never while there is no connection to a service the document is attached to. */
    public boolean assigned(String task) {
        return canVolunteer() && kernel.leads(task);
    }

    /** Whether this client has a task or waits in line for it. Never while there is no connection. */
    public boolean queued(String task) {
        return canVolunteer() && kernel.queued(task);
    }

    /** Whether this client keeps volunteering for a task, see {@link #subscribe}. */
    public boolean subscribed(String task) {
        return kernel.subscribed(task);
    }

    /** Whether there is a connection to volunteer on, or no service that would need one. */
    public boolean canVolunteer() {
        return connected || !attached();
    }

    /** The tasks that somebody has, in the order in which they were taken. */
    public List<String> tasks() {
        return kernel.tasks();
    }

    /** The connections that wait for a task; the first has it. Empty when nobody volunteered. */
    public List<String> queue(String task) {
        return kernel.queue(task);
    }

    /**
     * Lines up for a task once.
     *
     * @param outcome told once: {@code Assigned} when it is this client's turn, at once if it has the task already;
     *                {@code Completed} when somebody finishes the task before; {@code Abandoned} by {@link #abandon};
     *                {@code Disconnected}, or {@code Abandoned} when the place was not sequenced yet, when the
     *                connection ends, and {@code Disconnected} at once when there is none; {@code Aborted} when it is
     *                taken back before it is sent; {@code Unknown} when the channel is closed
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void volunteer(String task, Listener<? super TaskOutcome> outcome) {
        if (kernel.expected(task) && assigned(task)) {
            outcome.on(new TaskOutcome.Assigned());
        } else if (!attached()) {
            submit(new TaskOperation.Volunteer(task));
            outcome.on(new TaskOutcome.Assigned());
        } else if (!connected) {
            outcome.on(new TaskOutcome.Disconnected());
        } else {
            lineUp(new Volunteer(task, numbered++, outcome));
        }
    }

    /**
     * Lines up for a task, and again whenever this client comes back after its connection was lost, until it abandons
     * the task or somebody completes it.
     *
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void subscribe(String task) {
        if (kernel.subscribed(task)) {
            return;
        }
        boolean send = !kernel.expected(task);
        if (send) {
            submit(new TaskOperation.Volunteer(task));
        }
        kernel.subscribe(task, numbered++, send && attached());
    }

    /**
     * Gives a task up, or the place in line for it, and the subscription. Does nothing when there is none of them.
     *
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void abandon(String task) {
        if (kernel.expected(task) || kernel.subscribed(task)) {
            submit(new TaskOperation.Abandon(task));
            settle(task, 0, Integer.MAX_VALUE, new TaskOutcome.Abandoned());
        }
    }

    /**
     * Says that a task is done: everybody who waits for it is told.
     *
     * @throws IllegalStateException when the task is not this client's, or the channel takes no edits now
     */
    public void complete(String task) {
        if (!assigned(task)) {
            throw new IllegalStateException("task " + task + " is not assigned to this client");
        }
        submit(new TaskOperation.Complete(task));
    }

    @Override
    public void connectionChanged(boolean connected, @Nullable String clientId) {
        this.connected = connected;
        if (connected && clientId != null) {
            kernel.connected(clientId);
            if (owing) {
                owing = false;
                kernel.subscriptions().forEach(this::volunteerFor);
            }
        } else {
            try {
                tell(kernel.disconnected());
            } finally {
                withdraw();
            }
        }
    }

    @Override
    public void memberLeft(String clientId, int sequenceNumber) {
        if (kernel.waits(clientId)) {
            changed();
            tell(kernel.left(clientId));
        }
    }

    @Override
    public void attaching() {
        owing = true;
        tell(kernel.attaching());
    }

    @Override
    protected void bound() {
        if (attached()) {
            kernel.scrub(roster());
        }
    }

    @Override
    protected void closed(String reason) {
        hear(waiting(), new TaskOutcome.Unknown(reason));
        volunteers.clear();
    }

    @Override
    protected void onEvent(TaskEvent event) {
        switch (event) {
            case TaskEvent.Assigned assigned -> {
                if (assigned(assigned.task())) {
                    settle(assigned.task(), 0, Integer.MAX_VALUE, new TaskOutcome.Assigned());
                }
            }
            case TaskEvent.Completed completed -> settle(completed.task(), 0,
                    completed.local() && attached() ? kernel.settled() : Integer.MAX_VALUE,
                    new TaskOutcome.Completed());
            case TaskEvent.RolledBack taken -> settle(taken.task(), kernel.settled(), Integer.MAX_VALUE,
                    new TaskOutcome.Aborted());
            case TaskEvent.Queued queued -> {}
            case TaskEvent.Left left -> {}
            case TaskEvent.Lost lost -> {}
        }
    }

    private void lineUp(Volunteer volunteer) {
        if (!kernel.expected(volunteer.task)) {
            submit(new TaskOperation.Volunteer(volunteer.task));
        }
        volunteer.ordinal = kernel.made();
        List<Volunteer> others = volunteers.get(volunteer.task);
        if (others == null) {
            others = new ArrayList<>(1);
            volunteers.put(volunteer.task, others);
        }
        others.add(volunteer);
    }

    /*
     * The connection is gone. Whoever waits hears it, oldest first, and takes back what was not sequenced, which would
     * otherwise be sent again; a subscription sees to it that something is. What one does the next one finds: a task that
     * this client both waits for and is subscribed to is given up, as in Fluid.
     */
    private void withdraw() {
        List<Volunteer> all = waiting();
        List<TaskKernel.Subscription> lasting = kernel.subscriptions();
        int[] next = {0};
        try {
            Listeners.each(all, volunteer -> {
                while (next[0] < lasting.size() && lasting.get(next[0]).number() < volunteer.number) {
                    volunteerFor(lasting.get(next[0]++));
                }
                try {
                    abandon(volunteer.task);
                } finally {
                    hear(List.of(volunteer), new TaskOutcome.Disconnected());
                }
            });
        } finally {
            volunteers.clear();
            while (next[0] < lasting.size()) {
                volunteerFor(lasting.get(next[0]++));
            }
        }
    }

    private void volunteerFor(TaskKernel.Subscription subscription) {
        if (!kernel.expected(subscription.task())) {
            submit(new TaskOperation.Volunteer(subscription.task()));
            if (kernel.subscribed(subscription.task())) {
                kernel.subscribe(subscription.task(), subscription.number(), true);
            }
        }
    }

    /** Everybody who waits, oldest first. */
    private List<Volunteer> waiting() {
        List<Volunteer> all = new ArrayList<>();
        volunteers.values().forEach(all::addAll);
        all.sort((a, b) -> Integer.compare(a.number, b.number));
        return all;
    }

    /** Tells those who wait for a task since an own operation within bounds. @param before exclusive */
    private void settle(String task, int from, int before, TaskOutcome result) {
        List<Volunteer> all = volunteers.get(task);
        if (all == null) {
            return;
        }
        List<Volunteer> due = new ArrayList<>(all.size());
        List<Volunteer> others = new ArrayList<>(0);
        for (Volunteer volunteer : all) {
            (volunteer.ordinal >= from && volunteer.ordinal < before ? due : others).add(volunteer);
        }
        if (others.isEmpty()) {
            volunteers.remove(task);
        } else {
            volunteers.put(task, others);
        }
        hear(due, result);
    }

    private static void hear(List<Volunteer> due, TaskOutcome result) {
        Listeners.each(due, volunteer -> {
            if (!volunteer.told) {
                volunteer.told = true;
                volunteer.outcome.on(result);
            }
        });
    }

    private static final class Type implements ChannelType<TaskManager> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes
                .of("https://graph.microsoft.com/types/task-manager", "0.1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public TaskManager create(String id, String replica) {
            return new TaskManager(id, new TaskKernel(new TaskQueues()));
        }

        @Override
        public TaskManager load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            return new TaskManager(id, new TaskKernel(TaskSummary.read(summary)));
        }
    }
}
