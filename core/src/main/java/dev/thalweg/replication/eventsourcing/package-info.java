/**
 * Event sourcing in which every node writes: entities whose events are made on several nodes at once and end everywhere
 * as one history. Start at {@link dev.thalweg.replication.eventsourcing.ReplicatedEntity}.
 */
@NullMarked
package dev.thalweg.replication.eventsourcing;

import org.jspecify.annotations.NullMarked;
