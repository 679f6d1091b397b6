package dev.thalweg.driver;

import dev.thalweg.driver.RestClient.Authorization;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.Blobs;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One document at a service that speaks Socket.IO and REST. */
final class SocketIoDocumentService implements DocumentService {
    /** Messages that services give at once at most. */
    private static final int PAGE = 2000;

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
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException("bounds must not be negative, were " + from + " and " + to);
        }
        if (to - from <= 1) {
            outcome.succeeded(List.of());
            return;
        }
        int end = to - from > PAGE + 1 ? from + PAGE + 1 : to;
        rest.get(Authorization.ORDERER, endpoint.deltas(documentId, from, end),
                body -> SocketIoDocumentService.messages(body, from, end), outcome);
    }

    @Override
    public void latestSummary(Outcome<@Nullable StoredSummary> outcome) {
        SummaryReader.read(git, options.concurrentRequests(), documentId, outcome);
    }

    @Override
    public void uploadSummary(SummaryNode.Tree tree, @Nullable String parent, Outcome<String> outcome) {
        SummaryUpload.start(git, options.concurrentRequests(), tree, parent, outcome);
    }

    @Override
    public void createBlob(byte[] bytes, Outcome<String> outcome) {
        git.createBlob(new SummaryNode.Blob(Blobs.encode(bytes), true), outcome);
    }

    @Override
    public void readBlob(String id, Outcome<byte[]> outcome) {
        git.blob(id, outcome);
    }

    /** What stands between the bounds, each once and in order, whatever else the service has put there. */
    private static List<SequencedMessage> messages(JsonReader body, int from, int to) throws ProtocolException {
        List<SequencedMessage> messages = new ArrayList<>();
        int last = from;
        body.beginArray();
        while (body.nextElement()) {
            SequencedMessage message = SequencedMessage.read(body);
            if (message.sequenceNumber() > last && message.sequenceNumber() < to) {
                messages.add(message);
                last = message.sequenceNumber();
            }
        }
        return messages;
    }
}
