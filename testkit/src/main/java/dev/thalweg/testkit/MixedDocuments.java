package dev.thalweg.testkit;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Documents in which every structure lives in one stream, edited by whole containers over a service in memory. What
 * scripts of one structure cannot show is looked for here: batches over several channels, an outbox and a resubmission
 * they share, summaries of all of them, a connection that breaks while others are told.
 */
final class MixedDocuments implements Subject {
    static final String NAME = "mixed";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RandomRunner.Run generate(int seed) {
        Rng rng = new Rng(seed);
        boolean batched = rng.chance(50);
        Recording recording = new Recording(seed, batched);
        return recording.run(() -> {
            MixedGenerator generator = new MixedGenerator(recording.player, rng, batched);
            while (generator.hasNext()) {
                recording.play(generator.next());
            }
        });
    }

    @Override
    public RandomRunner.Run play(Script script) {
        Recording recording = new Recording(script.seed(), script.batched());
        return recording.run(() -> script.steps().forEach(recording::play));
    }

    /** A script, and what comes of it as it is played. */
    private static final class Recording {
        private final int seed;
        private final boolean batched;
        private final MixedPlayer player;
        private final List<Step> steps = new ArrayList<>();
        private JsonObject end = JsonObject.EMPTY;

        Recording(int seed, boolean batched) {
            this.seed = seed;
            this.batched = batched;
            this.player = new MixedPlayer(seed, batched);
        }

        void play(Step step) {
            steps.add(step);
            player.play(step);
        }

        RandomRunner.Run run(Runnable plays) {
            String failure = null;
            try {
                player.open();
                plays.run();
                end = player.end();
            } catch (RuntimeException e) {
                failure = RandomRunner.explain(e);
            }
            return run(failure);
        }

        private RandomRunner.Run run(@Nullable String failure) {
            List<JsonValue> played = new ArrayList<>();
            steps.forEach(step -> played.add(step.toJson()));
            JsonObject outcome = JsonObject.builder().put("dds", NAME).put("seed", seed).put("batched", batched)
                    .put("steps", new JsonArray(played)).put("final", end).putIfPresent("failure", failure).build();
            return new RandomRunner.Run(new Script(NAME, seed, batched, steps), failure, outcome);
        }
    }
}
