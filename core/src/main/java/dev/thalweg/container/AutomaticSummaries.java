package dev.thalweg.container;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import java.util.ArrayDeque;
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

    /* So many operations may well be sequenced while a summary is written. */
    private static final int MANY = 10_000;

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
        /* The numbers of the operations that are in no summary; of very many the latest, which the next may not cover. */
        private final ArrayDeque<Integer> operations = new ArrayDeque<>();
        /* Of the latest summary that was announced: its message, the last message it covers, and when it came. */
        private int announced;
        private int covered;
        private double announcedAt;
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
                sequenced(sequenced.message());
            } else if (event instanceof ContainerEvent.SummaryAcknowledged acknowledged) {
                acknowledged(acknowledged.sequenceNumber());
            } else if (event instanceof ContainerEvent.Closed) {
                closed = true;
                cancel();
            } else if (event instanceof ContainerEvent.ConnectionChanged
                    || event instanceof ContainerEvent.QuorumChanged) {
                arm();
            }
        }

        private void sequenced(SequencedMessage message) {
            if (message.type() == MessageType.OP) {
                operation(message.sequenceNumber());
            } else if (message.type() == MessageType.SUMMARIZE) {
                announced = message.sequenceNumber();
                covered = message.referenceSequenceNumber();
                announcedAt = watched.timers().now();
            }
        }

        private void operation(int sequenceNumber) {
            lastAt = watched.timers().now();
            if (operations.isEmpty()) {
                firstAt = lastAt;
            }
            operations.addLast(sequenceNumber);
            if (operations.size() > maxOperations + MANY) {
                operations.removeFirst();
            } else if (operations.size() == 1 || operations.size() == maxOperations) {
                cancel();
                arm();
            }
        }

        /* Whoever wrote it. What came after the last message it covers is for the next. */
        private void acknowledged(int sequenceNumber) {
            while (sequenceNumber == announced && !operations.isEmpty() && operations.getFirst() <= covered) {
                operations.removeFirst();
            }
            firstAt = announcedAt;
            failures = 0;
            cancel();
            arm();
        }

        /* One timer, for the moment at which a summary is due as things stand; what happens meanwhile is looked at then. */
        private void arm() {
            if (operations.isEmpty() || timer != null || writing || closed) {
                return;
            }
            double now = watched.timers().now();
            double wait = Math.max(due(), notBefore) - now;
            timer = watched.timers().schedule(Math.max(0, wait) + watched.ids().fraction() * jitterMillis, () -> {
                timer = null;
                if (Math.max(due(), notBefore) > watched.timers().now()) {
                    arm();
                } else if (!operations.isEmpty() && watched.elected()) {
                    write();
                }
            });
        }

        private double due() {
            return operations.size() >= maxOperations ? lastAt : Math.min(firstAt + maxMillis, lastAt + idleMillis);
        }

        private void write() {
            writing = true;
            watched.summarize(new Outcome<>() {
                @Override
                public void succeeded(SummaryReport report) {
                    writing = false;
                    arm();
                }

                @Override
                public void failed(Failure failure) {
                    writing = false;
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
