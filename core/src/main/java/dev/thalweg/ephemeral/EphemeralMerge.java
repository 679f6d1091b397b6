package dev.thalweg.ephemeral;

import java.util.List;

/**
 * What came of merging.
 *
 * @param fresh   what was new here, to be passed on; empty when everything was known
 * @param changes what readers see change, by namespace and key
 */
public record EphemeralMerge(EphemeralState fresh, List<EphemeralChange> changes) {
    /** Copies the list. */
    public EphemeralMerge {
        changes = List.copyOf(changes);
    }
}
