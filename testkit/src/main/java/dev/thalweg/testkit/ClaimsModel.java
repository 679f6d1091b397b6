package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.claims.ClaimOutcome;
import dev.thalweg.dds.claims.ClaimsEvent;
import dev.thalweg.dds.claims.SharedClaims;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls: {@code {"m":"claim","k":"a","v":1}}, {@code {"m":"compareAndSet","k":"a","v":1}},
 * {@code {"m":"release","k":"a"}}; each returns its outcome where it has one at once. State: pairs of key and holder in
 * order, then triples of key, {@code "filed"} and value for what is on its way.
 */
final class ClaimsModel implements StructureModel<SharedClaims> {
    private static final List<String> KEYS = List.of("a", "b", "", "__proto__", "🌊");

    @Override
    public String name() {
        return "claims";
    }

    @Override
    public ChannelType<SharedClaims> type() {
        return SharedClaims.TYPE;
    }

    @Override
    public JsonValue generate(Rng rng, SharedClaims channel) {
        String key = rng.pick(KEYS);
        JsonValue value = rng.chance(80) ? JsonValue.of(rng.below(5)) : JsonObject.of("n", JsonValue.of(rng.below(3)));
        return switch (rng.weighted(50, 25, 25)) {
            case 0 -> JsonObject.builder().put("m", "claim").put("k", key).put("v", value).build();
            case 1 -> JsonObject.builder().put("m", "compareAndSet").put("k", key).put("v", value).build();
            default -> JsonObject.builder().put("m", "release").put("k", key).build();
        };
    }

    @Override
    public @Nullable JsonValue perform(SharedClaims channel, JsonValue call) {
        String key = Calls.string(call, "k");
        Once<ClaimOutcome> outcome = new Once<>(call);
        switch (Calls.verb(call)) {
            case "claim" -> channel.claim(key, Calls.argument(call, "v"), outcome);
            case "compareAndSet" -> channel.compareAndSet(key, Calls.argument(call, "v"), outcome);
            case "release" -> channel.release(key, outcome);
            default -> throw Calls.unknown(call);
        }
        ClaimOutcome told = outcome.told();
        return told == null ? null : spell(told);
    }

    private static JsonValue spell(ClaimOutcome outcome) {
        return switch (outcome) {
            case ClaimOutcome.Accepted accepted -> JsonArray.of(JsonValue.of("accepted"), accepted.value());
            case ClaimOutcome.Lost lost -> JsonArray.of(JsonValue.of("lost"), lost.holder());
            case ClaimOutcome.AlreadyClaimed claimed -> JsonArray.of(JsonValue.of("claimed"), claimed.holder());
            case ClaimOutcome.AlreadyPending pending -> JsonArray.of(JsonValue.of("pending"));
            case ClaimOutcome.Aborted aborted -> JsonArray.of(JsonValue.of("aborted"));
            case ClaimOutcome.Unknown unknown -> JsonArray.of(JsonValue.of("unknown"));
        };
    }

    @Override
    public JsonValue state(SharedClaims channel) {
        List<JsonValue> rows = new ArrayList<>();
        for (String key : channel.keys()) {
            rows.add(JsonArray.of(JsonValue.of(key), orNull(channel.holder(key))));
        }
        for (String key : KEYS) {
            if (channel.pending(key)) {
                rows.add(JsonArray.of(JsonValue.of(key), JsonValue.of("filed"), orNull(channel.filed(key))));
            }
        }
        return new JsonArray(rows);
    }

    @Override
    public JsonValue event(ChannelEvent event) {
        return switch ((ClaimsEvent) event) {
            case ClaimsEvent.Claimed claimed -> event("claimed", claimed, claimed.value(), orNull(claimed.previous()));
            case ClaimsEvent.Released released -> event("released", released, orNull(released.previous()));
            case ClaimsEvent.Filed filed -> event("filed", filed, filed.value());
            case ClaimsEvent.Lost lost -> event("lost", lost, lost.value(), lost.holder());
            case ClaimsEvent.Aborted aborted -> event("aborted", aborted, aborted.value());
        };
    }

    private static JsonValue event(String name, ClaimsEvent event, JsonValue... arguments) {
        List<JsonValue> all = new ArrayList<>(List.of(JsonValue.of(name), JsonValue.of(event.key())));
        all.addAll(List.of(arguments));
        all.add(JsonValue.of(event.local()));
        return new JsonArray(all);
    }

    /** Goes down the line: a claim counts when the key is free, or when it names the place of the last that counted. */
    @Override
    public JsonValue expected(List<LogOperation> log) {
        Map<String, LogOperation> last = new TreeMap<>();
        for (LogOperation operation : log) {
            String key = Fields.string(operation.contents(), "key");
            LogOperation before = last.get(key);
            if (before == null || before.sequenceNumber() == Fields.number(operation.contents(), "refSeq")) {
                if (Fields.value(operation.contents(), "value") == JsonNull.NULL) {
                    last.remove(key);
                } else {
                    last.put(key, operation);
                }
            }
        }
        List<JsonValue> rows = new ArrayList<>();
        last.forEach((key, operation) -> rows
                .add(JsonArray.of(JsonValue.of(key), Fields.value(operation.contents(), "value"))));
        return new JsonArray(rows);
    }

    private static JsonValue orNull(@Nullable JsonValue value) {
        return value == null ? JsonNull.NULL : value;
    }
}
