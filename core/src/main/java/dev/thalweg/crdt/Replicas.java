package dev.thalweg.crdt;

import dev.thalweg.json.ProtocolException;

/** What a replica id may be. */
final class Replicas {
    /** UTF-16 code units. A UUID has 36. */
    static final int MAX_LENGTH = 256;

    private Replicas() {}

    /** For ids from the program itself. */
    static String require(String replica) {
        if (replica.isEmpty() || replica.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a replica id has 1 to " + MAX_LENGTH + " characters, this one " + replica.length());
        }
        return replica;
    }

    /** For ids from outside. */
    static String read(String replica, String what) throws ProtocolException {
        if (replica.isEmpty() || replica.length() > MAX_LENGTH) {
            throw new ProtocolException(what + ": a replica id has 1 to " + MAX_LENGTH + " characters, this one "
                    + replica.length());
        }
        return replica;
    }
}
