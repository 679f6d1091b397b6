package dev.thalweg.testkit.laws;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.json.JsonValue;
import dev.thalweg.testkit.Rng;

/**
 * What the laws need to know of a lattice.
 *
 * @param name    on the command line and in kept cases
 * @param bottom  the least state
 * @param reader  reads states
 * @param shape   of a causal lattice what its entries are made of, outermost first: {@code M} a map, {@code S} a set of
 *                dots, {@code F} a function of dots, {@code H} dots beside a value that stays; empty for all others
 * @param changes makes changes up and makes them
 * @param <S>     the lattice
 */
public record LatticeModel<S extends Lattice<S>>(String name, S bottom, Lattice.Reader<S> reader, String shape,
        Changes<S> changes) {

    /**
     * How a lattice is changed.
     *
     * @param <S> the lattice
     */
    interface Changes<S> {
        /** Makes up a change, as it stands in a kept case: an object whose {@code m} names the mutator. */
        JsonValue generate(Rng rng, String replica);

        /**
         * Makes a change. One that makes no sense in the state it meets is made as far as it does.
         *
         * @return the delta
         */
        S delta(S state, JsonValue call);

        /** Throws an {@link IllegalStateException} when an invariant of the class does not hold. */
        default void check(S state, boolean honest) {}
    }
}
