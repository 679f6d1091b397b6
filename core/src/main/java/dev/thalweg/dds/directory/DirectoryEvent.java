package dev.thalweg.dds.directory;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Something that changed in a directory tree, as its reader sees it. A {@link SharedDirectory} hears of all of it; one
 * directory hears of its own values and of its own coming and going, and of every subdirectory that comes or goes below
 * it.
 */
public sealed interface DirectoryEvent extends ChannelEvent {
    /** Where it happened, or which subdirectory came or went. */
    Directory directory();

    /**
     * A key has another value, or none; {@link Directory#get} says which.
     *
     * @param directory whose key it is
     * @param key       the key
     * @param previous  what a reader saw before, or null when the key was absent
     * @param local     whether this client caused it
     */
    record ValueChanged(Directory directory, String key, @Nullable JsonValue previous, boolean local)
            implements
                DirectoryEvent {}

    /**
     * Another client took every key out, and this one stays as a reader sees it, since this client has given it a value
     * that has not been sequenced (and may have taken it out again). Fluid says that it has changed.
     *
     * @param directory whose key it is
     * @param key       the key
     * @param cleared   what had been sequenced of it, or null when that was nothing
     * @param local     whether this client caused it, which it never does
     */
    record ValueKept(Directory directory, String key, @Nullable JsonValue cleared, boolean local)
            implements
                DirectoryEvent {}

    /**
     * Every key was taken out. Keys are not told of one by one. When another client did it, keys this client has
     * changes pending for keep the values it gave them; a {@link ValueKept} for each of them follows.
     *
     * @param directory whose keys they were
     * @param local     whether this client caused it
     */
    record Cleared(Directory directory, boolean local) implements DirectoryEvent {}

    /**
     * A subdirectory came, with whatever is in it. Told again when another client makes one that is there already.
     *
     * @param directory the new one
     * @param local     whether this client caused it
     */
    record SubDirectoryCreated(Directory directory, boolean local) implements DirectoryEvent {}

    /**
     * A subdirectory went, with everything below it.
     *
     * @param directory which
     * @param local     whether this client caused it
     */
    record SubDirectoryDeleted(Directory directory, boolean local) implements DirectoryEvent {}

    /**
     * A directory went, by itself or with one above it. Told from the bottom up.
     *
     * @param directory which
     * @param local     whether this client caused it
     */
    record Disposed(Directory directory, boolean local) implements DirectoryEvent {}

    /**
     * A directory that went is back: its deletion was taken back, or another client deleted what this client is about to
     * create. Told from the bottom up.
     *
     * @param directory which
     * @param local     whether this client caused it
     */
    record Undisposed(Directory directory, boolean local) implements DirectoryEvent {}
}
