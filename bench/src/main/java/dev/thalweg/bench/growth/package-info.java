/** What one operation costs as documents grow. */
@NullMarked
package dev.thalweg.bench.growth;

import org.jspecify.annotations.NullMarked;
