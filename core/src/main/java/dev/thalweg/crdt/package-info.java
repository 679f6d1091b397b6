/**
 * State-based lattices with deltas: values that join in any order, any grouping and any number of times to the same.
 * Immutable; joining a delta costs as much as the delta, not as the state.
 */
@NullMarked
package dev.thalweg.crdt;

import org.jspecify.annotations.NullMarked;
