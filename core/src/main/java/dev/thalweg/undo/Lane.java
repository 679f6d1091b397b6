package dev.thalweg.undo;

import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** One place that holds one value: a key, a row, a cell. Who wrote what is there, as far as this client's steps go. */
final class Lane {
    final String place;
    /** Which write a reader sees. */
    Token top;
    /** How many own operations on it are in flight. */
    int inFlight;
    /** How many writes to it are in the history. */
    int held;
    /** How often another client's write had to be written once more since this client's last step here. */
    int mends;
    /** Who wrote last of the others. */
    String author = "";
    /** Whether the last own operation put something back. */
    boolean restored;

    /** A write, told from every other also when the values are equal. */
    static final class Token {
        @Nullable
        JsonValue value;
        /** What would be there without it; null for another client's. */
        @Nullable
        Token below;
        /** The step it belongs to, or null for another client's. */
        final @Nullable Step step;
        /** Its operation while that is in flight. */
        @Nullable
        Object operation;

        Token(@Nullable JsonValue value, @Nullable Token below, @Nullable Step step) {
            this.value = value;
            this.below = below;
            this.step = step;
        }
    }

    /** @param seen what a reader sees, whoever wrote it */
    Lane(String place, @Nullable JsonValue seen) {
        this.place = place;
        this.top = new Token(seen, null, null);
    }

    /** Another client's write came to stand on top, or below this client's that are in flight and stand. */
    void slip(Token theirs) {
        if (top.operation == null) {
            top = theirs;
        } else {
            beneath(theirs);
        }
    }

    /** Puts another client's write below the oldest of this client's in flight. */
    void beneath(Token theirs) {
        Token token = top;
        while (token.below != null && token.below.operation != null) {
            token = token.below;
        }
        token.below = theirs;
    }
}
