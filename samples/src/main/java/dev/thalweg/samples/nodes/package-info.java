/** What the samples of several processes share: a node's beginning, a process that is a node, a table of what each has. */
@NullMarked
package dev.thalweg.samples.nodes;

import org.jspecify.annotations.NullMarked;
