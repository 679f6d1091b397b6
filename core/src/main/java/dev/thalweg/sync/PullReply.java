package dev.thalweg.sync;

import dev.thalweg.eventgraph.EventRun;
import java.util.List;

/**
 * What came of a pull.
 *
 * @param events each after its causes
 * @param state  what is there
 * @param more   whether there is more to come: whoever has taken in the events asks again
 */
public record PullReply(List<EventRun> events, SyncState state, boolean more) {
    /** Copies the list. */
    public PullReply {
        events = List.copyOf(events);
    }
}
