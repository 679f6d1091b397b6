package dev.thalweg.testkit;

import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.CanonicalJson;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs scripts, made up from a seed or given, to the end, and looks whether everybody converged. */
public final class RandomRunner {
    /**
     * A script that was run.
     *
     * @param script  what was done, which can be run again
     * @param failure what went wrong, or null
     * @param outcome what came of each step, the log, and where it all ended, in the form of the corpora
     */
    public record Run(Script script, @Nullable String failure, JsonObject outcome) {
        /** SHA-256 of the canonical outcome: the same on every target. */
        public String digest() {
            return CanonicalJson.digest(outcome);
        }
    }

    private RandomRunner() {}

    /** Makes up a script and runs it. Never throws for what the structure does wrong. */
    public static Run generate(StructureModel<?> model, int seed) {
        return generateTyped(model, seed);
    }

    /** Runs a given script. Never throws for what the structure does wrong. */
    public static Run play(StructureModel<?> model, Script script) {
        return playTyped(model, script);
    }

    private static <C extends SharedObject<?, ?>> Run generateTyped(StructureModel<C> model, int seed) {
        Rng rng = new Rng(seed);
        boolean batched = rng.chance(50);
        Recording<C> recording = new Recording<>(model, seed, batched);
        ScriptGenerator<C> generator = new ScriptGenerator<>(model, recording.player, rng, batched);
        String failure = null;
        try {
            for (Step step : generator.opening()) {
                recording.play(step);
            }
            while (generator.hasNext()) {
                recording.play(generator.next());
            }
            recording.end();
        } catch (RuntimeException e) {
            failure = explain(e);
        }
        return recording.run(failure);
    }

    private static <C extends SharedObject<?, ?>> Run playTyped(StructureModel<C> model, Script script) {
        Recording<C> recording = new Recording<>(model, script.seed(), script.batched());
        String failure = null;
        try {
            for (Step step : script.steps()) {
                recording.play(step);
            }
            recording.end();
        } catch (RuntimeException e) {
            failure = explain(e);
        }
        return recording.run(failure);
    }

    /* Whatever a structure throws is what we are after. */
    static String explain(RuntimeException e) {
        String message = e.getMessage();
        return e instanceof IllegalStateException && message != null ? message : e.toString();
    }

    /** A script, and what comes of it as it is played. */
    private static final class Recording<C extends SharedObject<?, ?>> {
        private final StructureModel<C> model;
        private final int seed;
        private final boolean batched;
        private final ScriptPlayer<C> player;
        private final List<Step> steps = new ArrayList<>();
        private final List<JsonValue> outcomes = new ArrayList<>();
        private final JsonObject.Builder end = JsonObject.builder();

        Recording(StructureModel<C> model, int seed, boolean batched) {
            this.model = model;
            this.seed = seed;
            this.batched = batched;
            this.player = new ScriptPlayer<>(model, batched);
        }

        void play(Step step) {
            steps.add(step);
            outcomes.add(player.play(step));
        }

        void end() {
            player.settle();
            Convergence.verify(model, player);
            if (!player.clients().isEmpty()) {
                int first = player.clients().get(0);
                end.put("state", player.state(first)).put("summary", player.summary(first));
            }
        }

        Run run(@Nullable String failure) {
            JsonObject outcome = JsonObject.builder().put("dds", model.name()).put("seed", seed)
                    .put("batched", batched).put("steps", new JsonArray(outcomes)).put("log", player.log())
                    .put("final", end.build()).putIfPresent("failure", failure).build();
            return new Run(new Script(model.name(), seed, batched, steps), failure, outcome);
        }
    }
}
