package dev.thalweg.replication.data;

/**
 * What happened under a key, here or elsewhere.
 *
 * @param <S> the lattice
 */
public sealed interface DataEvent<S> {
    /**
     * There is more than before.
     *
     * @param state what is there now
     * @param delta what came: the state before, joined with it, is this state. Pruning, of which nobody is told since it
     *              changes no value, comes in between: whoever joins deltas by itself counts some of them twice then
     */
    record Changed<S>(S state, S delta) implements DataEvent<S> {}

    /** The key is not there any more. */
    record Deleted<S>() implements DataEvent<S> {}
}
