package dev.thalweg.dds.gcounter;

import dev.thalweg.dds.ChannelEvent;

/** Something that changed in a counter, as its reader sees it. */
public sealed interface GCounterEvent extends ChannelEvent {

    /**
     * The counter has another value.
     *
     * @param amount   what was added; negative when a rollback took it back
     * @param newValue what a reader sees now
     * @param local    whether this client caused it
     */
    record Incremented(long amount, long newValue, boolean local) implements GCounterEvent {}
}
