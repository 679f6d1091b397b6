package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.List;

/**
 * What came of merging events into a text with marks.
 *
 * @param change  how text and marks changed
 * @param refused why runs that had been waiting for their causes were dropped when these came: nobody honest made them
 */
public record RichMergeResult(RichChange change, List<ProtocolException> refused) implements Merged<RichChange> {
    /** Copies the list. */
    public RichMergeResult {
        refused = List.copyOf(refused);
    }

    @Override
    public RichChange changes() {
        return change;
    }

    @Override
    public int size() {
        return change.edits().size();
    }
}
