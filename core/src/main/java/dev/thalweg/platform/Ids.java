package dev.thalweg.platform;

/** Chance, where the rules need it. */
public interface Ids {
    /** A fresh random UUID, version 4, in lower case. */
    String uuid();

    /** A number from 0 inclusive to 1 exclusive: jitter, not secrets. */
    double fraction();
}
