package dev.thalweg.dds;

import dev.thalweg.json.JsonValue;

/** What can be done to keys and values. Structures that hold such name their own operations and say which of these each is. */
public sealed interface KeyedOperation extends ChannelOperation {
    /** Gives a key a value. */
    non-sealed interface Set extends KeyedOperation {
        /** The key. */
        String key();

        /** The value. */
        JsonValue value();
    }

    /** Takes a key out, whether it is there or not. */
    non-sealed interface Delete extends KeyedOperation {
        /** The key. */
        String key();
    }

    /** Takes every key out. */
    non-sealed interface Clear extends KeyedOperation {}
}
