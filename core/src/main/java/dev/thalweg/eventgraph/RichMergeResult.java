package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.List;

/**
 * What came of merging events into a text with marks.
 *
 * @param change  how text and marks changed
 * @param refused why runs that had been waiting for their causes were dropped when these came: nobody honest made them
 */
public record RichMergeResult(RichChange change, List<ProtocolException> refused) {
    /** Copies the list. */
    public RichMergeResult {
        refused = List.copyOf(refused);
    }
}
