package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.register.ConsensusRegisterCollection;
import dev.thalweg.dds.register.ReadPolicy;
import dev.thalweg.dds.register.RegisterEvent;
import dev.thalweg.dds.register.WriteOutcome;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls: {@code {"m":"write","k":"a","v":1}}, resolved with whether it won. State: pairs of key and
 * {@code {"atomic":…,"lww":…,"versions":[…]}} in the order in which the keys came.
 */
final class RegisterCollectionModel implements StructureModel<ConsensusRegisterCollection> {
    private static final List<String> KEYS = List.of("a", "b", "", "__proto__", "🌊");

    @Override
    public String name() {
        return "registerCollection";
    }

    @Override
    public ChannelType<ConsensusRegisterCollection> type() {
        return ConsensusRegisterCollection.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, ConsensusRegisterCollection channel) {
        JsonValue value = rng.chance(80) ? JsonValue.of(rng.below(100)) : JsonObject.of("n", JsonNull.NULL);
        return JsonObject.builder().put("m", "write").put("k", rng.pick(KEYS)).put("v", value).build();
    }

    @Override
    public @Nullable JsonValue perform(ConsensusRegisterCollection channel, JsonValue call) {
        return caller(channel, Answers.none()).call(0, call);
    }

    @Override
    public Caller caller(ConsensusRegisterCollection channel, Answers answers) {
        return (id, call) -> {
            if (!Calls.verb(call).equals("write")) {
                throw Calls.unknown(call);
            }
            Once<WriteOutcome> outcome = new Once<>(call, result -> resolve(id, result, answers));
            channel.write(Calls.string(call, "k"), Calls.argument(call, "v"), outcome);
            return null;
        };
    }

    private static void resolve(int id, WriteOutcome outcome, Answers answers) {
        boolean won = switch (outcome) {
            case WriteOutcome.Won w -> true;
            case WriteOutcome.Lost lost -> false;
            case WriteOutcome.Aborted aborted -> false;
            case WriteOutcome.Unknown unknown -> false;
        };
        if (id > 0) {
            answers.resolve(id, JsonValue.of(won), 0);
        }
    }

    @Override
    public JsonValue state(ConsensusRegisterCollection channel) {
        List<JsonValue> rows = new ArrayList<>();
        for (String key : channel.keys()) {
            rows.add(row(key, orNull(channel.read(key)), orNull(channel.read(key, ReadPolicy.LWW)),
                    channel.versions(key)));
        }
        return new JsonArray(rows);
    }

    private static JsonValue row(String key, JsonValue atomic, JsonValue newest, List<JsonValue> versions) {
        return JsonArray.of(JsonValue.of(key), JsonObject.builder().put("atomic", atomic).put("lww", newest)
                .put("versions", new JsonArray(versions)).build());
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((RegisterEvent) event) {
            case RegisterEvent.AtomicChanged changed -> event("atomicChanged", changed, changed.value());
            case RegisterEvent.VersionChanged changed -> event("versionChanged", changed, changed.value());
            case RegisterEvent.Aborted aborted -> event("aborted", aborted, aborted.value());
        };
    }

    @Override
    public List<JsonValue> events(ChannelEvent event) {
        return event instanceof RegisterEvent.Aborted ? List.of() : List.of(event(event));
    }

    private static JsonValue event(String name, RegisterEvent event, JsonValue value) {
        return JsonArray.of(JsonValue.of(name), JsonValue.of(event.key()), value, JsonValue.of(event.local()));
    }

    /** Keeps every write of a register for good, and says of each whether a later one has seen it. */
    @Override
    public JsonValue expected(List<LogOperation> log) {
        Map<String, List<LogOperation>> writes = new LinkedHashMap<>();
        for (LogOperation operation : log) {
            writes.computeIfAbsent(Fields.string(operation.contents(), "key"), absent -> new ArrayList<>())
                    .add(operation);
        }
        List<JsonValue> rows = new ArrayList<>();
        writes.forEach((key, all) -> {
            LogOperation atomic = all.get(0);
            List<JsonValue> versions = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                LogOperation write = all.get(i);
                if (reference(write) >= atomic.sequenceNumber()) {
                    atomic = write;
                }
                if (!seen(write, all.subList(i + 1, all.size()))) {
                    versions.add(value(write));
                }
            }
            rows.add(row(key, value(atomic), value(all.get(all.size() - 1)), versions));
        });
        return new JsonArray(rows);
    }

    private static boolean seen(LogOperation write, List<LogOperation> later) {
        for (LogOperation other : later) {
            if (reference(other) >= write.sequenceNumber()) {
                return true;
            }
        }
        return false;
    }

    private static double reference(LogOperation write) {
        return Fields.number(write.contents(), "refSeq");
    }

    private static JsonValue value(LogOperation write) {
        return Fields.value(Fields.object(write.contents(), "value"), "value");
    }

    @Override
    public Follower follow(ConsensusRegisterCollection channel) {
        return new RegisterFollower(channel);
    }

    private static JsonValue orNull(@Nullable JsonValue value) {
        return value == null ? JsonNull.NULL : value;
    }

    /** Keeps the atomic value and the newest version of each register, as events tell them. */
    private static final class RegisterFollower implements Follower {
        private final ConsensusRegisterCollection channel;
        private final Map<String, JsonValue> atomic = new LinkedHashMap<>();
        private final Map<String, JsonValue> newest = new LinkedHashMap<>();

        RegisterFollower(ConsensusRegisterCollection channel) {
            this.channel = channel;
            for (String key : channel.keys()) {
                atomic.put(key, orNull(channel.read(key)));
                newest.put(key, orNull(channel.read(key, ReadPolicy.LWW)));
            }
            channel.subscribe(this::on);
        }

        private void on(RegisterEvent event) {
            switch (event) {
                case RegisterEvent.AtomicChanged changed -> atomic.put(changed.key(), changed.value());
                case RegisterEvent.VersionChanged changed -> newest.put(changed.key(), changed.value());
                case RegisterEvent.Aborted aborted -> {}
            }
        }

        @Override
        public void check() {
            for (String key : channel.keys()) {
                if (!orNull(channel.read(key)).equals(atomic.get(key))
                        || !orNull(channel.read(key, ReadPolicy.LWW)).equals(newest.get(key))) {
                    throw new IllegalStateException("events of " + key + " come to " + atomic.get(key) + " and "
                            + newest.get(key) + ", there are " + channel.read(key) + " and " + channel.versions(key));
                }
            }
            if (channel.keys().size() != newest.size()) {
                throw new IllegalStateException("events tell of " + newest.keySet() + ", there are " + channel.keys());
            }
        }
    }
}
