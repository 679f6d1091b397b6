package dev.thalweg.dds.queue;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A queue in a summary: {@code header} holds the items in order, {@code jobTracking} pairs of an acquisition's id and
 * {@code {"value":…,"clientId":…}}, in the order in which they were made.
 */
final class QueueSummary {
    private static final String HEADER = "header";
    private static final String JOBS = "jobTracking";

    private QueueSummary() {}

    static SummaryNode.Tree write(Collection<JsonValue> items, Collection<Job> jobs) {
        List<JsonValue> pairs = new ArrayList<>(jobs.size());
        for (Job job : jobs) {
            pairs.add(JsonArray.of(JsonValue.of(job.acquireId()), JsonObject.builder().put("value", job.value())
                    .putIfPresent("clientId", job.clientId()).build()));
        }
        return new SummaryBuilder().text(HEADER, new JsonArray(List.copyOf(items)).toJson())
                .text(JOBS, new JsonArray(pairs).toJson()).build();
    }

    static QueueKernel read(SummaryNode.Tree summary) throws ProtocolException {
        QueueKernel kernel = new QueueKernel();
        for (JsonValue item : array(summary, HEADER).values()) {
            kernel.add(item);
        }
        for (JsonValue each : array(summary, JOBS).values()) {
            JsonArray pair = JsonCasts.array(each, JOBS);
            if (pair.size() != 2) {
                throw new ProtocolException(JOBS + ": expected a pair, was " + pair.toJson());
            }
            JsonObject job = JsonCasts.object(pair.get(1), JOBS);
            kernel.track(new Job(JsonCasts.string(pair.get(0), JOBS), job.require("value"),
                    job.optionalString("clientId")));
        }
        return kernel;
    }

    private static JsonArray array(SummaryNode.Tree summary, String name) throws ProtocolException {
        String text = summary.requireText(name, "a queue's summary");
        return JsonCasts.array(JsonValue.parse(text), name);
    }
}
