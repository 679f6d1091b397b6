package dev.thalweg.testkit;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes up a script for a mixed document while it is played. Some scripts stir all structures, some two or three of them
 * and those the more; how much goes wrong is drawn per script too.
 */
final class MixedGenerator {
    private static final int MAX_CLIENTS = 6;

    private final MixedPlayer player;
    private final Rng rng;
    private final boolean batched;
    private final List<String> names = new ArrayList<>();
    private final int calls;
    private final int delivering;
    private final int faults;
    private int left;
    private int lastCall;
    private int entered = 1;

    MixedGenerator(MixedPlayer player, Rng rng, boolean batched) {
        this.player = player;
        this.rng = rng;
        this.batched = batched;
        this.calls = rng.between(20, 50);
        this.delivering = rng.between(10, 40);
        this.faults = rng.between(0, 8);
        this.left = rng.between(20, 120);
        boolean few = rng.chance(30);
        for (StructureModel<?> model : Models.all()) {
            if (!few || rng.chance(15)) {
                names.add(model.name());
            }
        }
        if (names.isEmpty()) {
            names.add(rng.pick(Models.all()).name());
        }
    }

    boolean hasNext() {
        return left > 0;
    }

    /** The next step, fit for how things stand. */
    Step next() {
        left--;
        if (entered < 3) {
            return enter();
        }
        int client = rng.pick(player.clients());
        return switch (rng.weighted(calls, batched ? 6 : 0, delivering, delivering / 2, 8, faults, faults, faults, 2, 4,
                5, 3)) {
            case 0 -> call(client, edit(client));
            case 1 -> new Step.Flush(client);
            case 2 -> new Step.Sequence(rng.between(1, 12));
            case 3 -> new Step.Receive(client, rng.between(1, 12));
            case 4 -> call(client, JsonObject.builder().put("m", "transaction").put("ops", edits(client)).build());
            case 5 -> player.connected(client) ? new Step.Disconnect(client, rng.below(2)) : new Step.Reconnect(client);
            case 6 -> comeBack(client);
            case 7 -> trouble(client);
            case 8 -> enter();
            case 9 -> new Step.Duplicate(client, 0);
            case 10 -> new Step.Rollback(client, edits(client).values());
            default -> call(client, JsonObject.of("m", JsonValue.of("summarize")));
        };
    }

    private Step trouble(int client) {
        JsonObject.Builder verb = JsonObject.builder();
        return call(client, switch (rng.weighted(4, 4, 2, 2, 1, 3)) {
            case 0 -> verb.put("m", "pauseUp").build();
            case 1 -> verb.put("m", "pauseDown").build();
            case 2 -> verb.put("m", "refuse").build();
            case 3 -> verb.put("m", "throttle").build();
            case 4 -> verb.put("m", "restart").build();
            default -> verb.put("m", "wait").put("ms", rng.below(3000)).build();
        });
    }

    private Step call(int client, JsonValue call) {
        return new Step.Call(client, ++lastCall, call);
    }

    private JsonArray edits(int client) {
        int count = rng.between(1, 5);
        List<JsonValue> edits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            edits.add(edit(client));
        }
        return new JsonArray(edits);
    }

    private JsonValue edit(int client) {
        String name = rng.pick(names);
        return JsonObject.builder().put("m", "edit").put("on", name).put("op", player.generate(client, name, rng))
                .build();
    }

    private Step comeBack(int otherwise) {
        for (int client : player.clients()) {
            if (!player.connected(client)) {
                return new Step.Reconnect(client);
            }
        }
        return new Step.Receive(otherwise, rng.between(1, 8));
    }

    private Step enter() {
        return entered == MAX_CLIENTS ? new Step.Sequence(1) : new Step.Load(entered++, 0, null, 0);
    }
}
