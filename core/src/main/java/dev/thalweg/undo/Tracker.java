package dev.thalweg.undo;

import dev.thalweg.dds.OperationObserver;
import dev.thalweg.dds.SharedObject;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Follows one channel. Remembers its operations in flight in the order in which they were made, which is the order in
 * which they come back.
 *
 * @param <O> its operations
 */
abstract class Tracker<O> implements OperationObserver<O> {
    final UndoRedoStackManager manager;
    final SharedObject<? extends O, ?> channel;
    private final ArrayDeque<Flight> flights = new ArrayDeque<>();
    boolean closed;
    /** Who made the latest operation of another client, and what this client's connection was called at its latest. */
    String author = "";
    String self = "";
    private @Nullable Flight expected;

    /** An operation in flight, and what to do when it comes back or is taken back. */
    static class Flight {
        @Nullable
        Object operation;
        /** Whether it is sequenced, taken back, or will never be sent. */
        boolean over;

        /** It is made now. */
        void begins(Object operation) {
            this.operation = operation;
        }

        /** It is sequenced, or will never be. */
        void landed() {}

        /** It never was. */
        void takenBack() {}
    }

    Tracker(UndoRedoStackManager manager, SharedObject<? extends O, ?> channel) {
        this.manager = manager;
        this.channel = channel;
    }

    /** An operation of the application: remembers how to undo it. */
    abstract Flight record(O operation);

    /** Another client's operation was sequenced. */
    abstract void foreign(O operation);

    /** Makes an operation that is no step of its own. */
    final void perform(Flight flight, Runnable edit) {
        expected = flight;
        try {
            edit.run();
        } finally {
            expected = null;
        }
    }

    @Override
    public final void making(O operation) {
        Flight flight = expected;
        // Listeners hear of the operation inside of the call that makes it, and what they do is the application's.
        expected = null;
        if (flight == null) {
            flight = record(operation);
        }
        flight.begins(operation);
        flights.addLast(flight);
    }

    @Override
    public final void sequenced(O operation, String clientId, boolean own) {
        if (!own) {
            author = clientId;
            foreign(operation);
            return;
        }
        self = clientId;
        Flight oldest = oldest();
        // What was made before the channel was tracked comes back, too.
        if (oldest != null && oldest.operation == operation) {
            flights.removeFirst();
            oldest.over = true;
            oldest.landed();
        }
    }

    @Override
    public final void rolledBack(O operation) {
        Flight newest = flights.peekLast();
        if (newest != null && newest.operation == operation) {
            flights.removeLast();
            newest.over = true;
            newest.takenBack();
        }
    }

    @Override
    public final void dropped(O operation) {
        for (Flight flight : flights) {
            if (flight.operation == operation && !flight.over) {
                flight.over = true;
                flight.landed();
                return;
            }
        }
    }

    private @Nullable Flight oldest() {
        Flight oldest = flights.peekFirst();
        while (oldest != null && oldest.over) {
            flights.removeFirst();
            oldest = flights.peekFirst();
        }
        return oldest;
    }
}
