package dev.thalweg.byzantine;

import dev.thalweg.eventgraph.EventGraph;
import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.eventgraph.TextMark;
import dev.thalweg.eventgraph.TextOperation;
import dev.thalweg.eventgraph.TextRun;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A text whose events are signed. Content is a list of {@code [position, "inserted"]}, {@code [position, deleted]} and
 * {@code [mark]}, the latter as {@link TextMark#toJson}.
 */
public final class SignedText implements SignedDocument {
    /* UTF-16 units of text, or operations, after which an entry is full. */
    private static final int PORTION = 1 << 15;

    private final TextDocument text;

    /** An empty one. @param agent the editing peer's public key in hexadecimal digits */
    public SignedText(String agent) {
        text = new TextDocument(agent);
    }

    /** The text, to be read and to be edited here. What others did comes in by entries only. */
    public TextDocument text() {
        return text;
    }

    @Override
    public String agent() {
        return text.agent();
    }

    @Override
    public SignedDocument empty() {
        return new SignedText(text.agent());
    }

    @Override
    public List<Stretch> since(int first) {
        if (text.graph().find(new EventId(agent(), first)) < 0) {
            return List.of();
        }
        Map<String, Integer> vector = new HashMap<>(text.versionVector());
        vector.put(agent(), first);
        List<Stretch> stretches = new ArrayList<>();
        for (TextRun run : text.runsSince(vector)) {
            Portions portions = new Portions(run.first(), run.parents(), stretches);
            int filled = 0;
            for (TextOperation operation : run.operations()) {
                switch (operation) {
                    case TextOperation.Insert insert -> filled = insert(insert, portions, filled);
                    case TextOperation.Delete delete -> {
                        portions.add(JsonArray.of(JsonValue.of(delete.position()), JsonValue.of(delete.length())),
                                delete.length());
                        filled++;
                    }
                    case TextOperation.Mark mark -> {
                        portions.add(JsonArray.of(mark.mark().toJson()), 1);
                        filled++;
                    }
                }
                if (filled >= PORTION) {
                    portions.cut();
                    filled = 0;
                }
            }
            portions.cut();
        }
        return stretches;
    }

    /* A long insertion is several, each behind the one before; a surrogate pair stays in one. */
    private static int insert(TextOperation.Insert insert, Portions portions, int filled) {
        String inserted = insert.text();
        int full = filled;
        int from = 0;
        while (from < inserted.length()) {
            if (full >= PORTION) {
                portions.cut();
                full = 0;
            }
            int to = Math.min(inserted.length(), from + PORTION - full);
            to += to < inserted.length() && Character.isLowSurrogate(inserted.charAt(to)) ? 1 : 0;
            portions.add(
                    JsonArray.of(JsonValue.of(insert.position() + from), JsonValue.of(inserted.substring(from, to))),
                    to - from);
            full += to - from;
            from = to;
        }
        return full;
    }

    @Override
    public void merge(Stretch stretch) throws ProtocolException {
        List<TextOperation> operations = new ArrayList<>();
        int events = 0;
        for (JsonValue each : JsonCasts.array(stretch.content(), "the content of an entry").values()) {
            TextOperation operation = read(JsonCasts.array(each, "an operation"));
            if (operation.length() > stretch.events() - events) {
                throw new ProtocolException("an entry of " + stretch.events() + " events does more");
            }
            events += operation.length();
            operations.add(operation);
        }
        if (events < stretch.events()) {
            throw new ProtocolException("an entry of " + stretch.events() + " events does " + events);
        }
        text.merge(List.of(new TextRun(stretch.first(), stretch.parents(), operations)));
    }

    private static TextOperation read(JsonArray json) throws ProtocolException {
        if (json.size() == 1) {
            return new TextOperation.Mark(TextMark.read(json.get(0)));
        }
        if (json.size() != 2) {
            throw new ProtocolException("an operation is a position and what is done there, not " + json.size()
                    + " values");
        }
        int position = JsonCasts.integer(json.get(0), "a position", 0, EventGraph.MAX_EVENTS);
        if (json.get(1) instanceof JsonString inserted) {
            if (inserted.value().isEmpty()) {
                throw new ProtocolException("an operation inserts nothing");
            }
            return new TextOperation.Insert(position, inserted.value());
        }
        return new TextOperation.Delete(position,
                JsonCasts.integer(json.get(1), "what is deleted", 1, EventGraph.MAX_EVENTS));
    }
}
