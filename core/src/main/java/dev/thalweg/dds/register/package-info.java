/** Registers that keep every version nobody has written over knowingly, and agree on one of them. */
@NullMarked
package dev.thalweg.dds.register;

import org.jspecify.annotations.NullMarked;
