package dev.thalweg.storage;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the entries of a folder in order. */
public final class SummaryBuilder {
    private final Map<String, SummaryNode> entries = new LinkedHashMap<>();

    /** Adds a leaf of text. */
    public SummaryBuilder text(String name, String text) {
        return put(name, SummaryNode.Blob.of(text));
    }

    /** Adds any part. */
    public SummaryBuilder put(String name, SummaryNode node) {
        entries.put(name, node);
        return this;
    }

    /** The folder. */
    public SummaryNode.Tree build() {
        return new SummaryNode.Tree(entries);
    }
}
