/** How large the programs for the browser are, plain and as they travel, and how large they may be. */
@NullMarked
package dev.thalweg.bench.size;

import org.jspecify.annotations.NullMarked;
