package dev.thalweg.platform;

/** Ends a subscription or a timer. Calling it again does nothing. */
@FunctionalInterface
public interface Subscription {
    void cancel();
}
