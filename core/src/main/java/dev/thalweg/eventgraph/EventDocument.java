package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Map;

/**
 * A document of events, whatever they do: what it takes to keep it, to bring it up to date, and to bring others up to date
 * with it.
 *
 * @param <C> how it changes: {@link TextChange}, {@link RichChange}, a list of {@link ListChange} or of {@link RowChange}
 */
public interface EventDocument<C> {
    /** What it is. */
    DocumentKind kind();

    /** The replica's name. */
    String agent();

    /** Who did what when, to be read. */
    EventGraph graph();

    /** How many runs of events wait for their causes. */
    int waiting();

    /** The names of the latest events, which together stand for the version that is here. */
    List<EventId> version();

    /** How many events of each agent are here. */
    Map<String, Integer> versionVector();

    /**
     * The first of the events that somebody lacks who has so many of each agent. Who has taken them in asks for the next
     * with the vector of then.
     *
     * @param limit how many events at most, at least 1; one more where the limit would split a surrogate pair
     */
    List<EventRun> eventsSince(Map<String, Integer> vector, int limit);

    /** The events that came here after the first so many, none when these are all. */
    List<EventRun> eventsFrom(int localVersion);

    /** All events as bytes. */
    byte[] encode();

    /**
     * The events that came here after the first so many, as bytes.
     *
     * @throws IllegalArgumentException when there are none
     */
    byte[] encodeFrom(int localVersion);

    /** Reads events for {@link #merge(Batch)}. @throws ProtocolException when they are not events of such a document */
    Batch read(List<EventRun> runs) throws ProtocolException;

    /** Reads what {@link #encode} or {@link #encodeFrom} wrote. @throws ProtocolException when it is something else or torn */
    Batch read(byte[] bytes) throws ProtocolException;

    /**
     * Takes in events of other replicas, in any order. Those that are here already change nothing, those whose causes are
     * missing wait for them.
     *
     * @param batch read by a document of the same kind
     * @throws ProtocolException when they cannot be: an agent has two histories, one does what its author cannot have done,
     *                           or too much would wait. Then nothing of it was taken in.
     */
    Merged<C> merge(Batch batch) throws ProtocolException;
}
