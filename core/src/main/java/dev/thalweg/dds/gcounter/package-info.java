/** A counter that only grows: an operation may arrive any number of times and counts once. */
@NullMarked
package dev.thalweg.dds.gcounter;

import org.jspecify.annotations.NullMarked;
