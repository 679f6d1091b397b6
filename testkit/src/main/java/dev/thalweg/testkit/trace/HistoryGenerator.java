package dev.thalweg.testkit.trace;

import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.TextOperation;
import dev.thalweg.eventgraph.TextRun;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes up histories of several authors who branch and merge, with the text that they must come to by the definition
 * ({@link FugueText}). In the form of diamond-types' export, without code points beyond U+FFFF.
 */
public final class HistoryGenerator {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJ\u00e9\u00df\u4e16";

    private final Rng rng;
    private final List<JsonValue> turns = new ArrayList<>();
    private final Map<EventId, Integer> places = new HashMap<>();
    private final Map<String, Integer> made = new HashMap<>();
    private final FugueText all = new FugueText();
    private int events;

    private HistoryGenerator(Rng rng) {
        this.rng = rng;
    }

    /** A branch: what was done on it, and its latest events. */
    private record Branch(List<TextRun> runs, List<EventId> version) {}

    /** One history as JSON. */
    public static JsonObject generate(int seed) {
        return new HistoryGenerator(new Rng(seed)).make();
    }

    private JsonObject make() {
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            branches.add(new Branch(List.of(), List.of()));
        }
        int steps = rng.between(10, 40);
        for (int i = 0; i < steps; i++) {
            int at = rng.below(branches.size());
            if (rng.chance(30)) {
                branches.set(at, merge(branches.get(at), branches.get(rng.below(branches.size()))));
            } else {
                branches.set(at, turn(branches.get(at)));
            }
        }
        return JsonObject.builder().put("txns", new JsonArray(turns)).put("endContent", all.text()).build();
    }

    private static Branch merge(Branch a, Branch b) {
        List<TextRun> runs = new ArrayList<>(a.runs());
        for (TextRun run : b.runs()) {
            if (!runs.contains(run)) {
                runs.add(run);
            }
        }
        List<EventId> version = new ArrayList<>();
        for (TextRun run : runs) {
            version.removeAll(run.parents());
            version.add(last(run));
        }
        return new Branch(runs, version);
    }

    private static EventId last(TextRun run) {
        return new EventId(run.first().agent(), run.first().sequence() + run.length() - 1);
    }

    private Branch turn(Branch branch) {
        FugueText text = new FugueText();
        branch.runs().forEach(text::add);
        int length = text.text().length();
        List<TextOperation> operations = new ArrayList<>();
        for (int i = rng.between(1, 2); i > 0; i--) {
            if (length == 0 || rng.chance(60)) {
                int from = rng.below(LETTERS.length() - 2);
                String inserted = LETTERS.substring(from, from + rng.between(1, 2));
                operations.add(new TextOperation.Insert(rng.below(length + 1), inserted));
                length += inserted.length();
            } else {
                int count = rng.between(1, Math.min(4, length));
                operations.add(new TextOperation.Delete(rng.below(length - count + 1), count));
                length -= count;
            }
        }
        String agent = rng.pick(List.of("a", "b", "c"));
        TextRun run = new TextRun(new EventId(agent, made.getOrDefault(agent, 0)), branch.version(), operations);
        write(run);
        all.add(run);
        List<TextRun> runs = new ArrayList<>(branch.runs());
        runs.add(run);
        return new Branch(runs, List.of(last(run)));
    }

    private void write(TextRun run) {
        made.put(run.first().agent(), run.first().sequence() + run.length());
        List<JsonValue> operations = new ArrayList<>();
        for (TextOperation operation : run.operations()) {
            operations.add(switch (operation) {
                case TextOperation.Insert insert ->
                        JsonArray.of(JsonValue.of(insert.position()), JsonValue.of(0), JsonValue.of(insert.text()));
                case TextOperation.Delete delete -> JsonArray.of(JsonValue.of(delete.position()),
                        JsonValue.of(delete.length()), JsonValue.of(""));
                case TextOperation.Mark mark -> throw new IllegalStateException("histories have no marks: " + mark);
            });
        }
        List<JsonValue> parents = new ArrayList<>();
        for (EventId parent : run.parents()) {
            parents.add(JsonValue.of(places.getOrDefault(parent, -1)));
        }
        int end = events + run.length();
        places.put(last(run), end - 1);
        turns.add(JsonObject.builder().put("span", JsonArray.of(JsonValue.of(events), JsonValue.of(end)))
                .put("parents", new JsonArray(parents)).put("agent", run.first().agent())
                .put("seqStart", run.first().sequence()).put("ops", new JsonArray(operations)).build());
        events = end;
    }
}
