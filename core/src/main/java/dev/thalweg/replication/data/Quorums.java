package dev.thalweg.replication.data;

import dev.thalweg.platform.Timers;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All calls that wait for other nodes: reads that ask them, and writes until enough of them have the change. */
final class Quorums {
    private static final int MAX_OPEN = 10_000;

    private final String self;
    private final Timers timers;
    private final Questions questions;
    private final Writes writes = new Writes();
    private final Set<Quorum> open = new LinkedHashSet<>();

    Quorums(String self, double retryMillis, Timers timers, Questions.Asking asking) {
        this.self = self;
        this.timers = timers;
        questions = new Questions(self, retryMillis, timers, asking);
    }

    /** Throws when too many wait for one more to wait. */
    void requireFew() {
        if (open.size() >= MAX_OPEN) {
            throw new IllegalStateException("more than " + MAX_OPEN + " calls wait for other nodes");
        }
    }

    /** Asks all other members what they have of a key. @param needed how many answers it takes, this node's among them */
    void read(String key, Collection<String> members, int needed, double timeoutMillis, Quorum.Done done) {
        int number = questions.next();
        Quorum quorum = new Quorum(members, self, needed, (ended, enough, answered, missing) -> {
            open.remove(ended);
            questions.close(number);
            done.done(ended, enough, answered, missing);
        });
        open.add(quorum);
        quorum.giveUp(timers, timeoutMillis);
        quorum.answered(self);
        questions.ask(number, key, quorum);
    }

    /** Who waits for answers to a question, or null when nobody does. */
    @Nullable
    Quorum waiting(int number) {
        return questions.waiting(number);
    }

    /**
     * Waits until enough members have a change. This node has to say so itself when it has it.
     *
     * @param change its number
     * @param needed how many it takes, this node among them
     */
    Quorum write(String key, int change, Collection<String> members, int needed, double timeoutMillis,
            Quorum.Done done) {
        Quorum quorum = new Quorum(members, self, needed, (ended, enough, answered, missing) -> {
            open.remove(ended);
            writes.forget(key);
            done.done(ended, enough, answered, missing);
        });
        if (needed > 1) {
            writes.add(key, change, quorum);
            open.add(quorum);
            quorum.giveUp(timers, timeoutMillis);
        }
        return quorum;
    }

    /** Another node has the changes of a key up to one. */
    void acknowledged(String node, String key, int change) {
        writes.acknowledged(node, key, change);
    }

    /**
     * All that was written here is gone. A later change of the same key is acknowledged for itself alone, so those that
     * wait have all the answers that they will get.
     */
    void beginAnew() {
        writes.clear();
    }

    /** A write waits no more, and its caller is told otherwise. */
    void giveUp(String key, Quorum write) {
        write.cancel();
        open.remove(write);
        writes.forget(key);
    }

    /** Nobody waits any more, and nobody is told. */
    void close() {
        open.forEach(Quorum::cancel);
        questions.close();
    }
}
