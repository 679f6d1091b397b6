package dev.thalweg.container;

/**
 * What the messages of a document may look like, which its schema says: every client that opens it can read those.
 *
 * @param groups whether several operations may travel as one message
 * @param packs  whether messages may be compressed and cut into chunks; only where there are groups
 */
record Features(boolean groups, boolean packs) {
    /** What a new document has. */
    static final Features ALL = new Features(true, true);

    static final Features NONE = new Features(false, false);
}
