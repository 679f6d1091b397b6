/** Reading documents with a long history, or with a large summary. */
@NullMarked
package dev.thalweg.bench.catchup;

import org.jspecify.annotations.NullMarked;
