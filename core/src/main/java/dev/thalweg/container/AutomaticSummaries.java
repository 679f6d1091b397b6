package dev.thalweg.container;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import dev.thalweg.protocol.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Has summaries written after so many operations, so much time, or when nobody edits for a while; by one client of the
 * document at a time. Times are milliseconds.
 *
 * @param maxOperations operations since the last summary after which one is due
 * @param maxMillis     after this long since the first of them one is due, however few they are
 * @param idleMillis    after this long without any one is due
 * @param jitterMillis  when one is due it is begun after a random part of this, so that clients that think so at once do
 *                      not begin at once
 * @param retryMillis   how long to wait after one failed; twice as long after each further one
 */
public record AutomaticSummaries(
        int maxOperations, double maxMillis, double idleMillis, double jitterMillis, double retryMillis)
        implements
            SummaryPolicy {
    /** The stock client's numbers. */
    public static final AutomaticSummaries DEFAULT = new AutomaticSummaries(100, 60_000, 30_000, 5_000, 10_000);

    private static final int MOST_DOUBLINGS = 6;

    public AutomaticSummaries {
        if (maxOperations < 1 || !(maxMillis > 0) || !(idleMillis > 0) || !(jitterMillis >= 0) || !(retryMillis > 0)) {
            throw new IllegalArgumentException("operations and times must be above 0");
        }
    }

    @Override
    public void watch(Summarizing container) {
        Watch watch = new Watch(container);
        container.container().subscribe(watch::heard);
    }

    private final class Watch {
        private final Summarizing watched;
        private int operations;
        /* Those of them that were there when the present summary was begun: what came since may not be in it. */
        private int included;
        private double begunAt;
        private int failures;
        private double firstAt;
        private double lastAt;
        private double notBefore;
        private boolean writing;
        private boolean closed;
        private @Nullable Subscription timer;

        Watch(Summarizing watched) {
            this.watched = watched;
        }

        void heard(ContainerEvent event) {
            if (event instanceof ContainerEvent.Sequenced sequenced) {
                if (sequenced.message().type() == MessageType.OP) {
                    operation();
                }
            } else if (event instanceof ContainerEvent.SummaryAcknowledged) {
                acknowledged();
            } else if (event instanceof ContainerEvent.Closed) {
                closed = true;
                cancel();
            } else if (event instanceof ContainerEvent.ConnectionChanged
                    || event instanceof ContainerEvent.QuorumChanged) {
                arm();
            }
        }

        private void operation() {
            lastAt = watched.timers().now();
            if (operations++ == 0) {
                firstAt = lastAt;
            }
            if (operations == 1 || operations == maxOperations) {
                cancel();
                arm();
            }
        }

        private void acknowledged() {
            operations = included == 0 ? 0 : Math.max(0, operations - included);
            firstAt = begunAt;
            included = 0;
            failures = 0;
            cancel();
            arm();
        }

        /* One timer, for the moment at which a summary is due as things stand; what happens meanwhile is looked at then. */
        private void arm() {
            if (operations == 0 || timer != null || writing || closed) {
                return;
            }
            double now = watched.timers().now();
            double wait = Math.max(due(), notBefore) - now;
            timer = watched.timers().schedule(Math.max(0, wait) + watched.ids().fraction() * jitterMillis, () -> {
                timer = null;
                if (Math.max(due(), notBefore) > watched.timers().now()) {
                    arm();
                } else if (operations > 0 && watched.elected()) {
                    write();
                }
            });
        }

        private double due() {
            return operations >= maxOperations ? lastAt : Math.min(firstAt + maxMillis, lastAt + idleMillis);
        }

        private void write() {
            writing = true;
            included = operations;
            begunAt = watched.timers().now();
            watched.summarize(new Outcome<>() {
                @Override
                public void succeeded(SummaryReport report) {
                    writing = false;
                    arm();
                }

                @Override
                public void failed(Failure failure) {
                    writing = false;
                    included = 0;
                    int doublings = Math.min(failures++, MOST_DOUBLINGS);
                    notBefore = watched.timers().now() + retryMillis * (1 << doublings);
                    if (!failure.retryable()) {
                        watched.handOver();
                    }
                    arm();
                }
            });
        }

        private void cancel() {
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }
    }
}
