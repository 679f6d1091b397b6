package dev.thalweg.replication.data;

import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks other nodes what they have, again and again until enough of them have answered or nobody waits any more. */
final class Questions {
    private static final int SLOWEST = 16;

    private final String self;
    private final double retryMillis;
    private final Timers timers;
    private final Asking asking;
    private final Map<Integer, Question> open = new TreeMap<>();
    private int asked;

    /** Asks one node. */
    @FunctionalInterface
    interface Asking {
        void ask(String node, int number, String key);
    }

    private final class Question {
        final int number;
        final String key;
        final Quorum quorum;
        @Nullable
        Subscription retry;

        Question(int number, String key, Quorum quorum) {
            this.number = number;
            this.key = key;
            this.quorum = quorum;
        }

        void ask(int slowness) {
            for (String node : quorum.missing()) {
                if (!node.equals(self)) {
                    asking.ask(node, number, key);
                }
            }
            retry = timers.schedule(retryMillis * slowness, () -> ask(Math.min(SLOWEST, 2 * slowness)));
        }

        void close() {
            open.remove(number);
            if (retry != null) {
                retry.cancel();
            }
        }
    }

    Questions(String self, double retryMillis, Timers timers, Asking asking) {
        this.self = self;
        this.retryMillis = retryMillis;
        this.timers = timers;
        this.asking = asking;
    }

    /** A number for the next question. */
    int next() {
        asked++;
        return asked;
    }

    /** Asks those whom a quorum misses. */
    void ask(int number, String key, Quorum quorum) {
        Question question = new Question(number, key, quorum);
        open.put(number, question);
        question.ask(1);
    }

    /** Who waits for answers to a question, or null when nobody does. */
    @Nullable
    Quorum waiting(int number) {
        Question question = open.get(number);
        return question == null ? null : question.quorum;
    }

    /** Nobody waits for answers to a question any more. */
    void close(int number) {
        Question question = open.get(number);
        if (question != null) {
            question.close();
        }
    }

    /** Nobody waits for anything any more. */
    void close() {
        new ArrayList<>(open.values()).forEach(Question::close);
    }
}
