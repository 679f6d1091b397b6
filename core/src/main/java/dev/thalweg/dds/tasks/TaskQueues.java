package dev.thalweg.dds.tasks;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for what. A queue exists as long as somebody is in it; queues keep the order in which they began, which is
 * that of a summary and of what a client that leaves causes.
 *
 * <p>A client finds its queues without a look at any other. An entry can be hidden: it is sequenced and goes into
 * summaries, but readers do not see it.
 */
final class TaskQueues {
    private final Map<String, Queue> queues = new LinkedHashMap<>();
    private final Map<String, Map<String, Queue>> byClient = new HashMap<>();
    private int begun;

    private static final class Queue {
        final String task;
        final int number;
        final Map<String, Boolean> shown = new LinkedHashMap<>();

        Queue(String task, int number) {
            this.task = task;
            this.number = number;
        }
    }

    /** The tasks somebody waits for, in the order in which their queues began. */
    List<String> tasks() {
        List<String> tasks = new ArrayList<>();
        for (Queue queue : queues.values()) {
            if (first(queue) != null) {
                tasks.add(queue.task);
            }
        }
        return tasks;
    }

    /** Who waits for a task, first come first, without those that are hidden. */
    List<String> queue(String task) {
        List<String> clients = new ArrayList<>();
        Queue queue = queues.get(task);
        if (queue != null) {
            for (Map.Entry<String, Boolean> entry : queue.shown.entrySet()) {
                if (entry.getValue()) {
                    clients.add(entry.getKey());
                }
            }
        }
        return clients;
    }

    /** Who has the task, or null. */
    @Nullable
    String head(String task) {
        Queue queue = queues.get(task);
        return queue == null ? null : first(queue);
    }

    /** Whether a client is in a queue and not hidden. */
    boolean has(String task, String clientId) {
        Queue queue = queues.get(task);
        return queue != null && Boolean.TRUE.equals(queue.shown.get(clientId));
    }

    /** Whether a client is in any queue, hidden or not. */
    boolean knows(String clientId) {
        return byClient.containsKey(clientId);
    }

    /** The tasks in whose queues a client is, hidden or not, in the order in which the queues began. */
    List<String> of(String clientId) {
        Map<String, Queue> mine = byClient.get(clientId);
        if (mine == null) {
            return List.of();
        }
        List<Queue> sorted = new ArrayList<>(mine.values());
        sorted.sort((a, b) -> Integer.compare(a.number, b.number));
        List<String> tasks = new ArrayList<>(sorted.size());
        for (Queue queue : sorted) {
            tasks.add(queue.task);
        }
        return tasks;
    }

    /** Puts a client at the end. @return false when it was in the queue already, hidden or not */
    boolean add(String task, String clientId) {
        Queue queue = queues.get(task);
        if (queue == null) {
            queue = new Queue(task, begun++);
            queues.put(task, queue);
        }
        if (queue.shown.putIfAbsent(clientId, true) != null) {
            return false;
        }
        Map<String, Queue> mine = byClient.get(clientId);
        if (mine == null) {
            mine = new HashMap<>();
            byClient.put(clientId, mine);
        }
        mine.put(task, queue);
        return true;
    }

    /** Takes a client out. @return whether readers saw it there */
    boolean remove(String task, String clientId) {
        Queue queue = queues.get(task);
        if (queue == null) {
            return false;
        }
        Boolean shown = queue.shown.remove(clientId);
        if (shown == null) {
            return false;
        }
        forget(clientId, task);
        if (queue.shown.isEmpty()) {
            queues.remove(task);
        }
        return shown;
    }

    /** Takes everybody out of a queue. */
    void remove(String task) {
        Queue queue = queues.remove(task);
        if (queue != null) {
            for (String clientId : queue.shown.keySet()) {
                forget(clientId, task);
            }
        }
    }

    /** Lets readers see a client in a queue no more. @return whether they saw it there */
    boolean hide(String task, String clientId) {
        Queue queue = queues.get(task);
        return queue != null && Boolean.TRUE.equals(queue.shown.replace(clientId, false));
    }

    /** Everything sequenced, as a summary has it. @param without a client that does not go into one */
    JsonArray toJson(String without) {
        List<JsonValue> pairs = new ArrayList<>(queues.size());
        for (Queue queue : queues.values()) {
            List<JsonValue> clients = new ArrayList<>(queue.shown.size());
            for (String clientId : queue.shown.keySet()) {
                if (!clientId.equals(without)) {
                    clients.add(new JsonString(clientId));
                }
            }
            if (!clients.isEmpty()) {
                pairs.add(JsonArray.of(new JsonString(queue.task), new JsonArray(clients)));
            }
        }
        return new JsonArray(pairs);
    }

    /** Throws an {@link IllegalStateException} when both ways to a queue disagree. For tests. */
    void check() {
        int places = 0;
        for (Queue queue : queues.values()) {
            require(!queue.shown.isEmpty(), "nobody waits for", queue.task);
            for (String clientId : queue.shown.keySet()) {
                Map<String, Queue> mine = byClient.get(clientId);
                require(mine != null && mine.get(queue.task) == queue, clientId + " does not find", queue.task);
                places++;
            }
        }
        int found = 0;
        for (Map.Entry<String, Map<String, Queue>> entry : byClient.entrySet()) {
            require(!entry.getValue().isEmpty(), "no queue of", entry.getKey());
            found += entry.getValue().size();
        }
        require(found == places, found + " places are found by client, there are", "" + places);
    }

    private static void require(boolean holds, String what, String where) {
        if (!holds) {
            throw new IllegalStateException(what + " " + where);
        }
    }

    /* Only this client's own places are ever hidden, one for each connection that is not known to have ended. */
    private static @Nullable String first(Queue queue) {
        for (Map.Entry<String, Boolean> entry : queue.shown.entrySet()) {
            if (entry.getValue()) {
                return entry.getKey();
            }
        }
        return null;
    }

    private void forget(String clientId, String task) {
        Map<String, Queue> mine = byClient.get(clientId);
        if (mine != null) {
            mine.remove(task);
            if (mine.isEmpty()) {
                byClient.remove(clientId);
            }
        }
    }
}
