package dev.thalweg.container;

import dev.thalweg.driver.DocumentService;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.protocol.SequencedMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns what arrives, in pieces, twice, or too early, into the one line: every message once and in order. What is
 * missing is read from the service's record, one request at a time.
 */
final class DeltaManager {
    /** Takes messages in order. */
    interface Handler {
        /** A message is about to be processed: what waits to be sent goes now, with the reference it was made at. */
        void aboutToProcess();

        void process(SequencedMessage message);

        /** Everything on record has been processed. */
        void caughtUp();

        /** The record cannot be read, and trying again will not help. */
        void unreadable(Failure failure);
    }

    /** Messages that may wait for one before them; later ones are read from the record when their turn comes. */
    private static final int MAX_EARLY = 10_000;

    private final Timers timers;
    private final Handler handler;
    private final Backoff backoff;
    private final Map<Integer, SequencedMessage> early = new HashMap<>();
    private @Nullable DocumentService service;
    private int last;
    private int minimum;
    private int tries;
    private boolean processing;
    private int holds;
    private boolean fetching;
    /* Counts the links. What was asked for on one that is down is not taken: whoever is cut off sees nothing new, and
       the next link asks again. */
    private int link;
    private boolean toTheEnd;
    private boolean stopped;
    private @Nullable Subscription retry;

    DeltaManager(Timers timers, Ids ids, ContainerOptions options, Handler handler) {
        this.timers = timers;
        this.handler = handler;
        this.backoff = new Backoff(options, ids);
    }

    /**
     * Begins at the place a summary was written at.
     *
     * @param tries how often to try to read the record before giving up; 0 for no end
     */
    void start(DocumentService service, int sequenceNumber, int minimumSequenceNumber, int tries) {
        this.service = service;
        this.tries = tries;
        last = sequenceNumber;
        minimum = minimumSequenceNumber;
    }

    /** The last sequence number processed. */
    int sequenceNumber() {
        return last;
    }

    /** What every writer has processed, as far as is known. */
    int minimumSequenceNumber() {
        return minimum;
    }

    /** Whether a message is being processed. */
    boolean processing() {
        return processing;
    }

    /** Takes what has arrived. */
    void receive(List<SequencedMessage> messages) {
        for (SequencedMessage message : messages) {
            int sequenceNumber = message.sequenceNumber();
            if (sequenceNumber == last + 1 && early.isEmpty() && !processing && holds == 0 && !stopped) {
                process(message);
            } else if (sequenceNumber > last && early.size() < MAX_EARLY) {
                early.putIfAbsent(sequenceNumber, message);
            }
        }
        drain();
    }

    /** Reads the record to its end, then says so. */
    void catchUp() {
        toTheEnd = true;
        fetch();
    }

    /** Processes nothing until as many calls of {@link #release}; what arrives is kept. */
    void hold() {
        holds++;
    }

    /** Goes on after {@link #hold}. */
    void release() {
        holds--;
        drain();
    }

    /** The link is down: what is missing will be read when it is up again. */
    void pause() {
        link++;
        fetching = false;
        toTheEnd = false;
        cancelRetry();
        backoff.reset();
    }

    /** Processes nothing any more. */
    void stop() {
        stopped = true;
        early.clear();
        pause();
    }

    private void drain() {
        if (processing) {
            return;
        }
        while (holds == 0 && !stopped && !early.isEmpty()) {
            SequencedMessage next = early.remove(last + 1);
            if (next == null) {
                break;
            }
            process(next);
        }
        if (holds == 0 && !stopped && !early.isEmpty()) {
            fetch();
        }
    }

    private void process(SequencedMessage message) {
        processing = true;
        try {
            handler.aboutToProcess();
            last = message.sequenceNumber();
            minimum = Math.max(minimum, message.minimumSequenceNumber());
            handler.process(message);
        } finally {
            processing = false;
        }
    }

    private void fetch() {
        DocumentService record = service;
        if (record == null || fetching || stopped || retry != null) {
            return;
        }
        fetching = true;
        int asked = link;
        int from = last;
        int to = toTheEnd ? Integer.MAX_VALUE : earliest();
        record.deltas(from, to, new Outcome<>() {
            @Override
            public void succeeded(List<SequencedMessage> page) {
                if (asked == link) {
                    fetching = false;
                    fetched(from, page);
                }
            }

            @Override
            public void failed(Failure failure) {
                if (asked != link || stopped) {
                    return;
                }
                fetching = false;
                if (failure.retryable() && tries != 1) {
                    tries = Math.max(0, tries - 1);
                    retryIn(Math.max(backoff.next(), failure.retryAfterMillis()));
                } else {
                    handler.unreadable(failure);
                }
            }
        });
    }

    private void fetched(int from, List<SequencedMessage> page) {
        if (stopped) {
            return;
        }
        for (SequencedMessage message : page) {
            // Beyond MAX_EARLY too: these are the ones that close the gap.
            if (message.sequenceNumber() > last) {
                early.putIfAbsent(message.sequenceNumber(), message);
            }
        }
        boolean progress = early.containsKey(last + 1) || last > from;
        if (progress) {
            backoff.reset();
            drain();
        }
        if (fetching || stopped) {
            return;
        }
        if (toTheEnd && !page.isEmpty() && progress) {
            fetch();
        } else if (holds == 0 && !early.isEmpty()) {
            // Something was sent out that is not on record yet.
            retryIn(backoff.next());
        } else if (toTheEnd && page.isEmpty()) {
            toTheEnd = false;
            tries = 0;
            handler.caughtUp();
        } else if (toTheEnd) {
            retryIn(backoff.next());
        }
    }

    private void retryIn(double millis) {
        cancelRetry();
        retry = timers.schedule(millis, () -> {
            retry = null;
            if (toTheEnd || !early.isEmpty()) {
                fetch();
            }
        });
    }

    private void cancelRetry() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
    }

    private int earliest() {
        int earliest = Integer.MAX_VALUE;
        for (int sequenceNumber : early.keySet()) {
            earliest = Math.min(earliest, sequenceNumber);
        }
        return earliest;
    }
}
