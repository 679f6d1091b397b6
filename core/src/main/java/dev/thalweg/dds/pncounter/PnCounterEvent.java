package dev.thalweg.dds.pncounter;

import dev.thalweg.dds.ChannelEvent;

/** Something that changed in a counter, as its reader sees it. */
public sealed interface PnCounterEvent extends ChannelEvent {

    /**
     * The counter has another value.
     *
     * @param amount   what was added, negative when it was taken away; of a rollback, what it undid
     * @param newValue what a reader sees now
     * @param local    whether this client caused it
     */
    record Updated(long amount, long newValue, boolean local) implements PnCounterEvent {}
}
