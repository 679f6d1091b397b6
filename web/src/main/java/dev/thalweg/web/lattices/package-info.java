/** The sheet of lattices: three replicas, a network the reader can spoil, and the states they come through. */
@NullMarked
package dev.thalweg.web.lattices;

import org.jspecify.annotations.NullMarked;
