/** Bindings of the core's ports to the JVM: sockets, HTTP, clock and files. */
@NullMarked
package dev.thalweg.jvm;

import org.jspecify.annotations.NullMarked;
