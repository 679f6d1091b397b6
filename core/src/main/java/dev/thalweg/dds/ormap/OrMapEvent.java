package dev.thalweg.dds.ormap;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Something that changed in a map, as its reader sees it. */
public sealed interface OrMapEvent extends ChannelEvent {
    /** Which row. */
    String key();

    /**
     * A row is there that was not.
     *
     * @param value what it holds: a number, or of a register its value; null when a register was never written
     */
    record Opened(String key, JsonValue value, boolean local) implements OrMapEvent {}

    /**
     * A row's ledger changed.
     *
     * @param amount   what was added, negative when it was taken away; of a rollback, what it undid
     * @param newValue what a reader sees now
     */
    record Tallied(String key, long amount, long newValue, boolean local) implements OrMapEvent {}

    /** A row's register was written. @param previous what it held, or null when it was never written */
    record Written(String key, JsonValue value, @Nullable JsonValue previous, boolean local) implements OrMapEvent {}

    /**
     * This client struck a row and the strike is not ordered yet, or no longer stands: it was taken back, or somebody
     * opened the row again.
     */
    record Striking(String key, boolean striking, boolean local) implements OrMapEvent {}

    /** A row is gone. What it held is kept for when it is opened again. */
    record Removed(String key, boolean local) implements OrMapEvent {}
}
