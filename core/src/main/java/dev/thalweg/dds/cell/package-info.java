/** SharedCell: one value, or none; the last write on the one line wins. Fluid's structure and Fluid's bytes. */
@NullMarked
package dev.thalweg.dds.cell;

import org.jspecify.annotations.NullMarked;
