package dev.thalweg.server.session;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What every session of a service shares.
 *
 * @param limits    what a document takes
 * @param committer where messages are written
 * @param summaries the judge of uploaded summaries
 * @param workers   threads that may block
 * @param clock     milliseconds since 1970
 */
record SessionContext(SessionLimits limits, Committer committer, Summaries summaries, Executor workers,
        LongSupplier clock) {
    double now() {
        return clock.getAsLong();
    }
}
