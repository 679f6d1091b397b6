/** SharedCounter: a whole number that grows and shrinks by increments. Fluid's structure and Fluid's bytes. */
@NullMarked
package dev.thalweg.dds.counter;

import org.jspecify.annotations.NullMarked;
