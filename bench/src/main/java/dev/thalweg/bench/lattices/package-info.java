/** Our lattices beside Pekko's in one JVM, and beside maps of Yjs and Automerge on Node. */
@NullMarked
package dev.thalweg.bench.lattices;

import org.jspecify.annotations.NullMarked;
