/** A set of strings from which an element is removed once and for all. */
@NullMarked
package dev.thalweg.dds.twophaseset;

import org.jspecify.annotations.NullMarked;
