package dev.thalweg.sync;

import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.TableDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is somewhere.
 *
 * @param frontier the events that nobody there has seen
 * @param versions how many events of each agent are there
 */
public record SyncState(List<EventId> frontier, Map<String, Integer> versions) {
    /** Copies both. */
    public SyncState {
        frontier = List.copyOf(frontier);
        versions = new HashMap<>(versions);
    }

    static SyncState of(TableDocument tables) {
        return new SyncState(tables.version(), tables.versionVector());
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
