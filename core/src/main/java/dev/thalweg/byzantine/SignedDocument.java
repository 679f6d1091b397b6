package dev.thalweg.byzantine;

import dev.thalweg.eventgraph.EventId;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;

/** A document of the event graph, as entries see it. {@link SignedTables} and {@link SignedText} are such. */
public interface SignedDocument {
    /**
     * Events of one agent, each the only parent of the next.
     *
     * @param first   the name of the first
     * @param parents what its author had seen
     * @param events  how many there are
     * @param content what they did
     */
    record Stretch(EventId first, List<EventId> parents, int events, JsonValue content) {
        /** Copies the list. */
        public Stretch {
            parents = List.copyOf(parents);
        }
    }

    /** The agent whose edits are made here. */
    String agent();

    /** What the agent did here from one of its events on, in portions of which each fits into an entry. */
    List<Stretch> since(int first);

    /**
     * Takes in events whose causes are all here.
     *
     * @throws ProtocolException when they make no sense; then nothing of them was taken in. That may depend on nothing but
     *                           them and what their author had seen
     */
    void merge(Stretch stretch) throws ProtocolException;

    /** An empty document of the same kind for the same agent. */
    SignedDocument empty();
}
