package dev.thalweg.replication.log;

import dev.thalweg.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What can be done to a document. */
public sealed interface BlockOperation {
    /** The block it is about. */
    String id();

    /**
     * Puts in a block that is not there.
     *
     * @param after  the block behind which it goes, or null for the start
     * @param fields what it has
     */
    record Insert(String id, @Nullable String after, JsonObject fields) implements BlockOperation {}

    /** Writes some fields of a block; those that are not named stay. */
    record Update(String id, JsonObject fields) implements BlockOperation {}

    /** Takes a block away. */
    record Delete(String id) implements BlockOperation {}

    /** Puts a block elsewhere. @param after another block behind which it goes, or null for the start */
    record Move(String id, @Nullable String after) implements BlockOperation {}
}
