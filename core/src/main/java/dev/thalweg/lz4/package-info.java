/** LZ4's frame format, in which Fluid compresses large batches. */
@NullMarked
package dev.thalweg.lz4;

import org.jspecify.annotations.NullMarked;
