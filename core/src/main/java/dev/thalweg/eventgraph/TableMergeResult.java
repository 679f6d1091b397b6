package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.List;

/**
 * What came of merging events into tables.
 *
 * @param changes what to do to a copy of the tables, in order, and nothing that it has already
 * @param refused why runs that had been waiting for their causes were dropped when these came: nobody honest made them
 */
public record TableMergeResult(List<RowChange> changes, List<ProtocolException> refused)
        implements
            Merged<List<RowChange>> {
    /** Copies the lists. */
    public TableMergeResult {
        changes = List.copyOf(changes);
        refused = List.copyOf(refused);
    }

    @Override
    public int size() {
        return changes.size();
    }
}
