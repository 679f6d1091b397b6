package dev.thalweg.testkit;

/** A reader who looks once and from then on listens: what it has pieced together from events must be what is there. */
public interface Follower {
    /** Throws an {@link IllegalStateException} when it is not. */
    void check();
}
