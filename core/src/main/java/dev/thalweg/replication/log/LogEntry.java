package dev.thalweg.replication.log;

import dev.thalweg.crdt.VersionVector;

/** What stands in a replica's log. */
public sealed interface LogEntry {
    /** Its place in the log, from 1. */
    int version();

    /**
     * The replica did something.
     *
     * @param verb  what
     * @param block to which block
     * @param at    when, by the replica's clock: a whole number from 0
     * @param delta what it comes to: joining it twice, or before what it follows, does no harm
     */
    record Change(int version, Verb verb, String block, double at, BlockDocument delta) implements LogEntry {}

    /** The replica has read the logs of others. @param versions up to which version of each */
    record Seen(int version, VersionVector versions) implements LogEntry {}

    /** There was something that cannot be read any more. @param reason for a person */
    record SetAside(int version, String reason) implements LogEntry {}

    /** What a replica can do. */
    enum Verb {
        INSERT, UPDATE, DELETE, MOVE
    }
}
