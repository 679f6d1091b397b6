package dev.thalweg.driver;

import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One document at a service that speaks Socket.IO and REST. */
final class SocketIoDocumentService implements DocumentService {
    private final Platform platform;
    private final ServiceEndpoint endpoint;
    private final DriverOptions options;
    private final String documentId;
    private final Tokens tokens;
    private final RestClient rest;
    private final GitApi git;

    SocketIoDocumentService(Platform platform, ServiceEndpoint endpoint, DriverOptions options, Tokens tokens,
            String documentId) {
        this.platform = platform;
        this.endpoint = endpoint;
        this.options = options;
        this.documentId = documentId;
        this.tokens = tokens;
        rest = new RestClient(platform.http(), endpoint.tenant(), tokens);
        git = new GitApi(endpoint, rest);
    }

    @Override
    public String documentId() {
        return documentId;
    }

    @Override
    public DeltaConnection connect(ConnectionRequest request, DeltaListener listener) {
        return new SocketIoConnection(platform, endpoint, options, documentId, request, tokens, listener);
    }

    @Override
    public void deltas(int from, int to, Outcome<List<SequencedMessage>> outcome) {
        DeltaReader.read(endpoint, rest, documentId, from, to, outcome);
    }

    @Override
    public void latestSummary(Outcome<@Nullable StoredSummary> outcome) {
        SummaryReader.read(git, options.concurrentRequests(), documentId, outcome);
    }

    @Override
    public void uploadSummary(SummaryNode.Tree tree, @Nullable String parent, Outcome<String> outcome) {
        SummaryUpload.start(git, options.concurrentRequests(), tree, parent, outcome);
    }
}
