package dev.thalweg.dds.tasks;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.List;

/**
 * Tasks in a summary: {@code header} holds {@code [[task,[client,…]],…]}, in the order in which the queues began; the
 * first client of each is the one that has the task.
 */
final class TaskSummary {
    private static final String HEADER = "header";

    private TaskSummary() {}

    /** @param header as {@link TaskQueues#toJson} gives it */
    static SummaryNode.Tree write(JsonValue header) {
        return new SummaryBuilder().text(HEADER, header.toJson()).build();
    }

    static TaskQueues read(SummaryNode.Tree summary) throws ProtocolException {
        String text = summary.requireText(HEADER, "a task manager's summary");
        TaskQueues queues = new TaskQueues();
        for (JsonValue each : JsonCasts.array(JsonValue.parse(text), HEADER).values()) {
            List<JsonValue> pair = JsonCasts.array(each, "task").values();
            if (pair.size() != 2) {
                throw new ProtocolException("a task must be a pair of id and queue, has " + pair.size() + " members");
            }
            String task = JsonCasts.string(pair.get(0), "task id");
            JsonArray clients = JsonCasts.array(pair.get(1), "queue of " + task);
            if (queues.head(task) != null) {
                throw new ProtocolException("task " + task + " is there twice");
            }
            for (JsonValue client : clients.values()) {
                String clientId = JsonCasts.string(client, "client in the queue of " + task);
                if (!queues.add(task, clientId)) {
                    throw new ProtocolException(clientId + " is in the queue of " + task + " twice");
                }
            }
        }
        return queues;
    }
}
