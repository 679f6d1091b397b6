/**
 * A deterministic ordering service in memory, with explicit delivery and a logical clock.
 */
@NullMarked
package dev.thalweg.loopback;

import org.jspecify.annotations.NullMarked;
