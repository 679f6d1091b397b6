/**
 * Load on an ordering service, ours and its peers: clients on real sockets, in turn against each service, with what
 * came of it. All of it stays on this machine, is bounded in time, and every process that is started is stopped.
 */
@NullMarked
package dev.thalweg.bench.load;

import org.jspecify.annotations.NullMarked;
