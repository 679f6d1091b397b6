package dev.thalweg.sync;

import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventRun;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import java.util.List;
import java.util.Map;

/**
 * The way to the place where replicas of a document meet. What the document is says whoever first brings events; nobody is
 * asked before.
 *
 * <p>The {@linkplain Failure#code code} of a failure is the HTTP status that says it: 400 for what cannot be read, 409 for
 * events that cannot be taken in, of an agent with two histories or for a document of another kind, 413 for too much at once.
 */
public interface SyncTransport {
    /** Asks what is there. */
    void state(Outcome<SyncState> outcome);

    /**
     * Brings events. Those that are there already make no difference; when one cannot be taken in, none is.
     *
     * @param kind   of the document that they are for
     * @param peer   who brings them, or an empty text: not told of them again
     * @param events each after its causes
     * @param outcome hears when they are durable
     */
    void push(DocumentKind kind, String peer, List<EventRun> events, Outcome<PushReply> outcome);

    /**
     * Fetches events.
     *
     * @param kind  of the document that they are for
     * @param known how many events of each agent are here
     * @param limit how many at most, at least 1; there may be fewer, also when there are more to come
     */
    void pull(DocumentKind kind, Map<String, Integer> known, int limit, Outcome<PullReply> outcome);
}
