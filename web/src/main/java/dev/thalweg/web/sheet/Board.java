package dev.thalweg.web.sheet;

import dev.thalweg.container.Container;
import dev.thalweg.dds.Absorbing;
import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Subscription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sheet on one client: the sheet's rules with that client's handle in hand.
 *
 * @param <C> the structure's handle
 */
public final class Board<C extends SharedObject<?, ?>> {
    private final Sheet<C> sheet;
    private final C object;
    private final Crew crew;

    private Board(Sheet<C> sheet, C object, Crew crew) {
        this.sheet = sheet;
        this.object = object;
        this.crew = crew;
    }

    /**
     * A sheet on a client's container.
     *
     * @param crew that client and the others
     * @return null when the document has no such object: it was made by a program with fewer sheets
     */
    public static <C extends SharedObject<?, ?>> @Nullable Board<C> of(Sheet<C> sheet, Container container, Crew crew) {
        C object;
        try {
            object = container.object(sheet.id(), sheet.type());
        } catch (IllegalArgumentException e) {
            return null;
        }
        return new Board<>(sheet, object, crew);
    }

    /** The sheet. */
    public Sheet<C> sheet() {
        return sheet;
    }

    /** The structure's handle. */
    public C object() {
        return object;
    }

    /** Writes the sheet's beginning into a new document. */
    public void seed() {
        sheet.seed(object);
    }

    /** What this client sees. */
    public List<Row> rows() {
        return sheet.rows(object, crew);
    }

    /** A picture of it. */
    public List<Shape> drawing() {
        return sheet.drawing(object, crew);
    }

    /** Does what a button says. */
    public void act(String key, Action action) {
        sheet.act(object, key, action, crew.self());
    }

    /** Chooses what to race for. */
    public @Nullable Race plan(double chance) {
        return sheet.plan(object, chance);
    }

    /** Takes part in a race. */
    public void race(Race race, Side side) {
        sheet.race(object, race, side, crew.self());
    }

    /** Gives back what nobody else can give back for this client. */
    public void relinquish() {
        sheet.relinquish(object);
    }

    /** Brings the sheet back to its beginning. */
    public void reset() {
        sheet.reset(object, crew.self());
    }

    /** Whether an operation that arrives twice is absorbed: then {@link #redeliver} may be called. */
    public boolean absorbs() {
        return object instanceof Absorbing;
    }

    /** Takes an operation in again. @return whether anything changed */
    public boolean redeliver(JsonObject operation) {
        if (!(object instanceof Absorbing absorbing)) {
            throw new IllegalStateException(sheet.structure() + " takes each operation once");
        }
        try {
            return absorbing.absorb(operation);
        } catch (ProtocolException e) {
            throw new IllegalArgumentException(
                    "not an operation of " + sheet.structure() + ": " + operation.toJson(), e);
        }
    }

    /** What a reader sees, in a canonical form. */
    public JsonValue snapshot() {
        return object.snapshot();
    }

    /** Hears what changes. */
    public Subscription subscribe(Listener<ChannelEvent> listener) {
        return object.subscribe(listener);
    }
}
