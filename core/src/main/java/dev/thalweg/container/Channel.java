package dev.thalweg.container;

/** One channel. */
final class Channel {
    String path() {
        throw new UnsupportedOperationException();
    }

    int pendingCount() {
        throw new UnsupportedOperationException();
    }
}
