/** Notes that are written offline in several tabs and merge when these meet again. */
@NullMarked
package dev.thalweg.notes;

import org.jspecify.annotations.NullMarked;
