package dev.thalweg.web.sheet;

/** What a reader can do to a row. */
public enum Action {
    /** Adds to it. */
    INCREMENT("increment"),
    /** Takes from it. */
    DECREMENT("decrement"),
    /** Takes it out. */
    STRIKE("strike"),
    /** Brings it back. */
    REOPEN("reopen"),
    /** Asks to hold it. */
    CLAIM("claim");

    private final String hook;

    Action(String hook) {
        this.hook = hook;
    }

    /** As it stands in {@code data-action}. */
    public String hook() {
        return hook;
    }
}
