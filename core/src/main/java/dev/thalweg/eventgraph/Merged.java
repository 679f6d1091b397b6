package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.List;

/** What came of merging events into a document. @param <C> how it changed */
public interface Merged<C> {
    /** What to do to a copy of the document, and nothing that it has already. */
    C changes();

    /** How many steps that are; none when the document stayed as it was. */
    int size();

    /** Why runs that had been waiting for their causes were dropped when these came: nobody honest made them. */
    List<ProtocolException> refused();
}
