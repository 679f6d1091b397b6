package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.List;

/**
 * What came of merging events.
 *
 * @param change  how the text changed
 * @param refused why runs that had been waiting for their causes were dropped when these came: nobody honest made them
 */
public record MergeResult(TextChange change, List<ProtocolException> refused) implements Merged<TextChange> {
    /** Copies the list. */
    public MergeResult {
        refused = List.copyOf(refused);
    }

    @Override
    public TextChange changes() {
        return change;
    }

    @Override
    public int size() {
        return change.edits().size();
    }
}
