package dev.thalweg.ephemeral;

import org.jspecify.annotations.Nullable;

/**
 * What a reader of a store sees change.
 *
 * @param before null when there was nothing
 * @param after  null when there is nothing any more
 */
public record EphemeralChange(String namespace, String key, @Nullable EphemeralEntry before,
        @Nullable EphemeralEntry after) {}
