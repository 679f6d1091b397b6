package dev.thalweg.testkit;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;

/** For structures that absorb what comes twice. */
final class Twice {
    private Twice() {}

    /** What takes an operation once more, and says whether anything changed. */
    @FunctionalInterface
    interface Absorb {
        boolean absorb(JsonValue contents) throws ProtocolException;
    }

    /** Gives a channel an operation that it has had, which must change nothing. */
    static void refused(JsonValue contents, Absorb channel) {
        try {
            if (channel.absorb(contents)) {
                throw new IllegalStateException("took a second time " + contents.toJson());
            }
        } catch (ProtocolException e) {
            throw new IllegalStateException("cannot read a second time " + contents.toJson(), e);
        }
    }
}
