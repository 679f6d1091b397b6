/** Undo and redo of what this client did, and of nothing else. */
@NullMarked
package dev.thalweg.undo;

import org.jspecify.annotations.NullMarked;
