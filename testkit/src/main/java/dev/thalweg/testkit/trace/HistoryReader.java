package dev.thalweg.testkit.trace;

import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.TextOperation;
import dev.thalweg.eventgraph.TextRun;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a history from JSON. Two forms are known: the export of diamond-types ({@code txns} with {@code span},
 * {@code parents}, {@code agent}, {@code seqStart} and {@code ops}), and that of sequential editing traces ({@code txns}
 * with {@code patches}).
 *
 * <p>Both count code points. Where a text has some beyond U+FFFF, positions and events are counted anew in UTF-16 units,
 * which takes a history of a single branch.
 */
public final class HistoryReader {
    private static final int MAX = Integer.MAX_VALUE;

    private final List<TextRun> runs = new ArrayList<>();
    private final AstralPositions astral = new AstralPositions();
    /* By turn: where its events start in the file's count. */
    private final List<Integer> starts = new ArrayList<>();
    private int end;
    private final Map<String, Integer> made = new HashMap<>();
    private boolean branched;

    private HistoryReader() {}

    /** Reads one. */
    public static History read(JsonValue value) throws ProtocolException {
        JsonObject object = JsonCasts.object(value, "history");
        HistoryReader reader = new HistoryReader();
        JsonArray turns = object.array("txns");
        for (int i = 0; i < turns.size(); i++) {
            try {
                JsonObject turn = JsonCasts.object(turns.get(i), "turn");
                if (turn.has("patches")) {
                    reader.patches(turn.array("patches"));
                } else {
                    reader.turn(turn);
                }
            } catch (ProtocolException e) {
                throw e.in("turn " + i);
            } catch (IllegalArgumentException e) {
                throw new ProtocolException("turn " + i + ": " + e.getMessage());
            }
        }
        return new History(reader.runs, object.string("endContent"));
    }

    private void patches(JsonArray patches) throws ProtocolException {
        List<TextOperation> operations = operations(patches);
        if (operations.isEmpty()) {
            return;
        }
        int first = made.getOrDefault("author", 0);
        List<EventId> parents = first == 0 ? List.of() : List.of(new EventId("author", first - 1));
        TextRun run = new TextRun(new EventId("author", first), parents, operations);
        made.put("author", first + run.length());
        runs.add(run);
    }

    private void turn(JsonObject turn) throws ProtocolException {
        JsonArray span = ofSize(turn.array("span"), 2, "span");
        int from = JsonCasts.integer(span.get(0), "span", 0, MAX);
        int to = JsonCasts.integer(span.get(1), "span", from + 1, MAX);
        List<EventId> parents = new ArrayList<>();
        for (JsonValue parent : turn.array("parents").values()) {
            parents.add(eventAt(JsonCasts.integer(parent, "parent", 0, from - 1)));
        }
        branched |= !runs.isEmpty() && (parents.size() != 1 || !parents.get(0).equals(last()));
        String agent = turn.string("agent");
        int first = made.getOrDefault(agent, 0);
        List<TextOperation> operations = operations(turn.array("ops"));
        TextRun run = new TextRun(new EventId(agent, first), parents, operations);
        made.put(agent, first + run.length());
        runs.add(run);
        if (branched && astral.wasNeeded()) {
            throw new ProtocolException("code points beyond U+FFFF in a history with branches");
        }
        starts.add(from);
        end = to;
    }

    private EventId last() {
        TextRun run = runs.get(runs.size() - 1);
        return new EventId(run.first().agent(), run.first().sequence() + run.length() - 1);
    }

    private EventId eventAt(int event) throws ProtocolException {
        int low = 0;
        int high = starts.size() - 1;
        if (high < 0) {
            throw new ProtocolException("there is no event " + event + " yet");
        }
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts.get(middle) <= event) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        if (event == end - 1) {
            return last();
        }
        if (astral.wasNeeded()) {
            throw new ProtocolException("code points beyond U+FFFF in a history with branches");
        }
        EventId first = runs.get(low).first();
        return new EventId(first.agent(), first.sequence() + event - starts.get(low));
    }

    private static JsonArray ofSize(JsonArray array, int size, String what) throws ProtocolException {
        if (array.size() != size) {
            throw new ProtocolException(what + " has " + size + " members, not " + array.size());
        }
        return array;
    }

    /* Each is position, how many to delete, what to insert. */
    private List<TextOperation> operations(JsonArray patches) throws ProtocolException {
        List<TextOperation> operations = new ArrayList<>(patches.size());
        for (JsonValue each : patches.values()) {
            JsonArray patch = ofSize(JsonCasts.array(each, "patch"), 3, "patch");
            int point = JsonCasts.integer(patch.get(0), "position", 0, MAX);
            int points = JsonCasts.integer(patch.get(1), "length", 0, MAX);
            String text = JsonCasts.string(patch.get(2), "text");
            int position = astral.unit(point);
            int length = astral.unit(point + points) - position;
            if (length > 0) {
                operations.add(new TextOperation.Delete(position, length));
                astral.delete(position, length);
            }
            if (!text.isEmpty()) {
                operations.add(new TextOperation.Insert(position, text));
                astral.insert(position, text);
            }
        }
        return operations;
    }
}
