package dev.thalweg.loopback;

import dev.thalweg.driver.ConnectionRequest;
import dev.thalweg.driver.DeltaConnection;
import dev.thalweg.driver.DeltaListener;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document as one client reaches it over its link. */
final class LoopbackDocumentService implements DocumentService {
    private final LoopbackLink link;
    private final String documentId;

    LoopbackDocumentService(LoopbackLink link, String documentId) {
        this.link = link;
        this.documentId = documentId;
    }

    @Override
    public String documentId() {
        return documentId;
    }

    @Override
    public DeltaConnection connect(ConnectionRequest request, DeltaListener listener) {
        LoopbackConnection connection = new LoopbackConnection(link, documentId, request, listener);
        link.connect(connection);
        return connection;
    }

    @Override
    public void deltas(int from, int to, Outcome<List<SequencedMessage>> outcome) {
        ask(outcome, (document, answer) -> answer.succeeded(document.deltas(from, to)));
    }

    @Override
    public void latestSummary(Outcome<@Nullable StoredSummary> outcome) {
        ask(outcome, (document, answer) -> document.latestSummary(answer));
    }

    @Override
    public void uploadSummary(SummaryNode.Tree tree, @Nullable String parent, Outcome<String> outcome) {
        ask(outcome, (document, answer) -> document.upload(tree, parent, answer));
    }

    @Override
    public void createBlob(byte[] bytes, Outcome<String> outcome) {
        ask(outcome, (document, answer) -> answer.succeeded(document.createBlob(bytes)));
    }

    @Override
    public void readBlob(String id, Outcome<byte[]> outcome) {
        ask(outcome, (document, answer) -> document.readBlob(id, answer));
    }

    private <T extends @Nullable Object> void ask(Outcome<T> outcome, Question<T> question) {
        link.call(outcome, answer -> {
            LoopbackDocument document = link.service.document(documentId);
            if (document == null) {
                answer.failed(Failure.permanent(404, "no document " + documentId));
            } else {
                question.ask(document, answer);
            }
        });
    }

    private interface Question<T extends @Nullable Object> {
        void ask(LoopbackDocument document, Outcome<T> answer);
    }
}
