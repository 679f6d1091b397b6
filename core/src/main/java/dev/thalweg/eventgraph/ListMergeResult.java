package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.List;

/**
 * What came of merging events into a list.
 *
 * @param changes how the list changed, step by step
 * @param refused why runs that had been waiting for their causes were dropped when these came: nobody honest made them
 */
public record ListMergeResult(List<ListChange> changes, List<ProtocolException> refused)
        implements
            Merged<List<ListChange>> {
    /** Copies the lists. */
    public ListMergeResult {
        changes = List.copyOf(changes);
        refused = List.copyOf(refused);
    }

    @Override
    public int size() {
        return changes.size();
    }
}
