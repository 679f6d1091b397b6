package dev.thalweg.dds;

import dev.thalweg.crdt.Lattice;

/**
 * An operation of a structure that is a lattice.
 *
 * @param <S> the lattice
 */
public interface DeltaOperation<S extends Lattice<S>> extends ChannelOperation {
    /** What every replica joins to its state; all that counts of the operation. */
    S delta();
}
