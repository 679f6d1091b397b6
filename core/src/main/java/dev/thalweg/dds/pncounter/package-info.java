/** A counter kept as two grow-only ledgers per replica: an operation may arrive any number of times and counts once. */
@NullMarked
package dev.thalweg.dds.pncounter;

import org.jspecify.annotations.NullMarked;
