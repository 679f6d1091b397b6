package dev.thalweg.testkit.trace;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha256;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.ephemeral.EphemeralEntry;
import dev.thalweg.ephemeral.EphemeralJson;
import dev.thalweg.ephemeral.EphemeralLimits;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.ListDocument;
import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TableJson;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replicas of a list, of tables and of an ephemeral store that edit and merge as chance has it, with a digest of all. */
public final class ListScenario {
    private static final int REPLICAS = 3;

    private final Rng rng;
    private final List<ListDocument> lists = new ArrayList<>();
    private final List<TableDocument> tables = new ArrayList<>();
    private final List<EphemeralStore> stores = new ArrayList<>();
    private final StringBuilder all = new StringBuilder();

    private ListScenario(int seed) {
        rng = new Rng(seed);
        for (int i = 0; i < REPLICAS; i++) {
            lists.add(new ListDocument("r" + i));
            tables.add(new TableDocument("r" + i));
            stores.add(new EphemeralStore("r" + i, EphemeralLimits.DEFAULT.withLifetime(12.5)));
        }
    }

    /**
     * The digest of what comes of a seed.
     *
     * @throws IllegalStateException when the replicas do not end alike
     */
    public static String digest(int seed) {
        try {
            return new ListScenario(seed).play();
        } catch (ProtocolException e) {
            throw new IllegalStateException("a replica refused another's events: " + e.getMessage(), e);
        }
    }

    private String play() throws ProtocolException {
        int steps = rng.between(20, 80);
        for (int i = 0; i < steps; i++) {
            int at = rng.below(REPLICAS);
            editList(lists.get(at));
            editTables(tables.get(at));
            editStore(stores.get(at), i);
            if (rng.chance(30)) {
                merge(at, rng.below(REPLICAS));
            }
        }
        stores.forEach(store -> store.advance(steps));
        for (int i = 0; i < 2 * REPLICAS * REPLICAS; i++) {
            merge(i / REPLICAS % REPLICAS, i % REPLICAS);
        }
        String end = state(0);
        for (int i = 1; i < REPLICAS; i++) {
            if (!state(i).equals(end)) {
                throw new IllegalStateException("replicas differ: " + end + " and " + state(i));
            }
        }
        all.append(end).append(Hex.encode(lists.get(0).encode())).append(Hex.encode(tables.get(0).encode()));
        return Hex.encode(Sha256.digest(Utf8.encode(all.toString())));
    }

    private JsonValue value() {
        return switch (rng.below(4)) {
            case 0 -> JsonValue.of(rng.below(100) / 8.0);
            case 1 -> JsonValue.of("\ud83d\ude00\u00e9" + rng.below(10));
            case 2 -> JsonArray.of(JsonValue.of(true), JsonValue.of(rng.below(3)));
            default -> JsonObject.of("k", JsonValue.of(rng.below(3)));
        };
    }

    private void editList(ListDocument list) {
        int size = list.size();
        switch (size == 0 ? 0 : rng.weighted(4, 2, 3, 2)) {
            case 0 -> list.insert(rng.below(size + 1), value());
            case 1 -> list.delete(rng.below(size), 1);
            case 2 -> list.move(rng.below(size), rng.below(size));
            default -> list.set(rng.below(size), value());
        }
    }

    private void editTables(TableDocument document) {
        String row = "row" + rng.below(3);
        JsonObject there = document.row("t", row);
        if (there == null || rng.chance(20)) {
            document.insert("t", row, JsonObject.of("c" + rng.below(3), value()));
        } else if (rng.chance(30)) {
            document.delete("t", row);
        } else {
            document.update("t", row, "c" + rng.below(3), value());
        }
    }

    private void editStore(EphemeralStore store, int time) {
        String key = "k" + rng.below(3);
        if (rng.chance(10)) {
            store.leave("r" + rng.below(REPLICAS));
        } else if (rng.chance(20)) {
            @Nullable
            EphemeralEntry removed = store.remove("n", key, time);
            all.append(removed == null ? "-" : EphemeralJson.entry(key, removed).toJson());
        } else {
            store.set("n", key, value(), time + rng.below(8) / 4.0);
        }
        store.advance(time);
    }

    private void merge(int to, int from) throws ProtocolException {
        all.append(lists.get(to).merge(lists.get(from).encodeSince(lists.get(to).versionVector())).changes().size());
        String known = TableJson.known(tables.get(to).versionVector()).toJson();
        String runs = TableJson.runs(tables.get(from).runsSince(TableJson.readKnown(JsonValue.parse(known)))).toJson();
        List<RowChange> changes = tables.get(to).merge(TableJson.readRuns(JsonValue.parse(runs))).changes();
        all.append(TableJson.changes(changes).toJson());
        String state = EphemeralJson.state(stores.get(from).state()).toJson();
        all.append(EphemeralJson.state(stores.get(to).merge(EphemeralJson.readState(JsonValue.parse(state))).fresh())
                .toJson());
        all.append(state(to)).append('\n');
    }

    private String state(int at) {
        StringBuilder state = new StringBuilder();
        state.append(new JsonArray(lists.get(at).toList()).toJson());
        tables.get(at).rows("t").forEach((name, row) -> state.append(name).append(row.toJson()));
        return state.append(EphemeralJson.namespace(stores.get(at).getAll("n")).toJson()).toString();
    }
}
