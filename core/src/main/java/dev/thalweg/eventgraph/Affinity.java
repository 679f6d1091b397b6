package dev.thalweg.eventgraph;

/** Which neighbour a place between two units stays with when something comes in there. */
public enum Affinity {
    /** The unit before it: what comes in there is behind the place. */
    BEFORE,
    /** The unit behind it: what comes in there is before the place. */
    AFTER
}
