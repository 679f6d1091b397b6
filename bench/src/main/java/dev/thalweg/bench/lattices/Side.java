package dev.thalweg.bench.lattices;

/**
 * A kind of lattice as one library has it. States and deltas are values.
 *
 * @param <S> states
 * @param <D> deltas
 */
interface Side<S, D> {
    /** A state after a change, and what other replicas have to be told. */
    record Changed<S, D>(S state, D delta) {}

    S empty();

    /** Adds an element, writes below a key, or counts. @param replica who does, from 0 @param key from 0 */
    Changed<S, D> put(S state, int replica, int key);

    /** Removes an element or a key. Counters put instead. */
    Changed<S, D> remove(S state, int replica, int key);

    S join(S mine, S theirs);

    S take(S mine, D delta);

    /** Two deltas as one. */
    D both(D first, D second);

    /** A state or a delta as it travels. */
    byte[] bytes(Object stateOrDelta);

    S read(byte[] state);

    /** What a reader sees, spelled alike by all libraries. */
    String end(S state);
}
