/** The laws of lattices, held against every type with cases made up from seeds. */
@NullMarked
package dev.thalweg.testkit.laws;

import org.jspecify.annotations.NullMarked;
