/**
 * The client: connection, deltas, pending state, batches, data stores and channels, quorum and audience, summaries.
 */
@NullMarked
package dev.thalweg.container;

import org.jspecify.annotations.NullMarked;
