/**
 * Documents among peers that do not trust each other: entries that are signed and linked by the hashes of what their
 * authors had seen, on top of the event graph.
 */
@NullMarked
package dev.thalweg.byzantine;

import org.jspecify.annotations.NullMarked;
