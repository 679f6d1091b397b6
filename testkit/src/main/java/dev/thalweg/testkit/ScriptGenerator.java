package dev.thalweg.testkit;

import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes up a script while it is played: clients edit, lag, drop, come back, come late, hear things twice and take
 * transactions back. How much of each is drawn per script, so that some are calm and some are wild.
 *
 * @param <C> the handle of the structure
 */
final class ScriptGenerator<C extends SharedObject<?, ?>> {
    private static final int MAX_CLIENTS = 7;
    private static final int MAX_BACK = 12;

    private final StructureModel<C> model;
    private final ScriptPlayer<C> player;
    private final Rng rng;
    private final boolean batched;
    private final int calls;
    private final int sequencing;
    private final int receiving;
    private final int faults;
    private int left;
    private int lastCall;
    private int entered;

    ScriptGenerator(StructureModel<C> model, ScriptPlayer<C> player, Rng rng, boolean batched) {
        this.model = model;
        this.player = player;
        this.rng = rng;
        this.batched = batched;
        this.calls = rng.between(20, 50);
        this.sequencing = rng.between(2, 20);
        this.receiving = rng.between(5, 40);
        this.faults = rng.between(0, 8);
        this.left = rng.between(20, 120);
        this.entered = 0;
    }

    /** The steps that bring in the first clients. */
    List<Step> opening() {
        List<Step> steps = new ArrayList<>();
        int clients = rng.between(2, 4);
        for (int i = 0; i < clients; i++) {
            steps.add(new Step.Join(entered++));
        }
        return steps;
    }

    boolean hasNext() {
        return left > 0;
    }

    /** The next step, fit for how things stand. */
    Step next() {
        left--;
        int client = rng.pick(player.clients());
        return switch (rng.weighted(calls, batched ? 6 : 0, sequencing, receiving, 4, faults, faults * 2, 2, 4, 4)) {
            case 0 -> new Step.Call(client, ++lastCall, model.generate(rng, player.channel(client)));
            case 1 -> new Step.Flush(client);
            case 2 -> new Step.Sequence(rng.between(1, 6));
            case 3 -> new Step.Receive(client, rng.between(1, 8));
            case 4 -> new Step.Noop(client);
            case 5 -> player.connected(client) ? new Step.Disconnect(client, rng.below(4)) : new Step.Reconnect(client);
            case 6 -> comeBack(client);
            case 7 -> enter(client);
            case 8 -> new Step.Duplicate(client, rng.below(MAX_BACK));
            default -> rollback(client);
        };
    }

    private Step comeBack(int otherwise) {
        for (int client : player.clients()) {
            if (!player.connected(client)) {
                return new Step.Reconnect(client);
            }
        }
        return new Step.Receive(otherwise, rng.between(1, 8));
    }

    private Step enter(int from) {
        if (entered == MAX_CLIENTS) {
            return new Step.Sequence(1);
        }
        return rng.chance(25) ? new Step.Join(entered++) : new Step.Load(entered++, from, null, 0);
    }

    private Step rollback(int client) {
        int count = rng.between(1, 4);
        List<JsonValue> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(model.generate(rng, player.channel(client)));
        }
        return new Step.Rollback(client, made);
    }
}
