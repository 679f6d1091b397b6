package dev.thalweg.sync;

import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventDocument;
import dev.thalweg.eventgraph.EventId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is somewhere.
 *
 * @param kind     of the document, or null while nobody has written anything
 * @param frontier the events that nobody there has seen
 * @param versions how many events of each agent are there
 */
public record SyncState(@Nullable DocumentKind kind, List<EventId> frontier, Map<String, Integer> versions) {
    /** Copies both. */
    public SyncState {
        frontier = List.copyOf(frontier);
        versions = new HashMap<>(versions);
    }

    static SyncState of(@Nullable EventDocument<?> document) {
        return document == null ? new SyncState(null, List.of(), Map.of())
                : new SyncState(document.kind(), document.version(), document.versionVector());
    }

    /** Whether there is anything that somebody else does not have. */
    public boolean hasMoreThan(Map<String, Integer> others) {
        for (Map.Entry<String, Integer> version : versions.entrySet()) {
            if (version.getValue() > others.getOrDefault(version.getKey(), 0)) {
                return true;
            }
        }
        return false;
    }
}
