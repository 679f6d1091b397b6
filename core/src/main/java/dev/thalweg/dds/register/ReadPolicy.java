package dev.thalweg.dds.register;

/** Which of a register's values to read. */
public enum ReadPolicy {
    /** The one all agree on: of writes that did not know of each other, the first that was sequenced. */
    ATOMIC,
    /** The one that was sequenced last. */
    LWW
}
