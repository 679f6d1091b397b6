/**
 * A key-value store of lattices that every node of a cluster holds whole. Each node reads and writes on its own; changes
 * travel as deltas, digests find what got lost, and a caller who wants more than its own node's word says how many
 * others have to give theirs. Start at {@link dev.thalweg.replication.data.DistributedData}.
 */
@NullMarked
package dev.thalweg.replication.data;

import org.jspecify.annotations.NullMarked;
