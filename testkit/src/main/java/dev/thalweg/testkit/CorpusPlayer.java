package dev.thalweg.testkit;

import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonBoolean;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plays recorded scripts and compares what came of every step with the record, character for character: operations sent,
 * values returned, events, states, the sequenced log, what late clients load, and the summaries.
 */
public final class CorpusPlayer {
    /** What a step records of its outcome. */
    private static final List<String> OUTCOMES = List.of("ret", "sent", "events", "loaded", "atSeq", "msn");

    private CorpusPlayer() {}

    /**
     * Plays one recorded script.
     *
     * @return what did not hold first, or null when everything did
     * @throws ProtocolException when it is not a recorded script
     */
    public static @Nullable String play(JsonValue record) throws ProtocolException {
        JsonObject object = JsonCasts.object(record, "script");
        StructureModel<?> model = Models.find(object.string("dds"));
        if (model == null) {
            throw new ProtocolException("there is no structure " + object.string("dds"));
        }
        object = model.recorded(object);
        Script script = Script.read(object);
        String difference = play(model, script, object);
        return difference == null ? null : "seed " + script.seed() + ", " + difference;
    }

    private static <C extends SharedObject<?, ?>> @Nullable String play(StructureModel<C> model, Script script,
            JsonObject record) throws ProtocolException {
        ScriptPlayer<C> player = new ScriptPlayer<>(model, script.batched());
        JsonArray steps = record.array("steps");
        JsonObject preNoop = record.optionalObject("preNoop");
        Map<Integer, JsonValue> states = new HashMap<>();
        for (int i = 0; i < script.steps().size(); i++) {
            Step step = script.steps().get(i);
            JsonObject expected = model.recordedStep(JsonCasts.object(steps.get(i), "step"));
            if (preNoop != null && step instanceof Step.NoopAll) {
                String difference = beforeNoops(model, player, preNoop);
                if (difference != null) {
                    return difference;
                }
                preNoop = null;
            }
            if (step instanceof Step.Sequence sequence && sequence.count() > player.queued()) {
                // At the end of a batched script everybody sends what is left; the next step of each client says so.
                player.flushAll();
            }
            String difference;
            try {
                difference = compare(model, expected, player.play(step));
                if (difference == null) {
                    difference = compareState(player, expected, states);
                }
            } catch (IllegalStateException e) {
                difference = e.getMessage();
            }
            if (difference != null) {
                return "step " + i + " " + step.toJson().with("a", expected.require("a")).toJson() + ": " + difference;
            }
        }
        String log = differ("log", record.require("log"), player.log());
        return log == null ? end(model, player, record.object("final")) : log;
    }

    private static @Nullable String compare(StructureModel<?> model, JsonObject expected, JsonObject actual) {
        for (String name : OUTCOMES) {
            String difference = differ(name, outcome(model, expected, name), outcome(model, actual, name));
            if (difference != null) {
                return difference;
            }
        }
        return model.canonicalSummary() ? differ("summary", expected.get("summary"), actual.get("summary")) : null;
    }

    private static @Nullable JsonValue outcome(StructureModel<?> model, JsonObject step, String name) {
        JsonValue outcome = step.get(name);
        return name.equals("events") && outcome instanceof JsonArray events ? model.toldOnce(events) : outcome;
    }

    /** A step leaves the state out when it is the client's last one. @param states the last recorded, by client */
    private static @Nullable String compareState(ScriptPlayer<?> player, JsonObject expected,
            Map<Integer, JsonValue> states) throws ProtocolException {
        if (!expected.has("c")) {
            return null;
        }
        int client = expected.integer("c", 0, Step.MAX_CLIENTS - 1);
        JsonValue now = expected.get("state");
        if (now != null) {
            states.put(client, now);
        }
        return differ("state", states.get(client), player.state(client));
    }

    private static @Nullable String beforeNoops(StructureModel<?> model, ScriptPlayer<?> player, JsonObject expected)
            throws ProtocolException {
        String difference = differ("preNoop.atSeq", expected.get("atSeq"), JsonValue.of(player.sequenceNumber(0)));
        if (difference == null) {
            difference = differ("preNoop.msn", expected.get("msn"), JsonValue.of(player.minimumSequenceNumber(0)));
        }
        if (difference == null && model.canonicalSummary()) {
            difference = differ("preNoop.summary", expected.get("summary"), player.summary(0));
        }
        return difference;
    }

    private static <C extends SharedObject<?, ?>> @Nullable String end(StructureModel<C> model, ScriptPlayer<C> player,
            JsonObject expected) throws ProtocolException {
        JsonValue state = expected.require("state");
        boolean converged = expected.optionalBool("converged", true);
        boolean sameSummaries = model.canonicalSummary() && expected.optionalBool("summaryConverged", true);
        for (int client : player.clients()) {
            if (client > 0 && !converged) {
                break;
            }
            String difference = differ("final.state of c" + client, state, model.shared(player.state(client)));
            if (difference == null && model.canonicalSummary() && (client == 0 || sameSummaries)) {
                difference = differ("final.summary of c" + client, expected.get("summary"), player.summary(client));
            }
            if (difference != null) {
                return difference;
            }
        }
        C loaded = model.type().load("channel", "reader", Summaries.fromJson(expected.object("summary")));
        return expected.get("loadsBack") == JsonBoolean.TRUE
                ? differ("the state loaded from final.summary", state, model.shared(model.state(loaded)))
                : null;
    }

    private static @Nullable String differ(String what, @Nullable JsonValue expected, @Nullable JsonValue actual) {
        String wanted = expected == null ? "nothing" : expected.toJson();
        String was = actual == null ? "nothing" : actual.toJson();
        return wanted.equals(was) ? null : what + " must be " + wanted + ", was " + was;
    }
}
