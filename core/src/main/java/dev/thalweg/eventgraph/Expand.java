package dev.thalweg.eventgraph;

/** Which text that comes in at the edges of a mark is marked, too. */
public enum Expand {
    /** None: for links and comments. */
    NONE(false, false),
    /** What comes in before it. */
    BEFORE(true, false),
    /** What comes in behind it: for bold and the like, which one goes on writing in. */
    AFTER(false, true),
    /** Both. */
    BOTH(true, true);

    final boolean before;
    final boolean after;

    Expand(boolean before, boolean after) {
        this.before = before;
        this.after = after;
    }
}
