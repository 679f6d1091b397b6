package dev.thalweg.crdt;

import org.jspecify.annotations.Nullable;

/** Whether two things are one object. */
final class Identity {
    private Identity() {}

    /**
     * Whether it is the very object. States are immutable, so one object is one state and need not be looked into; two
     * objects may be one state all the same. Joins that change nothing give back the object they were given.
     */
    @SuppressWarnings("ReferenceEquality")
    static boolean same(@Nullable Object one, @Nullable Object other) {
        return one == other;
    }
}
