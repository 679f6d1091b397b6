package dev.thalweg.testkit;

import dev.thalweg.dds.tasks.TaskEvent;
import dev.thalweg.dds.tasks.TaskManager;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps the queues, and what is this client's, by events alone. */
final class TaskFollower implements Follower {
    private final TaskManager manager;
    private final Map<String, List<String>> queues = new TreeMap<>();
    private final Set<String> own = new LinkedHashSet<>();

    TaskFollower(TaskManager manager) {
        this.manager = manager;
        for (String task : manager.tasks()) {
            queues.put(task, new ArrayList<>(manager.queue(task)));
        }
        manager.subscribe(this::on);
    }

    private void on(TaskEvent event) {
        switch (event) {
            case TaskEvent.Queued queued -> queues.computeIfAbsent(queued.task(), task -> new ArrayList<>())
                    .add(queued.clientId());
            case TaskEvent.Left left -> {
                List<String> queue = queues.get(left.task());
                require(queue != null && queue.remove(left.clientId()), event);
                if (queue != null && queue.isEmpty()) {
                    queues.remove(left.task());
                }
            }
            case TaskEvent.Completed completed -> {
                queues.remove(completed.task());
                own.remove(completed.task());
            }
            case TaskEvent.Assigned assigned -> require(own.add(assigned.task()), event);
            case TaskEvent.Lost lost -> require(own.remove(lost.task()), event);
            case TaskEvent.RolledBack taken -> {}
        }
    }

    private static void require(boolean holds, TaskEvent event) {
        if (!holds) {
            throw new IllegalStateException("does not follow from what was told: " + event);
        }
    }

    @Override
    public void check() {
        Map<String, List<String>> there = new TreeMap<>();
        for (String task : manager.tasks()) {
            there.put(task, manager.queue(task));
            if (manager.canVolunteer() && manager.assigned(task) != own.contains(task)) {
                throw new IllegalStateException("events come to " + own + ", assigned is "
                        + manager.assigned(task) + " for " + task);
            }
        }
        if (!there.equals(queues)) {
            throw new IllegalStateException("events come to " + queues + ", there is " + there);
        }
    }
}
