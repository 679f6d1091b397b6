/** A counter by event sourcing on three nodes, one of which is killed and started again. */
@NullMarked
package dev.thalweg.samples.tally;

import org.jspecify.annotations.NullMarked;
