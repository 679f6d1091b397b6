/**
 * Documents that need no server: a graph of events, each naming the events its author had seen, and text that is
 * worked out from it by eg-walker in FugueMax order.
 *
 * <p>{@link dev.thalweg.eventgraph.TextDocument} is what programs use. The graph underneath knows nothing of text.
 */
@NullMarked
package dev.thalweg.eventgraph;

import org.jspecify.annotations.NullMarked;
