package dev.thalweg.crdt;

/**
 * Lamport's clock: what happens because of something has a later time than that. Immutable.
 *
 * @param time the time of the latest thing known, from 0
 */
public record LamportClock(int time) {
    /** Nothing has happened. */
    public static final LamportClock START = new LamportClock(0);

    public LamportClock {
        if (time < 0) {
            throw new IllegalArgumentException("a clock counts from 0, was " + time);
        }
    }

    /** The clock after something happened here; its time is the thing's. @throws IllegalStateException at the end */
    public LamportClock tick() {
        if (time == Integer.MAX_VALUE) {
            throw new IllegalStateException("nothing is later than " + time);
        }
        return new LamportClock(time + 1);
    }

    /** The clock after hearing of something that happened elsewhere. Hearing of it again changes nothing. */
    public LamportClock witness(int other) {
        return other <= time ? this : new LamportClock(other);
    }
}
