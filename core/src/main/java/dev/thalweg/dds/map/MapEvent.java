package dev.thalweg.dds.map;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Something that changed in a map, as its reader sees it. */
public sealed interface MapEvent extends ChannelEvent {

    /**
     * A key has another value, or none; {@link SharedMap#get} says which.
     *
     * @param key      the key
     * @param previous what a reader saw before, or null when the key was absent
     * @param local    whether this client caused it
     */
    record ValueChanged(String key, @Nullable JsonValue previous, boolean local) implements MapEvent {}

    /**
     * Everything was taken out. A {@link ValueChanged} for each key that went follows.
     *
     * @param local whether this client caused it
     */
    record Cleared(boolean local) implements MapEvent {}
}
