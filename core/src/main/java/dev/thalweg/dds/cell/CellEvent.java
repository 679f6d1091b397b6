package dev.thalweg.dds.cell;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.json.JsonValue;

/** Something that changed in a cell, as its reader sees it. */
public sealed interface CellEvent extends ChannelEvent {

    /**
     * The cell was given a value.
     *
     * @param value what a reader sees now
     * @param local whether this client caused it
     */
    record ValueChanged(JsonValue value, boolean local) implements CellEvent {}

    /**
     * The cell was emptied.
     *
     * @param local whether this client caused it
     */
    record Deleted(boolean local) implements CellEvent {}
}
