package dev.thalweg.server.http;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.TokenClaims;
import dev.thalweg.server.session.Committer;
import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.server.storage.DocumentStore;
import dev.thalweg.server.storage.LoggedMessage;
import dev.thalweg.server.storage.StagedObjects;
import dev.thalweg.server.storage.StoreException;
import dev.thalweg.server.storage.StoreWrite;
import dev.thalweg.storage.ProtocolState;
import dev.thalweg.storage.Scribe;
import dev.thalweg.storage.SummaryNode;
import dev.thalweg.storage.SummaryStore;
import dev.thalweg.storage.WholeSummary;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The REST routes that Fluid's clients use besides the socket: documents and their sequenced messages. Blocks. */
final class RestRoutes {
    /** How many messages one answer holds at most. */
    static final int MAX_DELTAS = 2000;

    private static final int MAX_ID = 200;

    private final DocumentStore store;
    private final Writes writes;
    private final RestAccess access;
    private final GitRoutes git;
    private final LongSupplier clock;

    RestRoutes(DocumentStore store, Committer committer, RestAccess access, LongSupplier clock) {
        this.store = store;
        this.writes = new Writes(committer);
        this.access = access;
        this.git = new GitRoutes(store, writes, access);
        this.clock = clock;
    }

    /** Answers a request, or null when there is no such route. */
    @Nullable
    RestResponse answer(RestRequest request) throws RestException {
        List<String> path = request.path();
        try {
            return switch (path.isEmpty() ? "" : path.get(0)) {
                case "documents" -> documents(request, path);
                case "deltas" -> path.size() == 3 && request.method().equals("GET")
                        ? deltas(request, new DocumentKey(path.get(1), path.get(2)))
                        : null;
                case "repos" ->
                        path.size() >= 3 ? git.answer(request, path.get(1), path.subList(2, path.size())) : null;
                default -> null;
            };
        } catch (ProtocolException e) {
            throw new RestException(400, String.valueOf(e.getMessage()));
        } catch (StoreException | StagedObjects.ReadFailure e) {
            System.getLogger(RestRoutes.class.getName()).log(System.Logger.Level.ERROR, "cannot answer "
                    + request.method() + " " + String.join("/", path), e);
            throw new RestException(500, "The data cannot be reached");
        }
    }

    private @Nullable RestResponse documents(RestRequest request, List<String> path)
            throws RestException, ProtocolException, StoreException {
        if (path.size() == 2 && request.method().equals("POST")) {
            return create(request, path.get(1));
        }
        if (path.size() == 3 && request.method().equals("GET")) {
            return document(request, new DocumentKey(path.get(1), path.get(2)));
        }
        return null;
    }

    private RestResponse create(RestRequest request, String tenantId)
            throws RestException, ProtocolException, StoreException {
        TokenClaims claims = access.forTenant(request, tenantId);
        if (!claims.allows(Scopes.WRITE)) {
            throw new RestException(403, "Token missing required scope: " + Scopes.WRITE);
        }
        JsonObject body = request.json();
        String wished = body.optionalString("id");
        String id = wished == null || wished.isEmpty() ? UUID.randomUUID().toString() : checkedId(wished);
        if (!claims.documentId().isEmpty() && !claims.documentId().equals(id)) {
            throw new RestException(403,
                    "DocumentId and/or TenantId in token claims do not match requested resource");
        }
        body.optionalInteger("sequenceNumber", 0, 0, 0);
        SummaryNode.Tree summary = WholeSummary.read(body.object("summary"));
        ProtocolState state = body.has("values")
                ? ProtocolState.initial(ProtocolState.readValues(body.array("values")))
                : ProtocolState.initial();
        DocumentKey key = new DocumentKey(tenantId, id);
        if (store.header(key) != null) {
            throw new RestException(409, "Document " + id + " exists already");
        }
        double now = clock.getAsLong();
        StagedObjects objects = new StagedObjects(store, key);
        Scribe scribe = Scribe.create(new SummaryStore(objects), id, summary, state, now);
        try {
            writes.make(new StoreWrite.Create(key, objects.objects(), scribe.latest(), now));
        } catch (StoreException e) {
            if (store.header(key) != null) {
                throw new RestException(409, "Document " + id + " exists already");
            }
            throw e;
        }
        return RestResponse.created(JsonValue.of(id));
    }

    private RestResponse document(RestRequest request, DocumentKey key) throws RestException, StoreException {
        access.forDocument(request, key.tenantId(), key.documentId());
        DocumentStore.Header header = existing(key);
        return RestResponse.ok(JsonObject.builder().put("documentId", key.documentId())
                .put("tenantId", key.tenantId()).put("createTime", header.created()).put("existing", true)
                .put("sequenceNumber", header.headSequenceNumber()).build());
    }

    private RestResponse deltas(RestRequest request, DocumentKey key)
            throws RestException, ProtocolException, StoreException {
        access.forDocument(request, key.tenantId(), key.documentId());
        int from = request.number("from", -1);
        int to = request.number("to", Integer.MAX_VALUE);
        existing(key);
        StringBuilder json = new StringBuilder("[");
        for (LoggedMessage message : store.messages(key, from, to, MAX_DELTAS)) {
            if (json.length() > 1) {
                json.append(',');
            }
            json.append(message.json());
        }
        return RestResponse.ok(json.append(']').toString());
    }

    private DocumentStore.Header existing(DocumentKey key) throws RestException, StoreException {
        DocumentStore.Header header = store.header(key);
        if (header == null) {
            throw new RestException(404, "No such document: " + key.documentId());
        }
        return header;
    }

    private static String checkedId(String id) throws ProtocolException {
        if (id.length() > MAX_ID) {
            throw new ProtocolException("id of " + id.length() + " characters, the limit is " + MAX_ID);
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c <= ' ' || c == '/' || c == '\\' || c == '?' || c == '#' || c == '%' || c >= 0x7f) {
                throw new ProtocolException("id must be printable ASCII without spaces and any of /\\?#%");
            }
        }
        return id;
    }
}
