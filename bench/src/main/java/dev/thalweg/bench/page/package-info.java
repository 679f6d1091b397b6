/** How soon the demo page can be used. */
@NullMarked
package dev.thalweg.bench.page;

import org.jspecify.annotations.NullMarked;
