/** Benchmarks. */
@NullMarked
package dev.thalweg.bench;

import org.jspecify.annotations.NullMarked;
