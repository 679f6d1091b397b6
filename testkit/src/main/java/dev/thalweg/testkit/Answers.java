package dev.thalweg.testkit;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonValue;

/**
 * Hears what comes of calls after they were made, as corpora spell it. Where corpora come from, an answer passes through
 * promises on its way and is heard when the message that brought it is over.
 */
@FunctionalInterface
public interface Answers {
    /**
     * Hears something.
     *
     * @param event what is recorded
     * @param hops  through how many promises it passes behind the first: what comes with the same message and passes
     *              through fewer is heard before
     */
    void tell(JsonValue event, int hops);

    /** The answer to a call is there. @param id the call's number */
    default void resolve(int id, JsonValue value, int hops) {
        tell(JsonArray.of(JsonValue.of("resolve"), JsonValue.of(id), value), hops);
    }

    /** Nobody listens. */
    static Answers none() {
        return (event, hops) -> {
        };
    }
}
