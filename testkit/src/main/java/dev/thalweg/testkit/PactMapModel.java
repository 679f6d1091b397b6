package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.pact.AcceptedPact;
import dev.thalweg.dds.pact.PactEvent;
import dev.thalweg.dds.pact.PactMap;
import dev.thalweg.dds.pact.PactOutcome;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonBoolean;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls: {@code {"m":"set","k":"a","v":1}}, {@code {"m":"delete","k":"a"}}. State: for each key that was ever proposed,
 * in order, what counts ({@code v}, and {@code det} with its place), whether something is proposed ({@code isP}), what
 * ({@code p}), and whose consent is missing ({@code exp}).
 */
final class PactMapModel implements StructureModel<PactMap> {
    private static final List<String> KEYS = List.of("a", "b", "a", "b", "", "🌊");

    @Override
    public String name() {
        return "pactMap";
    }

    @Override
    public ChannelType<PactMap> type() {
        return PactMap.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, PactMap channel) {
        String key = rng.pick(KEYS);
        for (int i = 0; channel.isPending(key) && i < 4; i++) {
            key = rng.pick(KEYS);
        }
        if (rng.chance(25)) {
            return JsonObject.builder().put("m", "delete").put("k", key).build();
        }
        JsonValue value = rng.chance(80) ? JsonValue.of(rng.below(50))
                : rng.chance(50) ? JsonNull.NULL : JsonObject.of("n", JsonValue.of(rng.below(3)));
        return JsonObject.builder().put("m", "set").put("k", key).put("v", value).build();
    }

    @Override
    public @Nullable JsonValue perform(PactMap channel, JsonValue call) {
        String key = Calls.string(call, "k");
        Once<PactOutcome> outcome = new Once<>(call);
        switch (Calls.verb(call)) {
            case "set" -> channel.set(key, Calls.argument(call, "v"), outcome);
            case "delete" -> channel.delete(key, outcome);
            default -> throw Calls.unknown(call);
        }
        return null;
    }

    @Override
    public JsonValue state(PactMap channel) {
        List<JsonValue> rows = new ArrayList<>();
        for (String key : channel.keys()) {
            boolean pending = channel.isPending(key);
            AcceptedPact accepted = channel.getWithDetails(key);
            rows.add(row(key, accepted != null, accepted == null ? null : accepted.value(),
                    accepted == null ? 0 : accepted.sequenceNumber(), pending, channel.getPending(key),
                    channel.expectedSignoffs(key)));
        }
        return new JsonArray(rows);
    }

    private static JsonValue row(String key, boolean accepted, @Nullable JsonValue value, int since, boolean pending,
            @Nullable JsonValue proposed, Iterable<String> signoffs) {
        JsonValue details = !accepted ? JsonNull.NULL
                : JsonObject.builder().putIfPresent("value", value).put("acceptedSequenceNumber", since).build();
        return JsonArray.of(JsonValue.of(key),
                JsonObject.builder().put("v", value == null ? JsonNull.NULL : value).put("det", details)
                        .put("isP", pending).put("p", proposed == null ? JsonNull.NULL : proposed)
                        .put("exp", pending ? JsonArray.ofStrings(signoffs) : JsonNull.NULL).build());
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((PactEvent) event) {
            case PactEvent.Pending pending -> event("pending", pending);
            case PactEvent.Accepted accepted -> event("accepted", accepted);
            case PactEvent.SignedOff signedOff -> event("signedOff", signedOff);
            case PactEvent.Refused refused -> event("refused", refused);
            case PactEvent.Aborted aborted -> event("aborted", aborted);
        };
    }

    /** Fluid tells of proposals that stand, and when they count. */
    @Override
    public List<JsonValue> events(ChannelEvent event) {
        return switch ((PactEvent) event) {
            case PactEvent.Pending pending -> List.of(event(event));
            case PactEvent.Accepted accepted -> List.of(event(event));
            case PactEvent.SignedOff signedOff -> List.of();
            case PactEvent.Refused refused -> List.of();
            case PactEvent.Aborted aborted -> List.of();
        };
    }

    private static JsonValue event(String name, PactEvent event) {
        return JsonArray.of(JsonValue.of(name), JsonValue.of(event.key()));
    }

    @Override
    public Follower follow(PactMap channel) {
        return new PactFollower(channel);
    }

    /** One key of the oracle. */
    private static final class Row {
        @Nullable
        JsonValue value;
        int since = -1;
        @Nullable
        JsonValue proposed;
        @Nullable
        Set<String> missing;

        void settle(int sequenceNumber) {
            if (missing != null && missing.isEmpty()) {
                value = proposed;
                since = sequenceNumber;
                proposed = null;
                missing = null;
            }
        }
    }

    /** Goes down the line with the names of those who are here. */
    @Override
    public JsonValue expectedOfLine(JsonArray line) {
        Set<String> here = new LinkedHashSet<>();
        Map<String, Row> rows = new LinkedHashMap<>();
        for (JsonValue entry : line.values()) {
            String client = Fields.string(entry, "client");
            int at = (int) Fields.number(entry, "seq");
            switch (Fields.string(entry, "type")) {
                case "join" -> here.add(client);
                case "leave" -> {
                    here.remove(client);
                    rows.values().forEach(row -> signOff(row, client, at));
                }
                default -> {
                    for (JsonValue operation : Fields.array(entry, "contents").values()) {
                        apply(rows, here, operation, client, at);
                    }
                }
            }
        }
        List<JsonValue> state = new ArrayList<>();
        rows.forEach((key, row) -> state.add(row(key, row.since >= 0, row.value, row.since, row.missing != null,
                row.proposed, row.missing == null ? Set.of() : row.missing)));
        return new JsonArray(state);
    }

    private static void apply(Map<String, Row> rows, Set<String> here, JsonValue operation, String client, int at) {
        String key = Fields.string(operation, "key");
        Row row = rows.get(key);
        if (Fields.string(operation, "type").equals("accept")) {
            if (row != null) {
                signOff(row, client, at);
            }
        } else if (row == null || row.missing == null && row.since <= Fields.number(operation, "refSeq")) {
            Row next = row == null ? new Row() : row;
            rows.put(key, next);
            next.proposed = operation instanceof JsonObject object ? object.get("value") : JsonBoolean.FALSE;
            next.missing = new LinkedHashSet<>(here);
            next.settle(at);
        }
    }

    private static void signOff(Row row, String client, int at) {
        if (row.missing != null && row.missing.remove(client)) {
            row.settle(at);
        }
    }
}
