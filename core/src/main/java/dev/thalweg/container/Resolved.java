package dev.thalweg.container;

import dev.thalweg.dds.SharedObject;

/** What a {@link dev.thalweg.dds.Handle} leads to. */
public sealed interface Resolved {
    /** A channel of a structure this program knows. */
    record Structure(SharedObject<?, ?> object) implements Resolved {}

    /**
     * A channel that this program carries along unread, or can no longer keep up to date.
     *
     * @param path where it is @param type the URL of its structure, empty when that could not be read
     */
    record Foreign(String path, String type) implements Resolved {}

    /** A data store. @param id its address; channels in it are at {@code /id/channel} */
    record Store(String id) implements Resolved {}

    /** A blob, to be read with {@link Container#readBlob}. @param storageId the id the storage gave it */
    record Attachment(String storageId) implements Resolved {}

    /** Nothing that is in the document, or not yet. */
    record Missing(String path) implements Resolved {}
}
