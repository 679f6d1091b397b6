package dev.thalweg.web.sheet;

/** Which of the two racing clients. */
public enum Side {
    /** The one on the left. */
    FIRST,
    /** The other one. */
    SECOND
}
