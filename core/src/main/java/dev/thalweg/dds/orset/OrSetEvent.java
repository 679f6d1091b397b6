package dev.thalweg.dds.orset;

import dev.thalweg.dds.ChannelEvent;

/** Something that changed in a set, as its reader sees it. */
public sealed interface OrSetEvent extends ChannelEvent {
    /** Which element. */
    String element();

    /** An element is in the set that was not. @param local whether this client caused it */
    record Added(String element, boolean local) implements OrSetEvent {}

    /** An element is gone: it was removed, or an own addition of it was taken back. @param local whether this client caused it */
    record Removed(String element, boolean local) implements OrSetEvent {}
}
