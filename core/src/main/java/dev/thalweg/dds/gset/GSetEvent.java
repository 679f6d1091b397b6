package dev.thalweg.dds.gset;

import dev.thalweg.dds.ChannelEvent;

/** Something that changed in a set, as its reader sees it. */
public sealed interface GSetEvent extends ChannelEvent {
    /** Which element. */
    String element();

    /** An element is in the set that was not. @param local whether this client caused it */
    record Added(String element, boolean local) implements GSetEvent {}

    /** An own addition was taken back before it was ordered; nothing else leaves the set. @param local whether this client caused it */
    record Removed(String element, boolean local) implements GSetEvent {}
}
