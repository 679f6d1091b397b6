package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** What a document of events is: which operations its events do. */
public enum DocumentKind {
    /** A {@link TableDocument}. */
    TABLES("tables", EventFormat.TABLE_EVENTS),
    /** A {@link TextDocument}, with or without marks. */
    TEXT("text", EventFormat.EVENTS),
    /** A {@link ListDocument}. */
    LIST("list", EventFormat.LIST_EVENTS);

    private final String label;
    private final int mark;

    DocumentKind(String label, int mark) {
        this.label = label;
        this.mark = mark;
    }

    /** What it is called in messages: {@code tables}, {@code text} or {@code list}. */
    public String label() {
        return label;
    }

    /** The kind that is called so. */
    public static DocumentKind read(String label) throws ProtocolException {
        for (DocumentKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new ProtocolException("kind must be tables, text or list, was " + label);
    }

    /** Whose events {@link EventDocument#encode} or another of its methods wrote; nothing else of the bytes is looked at. */
    public static DocumentKind of(byte[] bytes) throws ProtocolException {
        int found = EventFormat.kindOfEvents(bytes);
        for (DocumentKind kind : values()) {
            if (kind.mark == found) {
                return kind;
            }
        }
        throw new ProtocolException("events of the unknown kind " + found);
    }

    /** How many events an operation is. */
    int events(JsonValue json) throws ProtocolException {
        if (this == TABLES) {
            return 1;
        }
        JsonObject operation = JsonCasts.object(json, "an op");
        return switch (operation.string("type")) {
            case "insert" -> this == TEXT ? operation.string("text").length() : operation.array("slots").size();
            case "delete" -> operation.integer("len", 1, EventGraph.MAX_EVENTS);
            default -> 1;
        };
    }
}
