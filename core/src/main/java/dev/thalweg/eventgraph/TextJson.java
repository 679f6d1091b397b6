package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Events of texts as JSON: runs as {@link TableJson} has them, with operations of texts. What somebody knows is read and
 * written by {@link TableJson#known}.
 */
public final class TextJson {
    private TextJson() {}

    /**
     * What somebody lacks who has so many events of each agent: runs whose {@code ops} are
     * {@code {"type":"insert","pos","text"}}, {@code {"type":"delete","pos","len"}} and
     * {@code {"type":"mark","name","value","start","end"}}. Positions and lengths count UTF-16 units, each of which is an
     * event; a mark is one.
     */
    public static JsonArray runs(TextDocument document, Map<String, Integer> vector) {
        return EventRun.toJson(document.eventsSince(vector, Integer.MAX_VALUE));
    }

    static EventRun event(TextRun run, int time) {
        List<JsonValue> operations = new ArrayList<>(run.operations().size());
        for (TextOperation operation : run.operations()) {
            operations.add(write(operation));
        }
        return new EventRun(run.first(), run.parents(), time, run.length(), operations);
    }

    private static JsonObject write(TextOperation operation) {
        return switch (operation) {
            case TextOperation.Insert insert -> JsonObject.builder().put("type", "insert").put("pos", insert.position())
                    .put("text", insert.text()).build();
            case TextOperation.Delete delete -> JsonObject.builder().put("type", "delete").put("pos", delete.position())
                    .put("len", delete.length()).build();
            case TextOperation.Mark mark -> mark.mark().toJson().with("type", JsonValue.of("mark"));
        };
    }

    /** Reads {@link #runs}, for {@link TextDocument#merge(List)}. */
    public static List<TextRun> readRuns(JsonValue json) throws ProtocolException {
        return readRuns(EventRun.read(DocumentKind.TEXT, json));
    }

    static List<TextRun> readRuns(List<EventRun> events) throws ProtocolException {
        List<TextRun> runs = new ArrayList<>(events.size());
        for (EventRun run : events) {
            List<TextOperation> operations = new ArrayList<>(run.operations().size());
            for (JsonValue operation : run.operations()) {
                operations.add(read(operation));
            }
            runs.add(new TextRun(run.first(), run.parents(), operations));
        }
        return runs;
    }

    private static TextOperation read(JsonValue json) throws ProtocolException {
        JsonObject operation = JsonCasts.object(json, "an op");
        String type = operation.string("type");
        switch (type) {
            case "insert" -> {
                String text = operation.string("text");
                if (text.isEmpty()) {
                    throw new ProtocolException("an op inserts nothing");
                }
                return new TextOperation.Insert(operation.integer("pos", 0, EventGraph.MAX_EVENTS), text);
            }
            case "delete" -> {
                return new TextOperation.Delete(operation.integer("pos", 0, EventGraph.MAX_EVENTS),
                        operation.integer("len", 1, EventGraph.MAX_EVENTS));
            }
            case "mark" -> {
                return new TextOperation.Mark(TextMark.read(operation));
            }
            default -> throw new ProtocolException("an op of a text is insert, delete or mark, not " + type);
        }
    }

    /** How a text changed, as editors exchange it: {@code [{"retain":n}, {"insert":"…"}, {"delete":n}]}. */
    public static JsonArray change(TextChange change) {
        List<JsonValue> edits = new ArrayList<>(change.edits().size());
        for (TextChange.Edit edit : change.edits()) {
            edits.add(switch (edit) {
                case TextChange.Edit.Retain retain -> JsonObject.of("retain", JsonValue.of(retain.length()));
                case TextChange.Edit.Insert insert -> JsonObject.of("insert", JsonValue.of(insert.text()));
                case TextChange.Edit.Delete delete -> JsonObject.of("delete", JsonValue.of(delete.length()));
            });
        }
        return new JsonArray(edits);
    }
}
