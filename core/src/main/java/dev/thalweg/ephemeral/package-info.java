/** What is true only for a moment, shared without a history: cursors, positions, who is typing. */
@NullMarked
package dev.thalweg.ephemeral;

import org.jspecify.annotations.NullMarked;
