/**
 * Where a service keeps its documents: the log of sequenced messages and the objects of summaries, in SQLite or in
 * memory.
 */
@NullMarked
package dev.thalweg.server.storage;

import org.jspecify.annotations.NullMarked;
