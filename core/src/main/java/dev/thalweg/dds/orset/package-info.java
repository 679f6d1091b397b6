/** A set of strings in which an addition wins over a removal made at the same time. */
@NullMarked
package dev.thalweg.dds.orset;

import org.jspecify.annotations.NullMarked;
