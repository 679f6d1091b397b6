package dev.thalweg.testkit;

import dev.thalweg.dds.Listener;
import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Hears the outcome of a call, which must come once.
 *
 * @param <R> the outcome
 */
final class Once<R> implements Listener<R> {
    private final JsonValue call;
    private final Listener<R> next;
    private @Nullable R told;

    Once(JsonValue call, Listener<R> next) {
        this.call = call;
        this.next = next;
    }

    /** For one that is asked afterwards. */
    Once(JsonValue call) {
        this(call, outcome -> {
        });
    }

    /** What it has heard, or null. */
    @Nullable
    R told() {
        return told;
    }

    @Override
    public void on(R outcome) {
        if (told != null) {
            throw new IllegalStateException(call.toJson() + " was told " + told + " and then " + outcome);
        }
        told = outcome;
        next.on(outcome);
    }
}
