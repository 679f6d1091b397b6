package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.queue.ConsensusQueue;
import dev.thalweg.dds.queue.Job;
import dev.thalweg.dds.queue.QueueEvent;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls: {@code {"m":"add","v":1}}, {@code {"m":"acquire"}} and {@code {"m":"waitAndAcquire"}}, which return the client's
 * number of the acquisition from 1, {@code {"m":"complete","of":1}} and {@code {"m":"release","of":1}} of such a number,
 * or of 0 for the oldest that is in hand. State: {@code {"queue":[…],"tracking":[[id, value, client], …]}}.
 */
final class OrderedCollectionModel implements StructureModel<ConsensusQueue> {
    @Override
    public String name() {
        return "orderedCollection";
    }

    @Override
    public ChannelType<ConsensusQueue> type() {
        return ConsensusQueue.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, ConsensusQueue channel) {
        return switch (rng.weighted(40, 25, 5, 16, 14)) {
            case 0 -> JsonObject.builder().put("m", "add").put("v", rng.below(100)).build();
            case 1 -> JsonObject.of("m", JsonValue.of("acquire"));
            case 2 -> JsonObject.of("m", JsonValue.of("waitAndAcquire"));
            case 3 -> JsonObject.builder().put("m", "complete").put("of", rng.chance(80) ? 0 : rng.below(6)).build();
            default -> JsonObject.builder().put("m", "release").put("of", rng.chance(80) ? 0 : rng.below(6)).build();
        };
    }

    @Override
    public @Nullable JsonValue perform(ConsensusQueue channel, JsonValue call) {
        return caller(channel, Answers.none()).call(0, call);
    }

    @Override
    public Caller caller(ConsensusQueue channel, Answers answers) {
        return new QueueWorker(channel, answers);
    }

    @Override
    public JsonValue state(ConsensusQueue channel) {
        List<JsonValue> jobs = new ArrayList<>();
        for (Job job : channel.jobs()) {
            jobs.add(JsonArray.of(JsonValue.of(job.acquireId()), job.value(), orNull(job.clientId())));
        }
        return state(channel.items(), jobs);
    }

    private static JsonValue state(List<JsonValue> items, List<JsonValue> jobs) {
        return JsonObject.builder().put("queue", new JsonArray(items)).put("tracking", new JsonArray(jobs)).build();
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((QueueEvent) event) {
            case QueueEvent.Added added -> event("add", added.value(), JsonValue.of(added.newlyAdded()));
            case QueueEvent.Acquired acquired -> event("acquire", acquired.value(), orNull(acquired.clientId()));
            case QueueEvent.Completed completed -> event("complete", completed.value());
            case QueueEvent.LocalReleased released -> event("localRelease", released.value(),
                    JsonValue.of(released.intentional()));
            case QueueEvent.Missed missed -> event("missed", missed.operation().toJson());
            case QueueEvent.Aborted aborted -> event("aborted", aborted.operation().toJson());
        };
    }

    @Override
    public List<JsonValue> events(ChannelEvent event) {
        return event instanceof QueueEvent.Missed || event instanceof QueueEvent.Aborted ? List.of()
                : List.of(event(event));
    }

    private static JsonValue event(String name, JsonValue... arguments) {
        List<JsonValue> all = new ArrayList<>();
        all.add(JsonValue.of(name));
        all.addAll(List.of(arguments));
        return new JsonArray(all);
    }

    /** Two lists, walked through from end to end for everything. */
    @Override
    public JsonValue expectedOfLine(JsonArray line) {
        List<JsonValue> items = new ArrayList<>();
        List<JsonArray> jobs = new ArrayList<>();
        for (JsonValue entry : line.values()) {
            JsonValue client = Fields.value(entry, "client");
            if (Fields.string(entry, "type").equals("leave")) {
                for (JsonArray job : List.copyOf(jobs)) {
                    if (job.get(2).equals(client)) {
                        jobs.remove(job);
                        items.add(job.get(1));
                    }
                }
            }
            for (JsonValue operation : Fields.array(entry, "contents").values()) {
                JsonValue id = Fields.value(operation, "acquireId");
                switch (Fields.string(operation, "opName")) {
                    case "add" -> items.add(Fields.value(operation, "deserializedValue"));
                    case "acquire" -> {
                        if (!items.isEmpty()) {
                            jobs.add(JsonArray.of(id, items.remove(0), client));
                        }
                    }
                    default -> {
                        for (JsonArray job : List.copyOf(jobs)) {
                            if (job.get(0).equals(id)) {
                                jobs.remove(job);
                                if (Fields.string(operation, "opName").equals("release")) {
                                    items.add(job.get(1));
                                }
                            }
                        }
                    }
                }
            }
        }
        return state(items, List.copyOf(jobs));
    }

    /** Acquisitions are numbered by each client in the order in which it makes them, which is that of sending them. */
    @Override
    public JsonObject recorded(JsonObject record) throws ProtocolException {
        Map<Integer, Integer> made = new HashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (JsonValue step : Fields.array(record, "steps").values()) {
            int client = (int) Fields.number(step, "c");
            for (JsonValue message : Fields.array(step, "sent").values()) {
                for (JsonValue operation : Fields.array(message, "contents").values()) {
                    String id = Fields.string(operation, "acquireId");
                    if (Fields.string(operation, "opName").equals("acquire") && !names.containsKey(id)) {
                        names.put(id, "c" + client + "_" + (made.merge(client, 1, Integer::sum) - 1));
                    }
                }
            }
        }
        // As text, since summaries hold them in text of their own; all recorded ids are of one length.
        String text = record.toJson();
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return JsonCasts.object(JsonValue.parse(text), "script");
    }

    @Override
    public Follower follow(ConsensusQueue channel) {
        return new QueueFollower(channel);
    }

    private static JsonValue orNull(@Nullable String text) {
        return text == null ? JsonNull.NULL : new JsonString(text);
    }

    /** Moves items between a queue and jobs as events tell. */
    private static final class QueueFollower implements Follower {
        private final ConsensusQueue channel;
        private final List<JsonValue> items;
        private final Map<String, Job> jobs = new LinkedHashMap<>();

        QueueFollower(ConsensusQueue channel) {
            this.channel = channel;
            items = channel.items();
            channel.jobs().forEach(job -> jobs.put(job.acquireId(), job));
            channel.subscribe(this::on);
        }

        private void on(QueueEvent event) {
            switch (event) {
                case QueueEvent.Added added -> {
                    if (added.returnedFrom() != null) {
                        take(added.returnedFrom(), added.value());
                    }
                    items.add(added.value());
                }
                case QueueEvent.Acquired acquired -> {
                    same(items.remove(0), acquired.value());
                    jobs.put(acquired.acquireId(),
                            new Job(acquired.acquireId(), acquired.value(), acquired.clientId()));
                }
                case QueueEvent.Completed completed -> take(completed.acquireId(), completed.value());
                case QueueEvent.LocalReleased released -> {}
                case QueueEvent.Missed missed -> {}
                case QueueEvent.Aborted aborted -> {}
            }
        }

        private void take(String acquireId, JsonValue value) {
            Job job = jobs.remove(acquireId);
            same(job == null ? JsonNull.NULL : job.value(), value);
        }

        private static void same(JsonValue had, JsonValue told) {
            if (!had.equals(told)) {
                throw new IllegalStateException("an event says " + told.toJson() + " where there is " + had.toJson());
            }
        }

        @Override
        public void check() {
            if (!items.equals(channel.items()) || !List.copyOf(jobs.values()).equals(channel.jobs())) {
                throw new IllegalStateException("events come to " + items + " and " + jobs.values() + ", there are "
                        + channel.items() + " and " + channel.jobs());
            }
        }
    }
}
