package dev.thalweg.container;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;

/** What a document keeps beside its data stores. */
final class DocumentParts {
    final DocumentMetadata metadata;
    final RecentBatches recent;
    final Chunks chunks = new Chunks();
    final IdCompressor ids = new IdCompressor();
    final AttachmentBlobs blobs;

    DocumentParts(DocumentMetadata metadata, RecentBatches recent, AttachmentBlobs blobs) {
        this.metadata = metadata;
        this.recent = recent;
        this.blobs = blobs;
    }

    /**
     * Takes over what a summary says.
     *
     * @throws ProtocolException when one is missing or malformed without which nothing can be read
     */
    void load(SummaryNode.Tree tree) throws ProtocolException {
        String text = tree.requireText(DocumentFormat.METADATA, "the summary");
        metadata.load(JsonCasts.object(JsonValue.parse(text), DocumentFormat.METADATA));
        recent.load(tree.text(DocumentFormat.RECENT_BATCHES));
        chunks.load(tree.text(DocumentFormat.CHUNKS));
        blobs.load(tree.tree(DocumentFormat.BLOBS));
        if (tree.get(DocumentFormat.ID_COMPRESSOR) != null) {
            ids.loadOrGiveUp(tree.text(DocumentFormat.ID_COMPRESSOR));
        }
    }

    /** Takes an operation that changes a part. @param part which, as the root of a summary names it */
    void process(String part, Inbox.Envelope operation, int sequenceNumber) throws ProtocolException {
        JsonObject envelope = JsonCasts.object(operation.value(), "envelope");
        switch (part) {
            case DocumentFormat.ID_COMPRESSOR -> ids.allocate(envelope.object("contents"), sequenceNumber);
            case DocumentFormat.METADATA -> metadata.change(envelope.object("contents"), sequenceNumber);
            case DocumentFormat.BLOBS -> blobs.attached(operation.metadata(), sequenceNumber);
            default -> throw new IllegalArgumentException(part);
        }
    }
}
