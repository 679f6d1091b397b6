package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/** Operations on rows as JSON: {@code {"type":"insert","tbl":"t","row_id":"r","values":[["c",1]]}} and the like. */
final class RowForm implements Items.Form<RowOperation> {
    static final RowForm FORM = new RowForm();

    private RowForm() {}

    @Override
    public int mark() {
        return EventFormat.TABLE_EVENTS;
    }

    @Override
    public JsonObject write(RowOperation operation) {
        return switch (operation) {
            case RowOperation.Insert insert ->
                    head("insert", insert.table(), insert.row()).put("values", pairs(insert.values())).build();
            case RowOperation.Update update -> head("update", update.table(), update.row())
                    .put("col", update.column()).put("value", update.value()).build();
            case RowOperation.Delete delete -> head("delete", delete.table(), delete.row()).build();
        };
    }

    static JsonObject.Builder head(String type, String table, String row) {
        return JsonObject.builder().put("type", type).put("tbl", table).put("row_id", row);
    }

    /** Columns with their values, in order. */
    static JsonArray pairs(JsonObject values) {
        List<JsonValue> pairs = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            pairs.add(JsonArray.of(JsonValue.of(values.name(i)), values.value(i)));
        }
        return new JsonArray(pairs);
    }

    @Override
    public RowOperation read(JsonValue json) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "an operation");
        String table = object.string("tbl");
        String row = object.string("row_id");
        String type = object.string("type");
        return switch (type) {
            case "insert" -> new RowOperation.Insert(table, row, values(object.require("values")));
            case "update" -> new RowOperation.Update(table, row, object.string("col"), object.require("value"));
            case "delete" -> new RowOperation.Delete(table, row);
            default -> throw new ProtocolException("an operation of type " + type);
        };
    }

    /** Reads {@link #pairs}; a column may be there only once. */
    static JsonObject values(JsonValue json) throws ProtocolException {
        JsonObject.Builder values = JsonObject.builder();
        int count = 0;
        for (JsonValue each : JsonCasts.array(json, "values").values()) {
            JsonArray pair = JsonCasts.array(each, "a column with its value");
            if (pair.size() != 2) {
                throw new ProtocolException("a column with its value are two, not " + pair.size());
            }
            values.put(JsonCasts.string(pair.get(0), "a column"), pair.get(1));
            count++;
        }
        JsonObject built = values.build();
        if (built.size() != count) {
            throw new ProtocolException("a column is there twice among " + count);
        }
        return built;
    }
}
