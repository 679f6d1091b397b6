package dev.thalweg.undo;

import java.util.List;

/**
 * What became of a step that was undone or redone.
 *
 * @param done    how many parts were put back, or done again
 * @param skipped the parts that were left as they are, and why
 */
public record UndoOutcome(int done, List<Skipped> skipped) {
    /** There was nothing to undo or redo. */
    public static final UndoOutcome NOTHING = new UndoOutcome(0, List.of());

    public UndoOutcome {
        skipped = List.copyOf(skipped);
    }

    /**
     * A part that was left.
     *
     * @param channelId of which channel
     * @param what      the key, row or directory
     * @param reason    why
     */
    public record Skipped(String channelId, String what, Reason reason) {}

    /** Why a part was left. */
    public enum Reason {
        /** Another client has changed it since, or what this client wrote there is no longer the last. */
        OVERWRITTEN,
        /** The directory or row it belongs to is gone, or there is something in its place. */
        GONE,
        /** The structure is no longer tracked. */
        UNTRACKED
    }
}
