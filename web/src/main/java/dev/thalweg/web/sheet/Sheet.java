package dev.thalweg.web.sheet;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sheet of the demo: one structure put to work. Adding a structure to the demo is adding one of these to
 * {@link Sheets}.
 *
 * @param <C> the structure's handle
 */
public interface Sheet<C extends SharedObject<?, ?>> {
    /** Short and stable: the key of the object in the document, and {@code data-pick}. */
    String id();

    /** What the sheet is a survey of. */
    String title();

    /** The name of the structure. */
    String structure();

    /** Among which structures the picker has it. */
    Group group();

    /** The structure's rule in one sentence. */
    String rule();

    /** The structure. */
    ChannelType<C> type();

    /** Gives a new document what the sheet begins with. */
    void seed(C object);

    /** The rows one client sees, always in the same order. @param crew this client and the others */
    List<Row> rows(C object, Crew crew);

    /** Does what a button of a row says. @param self what this client calls itself */
    void act(C object, String key, Action action, String self);

    /** What the race button says. */
    String raceLabel();

    /** Chooses what to race for. @param chance from 0 inclusive to 1 exclusive @return null when there is nothing */
    @Nullable
    Race plan(C object, double chance);

    /** One client's part in a race. */
    void race(C object, Race race, Side side, String self);

    /** Gives back what nobody else can give back for this client. Every client is asked before one resets the sheet. */
    default void relinquish(C object) {}

    /** Brings the sheet back to its beginning by ordinary edits. @param self what this client calls itself */
    void reset(C object, String self);

    /** An operation in a few words, for the log. */
    String describe(JsonObject operation);

    /** Why an operation was refused, told from the events it caused on a replica; empty when it was not. */
    default String refusal(List<ChannelEvent> events) {
        return "";
    }

    /** A picture of what one client sees. @param crew this client and the others */
    List<Shape> drawing(C object, Crew crew);
}
