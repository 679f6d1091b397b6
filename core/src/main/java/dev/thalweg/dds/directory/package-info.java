/** SharedDirectory: a tree of directories, each with keys and values. Fluid's structure and Fluid's bytes. */
@NullMarked
package dev.thalweg.dds.directory;

import org.jspecify.annotations.NullMarked;
