/** SharedMap: keys and values; the last write on the one line wins. Fluid's structure and Fluid's bytes. */
@NullMarked
package dev.thalweg.dds.map;

import org.jspecify.annotations.NullMarked;
