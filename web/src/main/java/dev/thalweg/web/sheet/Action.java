package dev.thalweg.web.sheet;

/** What a reader can do to a row. Each sheet takes some of them, by the verbs of its structure, and refuses the others. */
public enum Action {
    /** Adds to it. */
    INCREMENT("increment"),
    /** Takes from it. */
    DECREMENT("decrement"),
    /** Gives it a value, or proposes one. */
    SET("set"),
    /** Takes its value away, or proposes to, or takes it out with all that is in it. */
    DELETE("delete"),
    /** Makes it. */
    CREATE("create"),
    /** Writes a version of it. */
    WRITE("write"),
    /** Puts it in. */
    ADD("add"),
    /** Takes it out. */
    REMOVE("remove"),
    /** Asks for what is first in line. */
    ACQUIRE("acquire"),
    /** Is done with it. */
    COMPLETE("complete"),
    /** Gives it back. */
    RELEASE("release"),
    /** Lines up for it. */
    VOLUNTEER("volunteer"),
    /** Leaves the line for it. */
    ABANDON("abandon"),
    /** Strikes it out. */
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
