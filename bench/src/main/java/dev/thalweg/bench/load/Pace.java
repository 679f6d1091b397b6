package dev.thalweg.bench.load;

/** When a writer sends its next operation. */
sealed interface Pace {
    /** In words. */
    String words();

    /** As soon as fewer than so many of its own have not come back: a closed loop. @param operations at least 1 */
    record Window(int operations) implements Pace {
        @Override
        public String words() {
            return "window " + operations;
        }
    }

    /** At fixed times, whatever has come back: an open loop. @param perSecond of one writer, above 0 */
    record Rate(int perSecond) implements Pace {
        @Override
        public String words() {
            return perSecond + " op/s each";
        }
    }
}
