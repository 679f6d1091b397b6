package dev.thalweg.replication.eventsourcing;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;

/**
 * What an entity is. All of it must depend on its arguments alone: nodes that have the same events must come to the same
 * state.
 *
 * @param <C> commands, which ask for something
 * @param <E> events, which say what happened; immutable
 * @param <S> states; immutable
 */
public interface EventSourced<C, E, S> {
    /** Before anything happened. */
    S initial();

    /**
     * Handles a command.
     *
     * @return what happens because of it; empty for nothing
     * @throws IllegalArgumentException when the command makes no sense; whoever gave it gets the exception
     */
    List<E> handle(S state, C command);

    /** The state after an event. It may have been made on another node, in another state. */
    S apply(S state, E event);

    /** What becomes of events that were made without knowing of each other. */
    default Resolver<S, E> resolver() {
        return Resolver.inOrder();
    }

    /** An event for the journal and for other nodes. */
    JsonValue writeEvent(E event);

    /** Reads what {@link #writeEvent} wrote. */
    E readEvent(JsonValue json) throws ProtocolException;

    /** A state for snapshots, in one form only. */
    JsonValue writeState(S state);

    /** Reads what {@link #writeState} wrote. */
    S readState(JsonValue json) throws ProtocolException;
}
