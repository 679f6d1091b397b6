package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.DirectoryEvent;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls, each with the path {@code p} of a directory: {@code {"m":"set","p":"/","k":"a","v":1}},
 * {@code {"m":"delete","p":"/","k":"a"}}, {@code {"m":"clear","p":"/"}}, {@code {"m":"mkdir","p":"/","n":"x"}},
 * {@code {"m":"rmdir","p":"/","n":"x"}}. State: {@code {"e":[pairs of key and value],"d":[pairs of name and state]}}, in
 * order.
 */
final class DirectoryModel implements StructureModel<SharedDirectory> {
    private static final List<String> KEYS = List.of("a", "b", "\u00e9", "__proto__");
    private static final List<String> NAMES = List.of("x", "y", "toString");

    @Override
    public String name() {
        return "directory";
    }

    @Override
    public ChannelType<SharedDirectory> type() {
        return SharedDirectory.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, SharedDirectory channel) {
        Directory directory = channel;
        while (rng.chance(50)) {
            Directory below = directory.getSubDirectory(rng.pick(NAMES));
            directory = below == null ? directory : below;
        }
        JsonObject.Builder call = JsonObject.builder();
        switch (rng.weighted(45, 10, 5, 25, 15)) {
            case 0 -> call.put("m", "set").put("p", directory.path()).put("k", rng.pick(KEYS)).put("v", value(rng));
            case 1 -> call.put("m", "delete").put("p", directory.path()).put("k", rng.pick(KEYS));
            case 2 -> call.put("m", "clear").put("p", directory.path());
            case 3 -> call.put("m", "mkdir").put("p", directory.path()).put("n", rng.pick(NAMES));
            default -> call.put("m", "rmdir").put("p", directory.path()).put("n", rng.pick(NAMES));
        }
        return call.build();
    }

    private static JsonValue value(Rng rng) {
        return rng.chance(90) ? JsonValue.of(rng.below(100)) : JsonNull.NULL;
    }

    @Override
    public @Nullable JsonValue perform(SharedDirectory channel, JsonValue call) {
        Directory directory = channel.getWorkingDirectory(Calls.string(call, "p"));
        if (directory == null) {
            return null;
        }
        switch (Calls.verb(call)) {
            case "set" -> {
                directory.set(Calls.string(call, "k"), Calls.argument(call, "v"));
                return null;
            }
            case "delete" -> {
                return JsonValue.of(directory.delete(Calls.string(call, "k")));
            }
            case "clear" -> {
                directory.clear();
                return null;
            }
            case "mkdir" -> {
                Directory made = directory.createSubDirectory(Calls.string(call, "n"));
                if (made != directory.getSubDirectory(Calls.string(call, "n"))) {
                    throw new IllegalStateException("made " + made.path() + ", which is not there");
                }
                return null;
            }
            case "rmdir" -> {
                return JsonValue.of(directory.deleteSubDirectory(Calls.string(call, "n")));
            }
            default -> throw Calls.unknown(call);
        }
    }

    @Override
    public JsonValue state(SharedDirectory channel) {
        return state((Directory) channel);
    }

    static JsonValue state(Directory directory) {
        List<JsonValue> pairs = new ArrayList<>();
        directory.forEach((key, value) -> pairs.add(pair(key, value)));
        List<JsonValue> below = new ArrayList<>();
        directory.forEachSubDirectory((name, child) -> below.add(pair(name, state(child))));
        if (pairs.size() != directory.size() || below.size() != directory.countSubDirectory()) {
            throw new IllegalStateException("miscounted in " + directory.path());
        }
        return JsonObject.builder().put("e", new JsonArray(pairs)).put("d", new JsonArray(below)).build();
    }

    static JsonValue pair(String name, JsonValue value) {
        return JsonArray.of(JsonValue.of(name), value);
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return new JsonArray(events(event));
    }

    /** What happens in the root is told twice, and that a directory object is no longer used is not told in corpora. */
    @Override
    public List<JsonValue> events(ChannelEvent event) {
        JsonValue local = JsonValue.of(event.local());
        return switch ((DirectoryEvent) event) {
            case DirectoryEvent.ValueChanged changed -> {
                String path = changed.directory().path();
                JsonValue previous = changed.previous();
                JsonValue told = JsonArray.of(JsonValue.of("valueChanged"), JsonObject.builder()
                        .put("key", changed.key()).put("path", path).putIfPresent("previousValue", previous).build(),
                        local);
                yield path.equals("/")
                        ? List.of(told, JsonArray.of(JsonValue.of("containedValueChanged"), JsonObject.builder()
                                .put("key", changed.key()).putIfPresent("previousValue", previous).build(), local))
                        : List.of(told);
            }
            case DirectoryEvent.ValueKept kept -> List.of(JsonArray.of(JsonValue.of("valueChanged"),
                    JsonObject.builder().put("key", kept.key()).put("path", kept.directory().path())
                            .putIfPresent("previousValue", kept.cleared()).build(),
                    local));
            case DirectoryEvent.Cleared cleared -> List.of(JsonArray.of(JsonValue.of("clear"), local),
                    JsonArray.of(JsonValue.of("cleared"), JsonValue.of(cleared.directory().path()), local));
            case DirectoryEvent.SubDirectoryCreated created -> List.of(JsonArray
                    .of(JsonValue.of("subDirectoryCreated"), JsonValue.of(created.directory().path().substring(1)),
                            local));
            case DirectoryEvent.SubDirectoryDeleted deleted -> List.of(JsonArray
                    .of(JsonValue.of("subDirectoryDeleted"), JsonValue.of(deleted.directory().path().substring(1)),
                            local));
            case DirectoryEvent.Disposed disposed -> List.of();
            case DirectoryEvent.Undisposed undisposed -> List.of();
        };
    }

    /**
     * The reference tells of a subdirectory as often as it has come upon the directories that lead to it; once is
     * enough.
     */
    @Override
    public JsonValue toldOnce(JsonArray events) {
        List<JsonValue> once = new ArrayList<>();
        JsonValue before = JsonNull.NULL;
        for (JsonValue event : events.values()) {
            boolean comesOrGoes = event instanceof JsonArray told && told.get(0) instanceof JsonString name
                    && name.value().startsWith("subDirectory");
            if (!comesOrGoes || !event.equals(before)) {
                once.add(event);
            }
            before = event;
        }
        return new JsonArray(once);
    }

    @Override
    public Follower follow(SharedDirectory channel) {
        return new DirectoryFollower(channel);
    }

    /**
     * Asking for a directory that waits for its creation shows it again, without an operation that could be taken back;
     * so directories that were asked for do not count.
     */
    @Override
    public JsonValue restored(JsonValue state, List<JsonValue> calls) {
        List<String> asked = new ArrayList<>();
        for (JsonValue call : calls) {
            if (Calls.verb(call).equals("mkdir")) {
                asked.add(Calls.string(call, "n"));
            }
        }
        return without(asked, state);
    }

    private static JsonValue without(List<String> names, JsonValue state) {
        List<JsonValue> below = new ArrayList<>();
        for (JsonValue pair : Fields.array(state, "d").values()) {
            if (pair instanceof JsonArray child && child.get(0) instanceof JsonString name
                    && !names.contains(name.value())) {
                below.add(pair(name.value(), without(names, child.get(1))));
            }
        }
        return JsonObject.builder().put("e", Fields.value(state, "e")).put("d", new JsonArray(below)).build();
    }

    @Override
    public JsonValue expected(List<LogOperation> log) {
        DirectoryOracle oracle = new DirectoryOracle();
        log.forEach(oracle::apply);
        return oracle.state("/");
    }
}
