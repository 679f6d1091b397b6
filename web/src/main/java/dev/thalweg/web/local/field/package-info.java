/** The sheet of presence: boats that readers move, each an entry that is true only for a moment. */
@NullMarked
package dev.thalweg.web.local.field;

import org.jspecify.annotations.NullMarked;
