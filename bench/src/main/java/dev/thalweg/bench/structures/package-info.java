/** Structures side by side with Fluid's own. */
@NullMarked
package dev.thalweg.bench.structures;

import org.jspecify.annotations.NullMarked;
