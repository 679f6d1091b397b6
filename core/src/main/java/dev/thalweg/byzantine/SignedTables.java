package dev.thalweg.byzantine;

import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TableJson;
import dev.thalweg.eventgraph.TableRun;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tables whose events are signed. Content is the {@code ops} of {@link TableJson#runs}. */
public final class SignedTables implements SignedDocument {
    /* Characters of JSON after which an entry is full. */
    private static final int PORTION = 1 << 18;

    private final TableDocument tables;

    /** Empty ones. @param agent the editing peer's public key in hexadecimal digits */
    public SignedTables(String agent) {
        tables = new TableDocument(agent);
    }

    /** The tables, to be read and to be edited here. What others did comes in by entries only. */
    public TableDocument tables() {
        return tables;
    }

    @Override
    public String agent() {
        return tables.agent();
    }

    @Override
    public SignedDocument empty() {
        return new SignedTables(tables.agent());
    }

    @Override
    public List<Stretch> since(int first) {
        if (tables.graph().find(new EventId(agent(), first)) < 0) {
            return List.of();
        }
        Map<String, Integer> vector = new HashMap<>(tables.versionVector());
        vector.put(agent(), first);
        List<Stretch> stretches = new ArrayList<>();
        for (TableRun run : tables.runsSince(vector)) {
            Portions portions = new Portions(run.first(), run.parents(), stretches);
            int size = 0;
            for (JsonValue operation : operations(run)) {
                int length = operation.toJson().length();
                if (size > PORTION - length) {
                    portions.cut();
                    size = 0;
                }
                size += length;
                portions.add(operation, 1);
            }
            portions.cut();
        }
        return stretches;
    }

    private static List<JsonValue> operations(TableRun run) {
        return TableJson.runs(List.of(run)).get(0) instanceof JsonObject json
                && json.get("ops") instanceof JsonArray operations ? operations.values() : List.of();
    }

    @Override
    public void merge(Stretch stretch) throws ProtocolException {
        JsonArray operations = JsonCasts.array(stretch.content(), "the content of an entry");
        if (operations.size() != stretch.events()) {
            throw new ProtocolException("an entry of " + stretch.events() + " events does " + operations.size());
        }
        JsonObject run = JsonObject.builder().put("peer", stretch.first().agent())
                .put("counter_start", stretch.first().sequence()).put("deps", JsonArray.of()).put("ops", operations)
                .build();
        TableRun read = TableJson.readRuns(JsonArray.of(run)).get(0);
        tables.merge(List.of(new TableRun(stretch.first(), stretch.parents(), 1, read.operations())));
    }
}
