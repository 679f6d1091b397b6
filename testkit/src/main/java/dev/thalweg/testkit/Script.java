package dev.thalweg.testkit;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * What several clients and their service do, one step after another. Replay files hold one.
 *
 * @param structure the name of the structure's model
 * @param seed      what it was generated from, 0 for none
 * @param batched   whether clients gather operations until they flush; otherwise each is a message of its own
 * @param steps     in order
 */
public record Script(String structure, int seed, boolean batched, List<Step> steps) {
    public Script {
        steps = List.copyOf(steps);
    }

    /** The same script with other steps. */
    public Script withSteps(List<Step> others) {
        return new Script(structure, seed, batched, others);
    }

    /** Reads a script or a corpus entry; an error names the step. */
    public static Script read(JsonValue value) throws ProtocolException {
        JsonObject script = JsonCasts.object(value, "script");
        JsonArray array = script.array("steps");
        List<Step> steps = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            try {
                steps.add(Step.read(array.get(i)));
            } catch (ProtocolException e) {
                throw e.in("step " + i);
            }
        }
        return new Script(script.string("dds"),
                script.optionalInteger("seed", Integer.MIN_VALUE, Integer.MAX_VALUE, 0),
                script.optionalBool("batched", false), steps);
    }

    /** The script in the corpora's form. */
    public JsonObject toJson() {
        List<JsonValue> array = new ArrayList<>(steps.size());
        for (Step step : steps) {
            array.add(step.toJson());
        }
        return JsonObject.builder().put("dds", structure).put("seed", seed).put("batched", batched)
                .put("steps", new JsonArray(array)).build();
    }
}
