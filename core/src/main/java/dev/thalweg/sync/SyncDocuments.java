package dev.thalweg.sync;

import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventDocument;
import dev.thalweg.eventgraph.ListDocument;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TextDocument;

/** Documents that a hub keeps. */
final class SyncDocuments {
    private SyncDocuments() {}

    /** An empty one. */
    static EventDocument<?> create(DocumentKind kind, String agent) {
        return switch (kind) {
            case TABLES -> new TableDocument(agent);
            case TEXT -> new TextDocument(agent);
            case LIST -> new ListDocument(agent);
        };
    }
}
