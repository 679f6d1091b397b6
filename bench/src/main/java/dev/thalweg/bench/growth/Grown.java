package dev.thalweg.bench.growth;

/** A document or structure that has grown to some size, and an operation on it that leaves it at that size. */
interface Grown {
    /** Makes an operation and lets everybody have it. @param i says which, from 0 on without end */
    void once(int i);

    /** Looks whether the other client has what the last operation did. @throws IllegalStateException when not */
    void check(int last);
}
