/** A set of strings that only grows. */
@NullMarked
package dev.thalweg.dds.gset;

import org.jspecify.annotations.NullMarked;
