/** What texts of {@code core/eventgraph} cost, on recorded histories. */
@NullMarked
package dev.thalweg.bench.text;

import org.jspecify.annotations.NullMarked;
