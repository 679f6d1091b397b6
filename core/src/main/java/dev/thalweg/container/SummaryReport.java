package dev.thalweg.container;

import dev.thalweg.storage.SummaryNode;

/**
 * A summary that was written and acknowledged.
 *
 * @param handle         its commit at the service
 * @param sequenceNumber up to where it holds the document
 * @param tree           the runtime's tree, with handles in place of what had not changed
 * @param characters     how much text and base64 was written anew
 * @param written        leaves written anew
 * @param reused         parts taken over from the summary before
 */
public record SummaryReport(
        String handle, int sequenceNumber, SummaryNode.Tree tree, int characters, int written, int reused) {

    static SummaryReport of(String handle, int sequenceNumber, SummaryNode.Tree tree) {
        int[] counts = new int[3];
        count(tree, counts);
        return new SummaryReport(handle, sequenceNumber, tree, counts[0], counts[1], counts[2]);
    }

    private static void count(SummaryNode node, int[] counts) {
        switch (node) {
            case SummaryNode.Tree tree -> {
                for (SummaryNode entry : tree.entries().values()) {
                    count(entry, counts);
                }
            }
            case SummaryNode.Blob blob -> {
                counts[0] += blob.content().length();
                counts[1]++;
            }
            case SummaryNode.Handle handle -> counts[2]++;
            case SummaryNode.Attachment attachment -> counts[2]++;
        }
    }
}
