package dev.thalweg.driver;

import dev.thalweg.driver.RestClient.Authorization;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.storage.SummaryNode;
import dev.thalweg.storage.WholeSummary;

/**
 * A service that speaks Socket.IO 4 and Routerlicious' REST: our own, tinylicious, Routerlicious. Requests are plain
 * REST, not the form that hides the method in the body.
 */
public final class SocketIoServiceFactory implements ServiceFactory {
    private final Platform platform;
    private final ServiceEndpoint endpoint;
    private final TokenProvider tokens;
    private final DriverOptions options;

    /** With the usual waiting times. */
    public SocketIoServiceFactory(Platform platform, ServiceEndpoint endpoint, TokenProvider tokens) {
        this(platform, endpoint, tokens, DriverOptions.DEFAULT);
    }

    /** With waiting times of one's own. */
    public SocketIoServiceFactory(Platform platform, ServiceEndpoint endpoint, TokenProvider tokens,
            DriverOptions options) {
        this.platform = platform;
        this.endpoint = endpoint;
        this.tokens = tokens;
        this.options = options;
    }

    @Override
    public void create(String documentId, SummaryNode.Tree summary, Outcome<String> outcome) {
        /* The token that creates a document names none. */
        RestClient rest = new RestClient(platform.http(), endpoint.tenant(), tokens(""));
        JsonObject.Builder body = JsonObject.builder();
        if (!documentId.isEmpty()) {
            body.put("id", documentId);
        }
        body.put("summary", WholeSummary.toJson(summary)).put("sequenceNumber", 0)
                .put("values", JsonArray.of(codeProposal())).put("enableDiscovery", false).put("generateToken", false)
                .put("isEphemeralContainer", false).put("enableAnyBinaryBlobOnFirstSummary", true);
        rest.post(Authorization.ORDERER, endpoint.documents(), body.build(), SocketIoServiceFactory::createdId,
                outcome);
    }

    @Override
    public DocumentService open(String documentId) {
        return new SocketIoDocumentService(platform, endpoint, options, tokens(documentId), documentId);
    }

    private Tokens tokens(String documentId) {
        return new Tokens(tokens, platform.timers(), endpoint.tenant(), documentId);
    }

    /** The quorum's only value: which code runs the document. The stock client refuses one without it. */
    private static JsonValue codeProposal() {
        JsonObject details = JsonObject.builder().put("package", "no-dynamic-package").put("config", JsonObject.EMPTY)
                .build();
        JsonObject proposal = JsonObject.builder().put("key", "code").put("value", details)
                .put("approvalSequenceNumber", 0).put("commitSequenceNumber", 0).put("sequenceNumber", 0).build();
        return JsonArray.of(new JsonString("code"), proposal);
    }

    private static String createdId(JsonReader body) throws ProtocolException {
        JsonValue id = body.value();
        return id instanceof JsonObject object ? object.string("id") : JsonCasts.string(id, "document id");
    }
}
