/**
 * What makes lattices and logs travel: the ports they need of a machine (journals and messengers; the clock is
 * {@link dev.thalweg.platform.Timers}) and, in the packages below, what is built on them.
 */
@NullMarked
package dev.thalweg.replication;

import org.jspecify.annotations.NullMarked;
