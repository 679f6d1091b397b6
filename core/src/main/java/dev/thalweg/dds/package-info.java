/**
 * What all distributed data structures have in common: operations, kernels, events, the channel under a handle. Each structure is a package of its own below this one.
 */
@NullMarked
package dev.thalweg.dds;

import org.jspecify.annotations.NullMarked;
