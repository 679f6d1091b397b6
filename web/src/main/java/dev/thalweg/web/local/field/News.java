package dev.thalweg.web.local.field;

/**
 * Something that a participant noticed.
 *
 * @param text for the reader
 */
record News(Kind kind, String text) {
    /** What happened, as the page calls it. */
    enum Kind {
        CAME("came"), LEFT("left"), EXPIRED("expired"), LATE("late"), REFUSED("refused");

        private final String id;

        Kind(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }
    }
}
