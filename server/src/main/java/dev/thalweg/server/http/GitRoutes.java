package dev.thalweg.server.http;

import dev.thalweg.bytes.Percent;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.TokenClaims;
import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.server.storage.DocumentStore;
import dev.thalweg.server.storage.StagedObjects;
import dev.thalweg.server.storage.StoreException;
import dev.thalweg.server.storage.StoreWrite;
import dev.thalweg.storage.GitBlob;
import dev.thalweg.storage.GitCommit;
import dev.thalweg.storage.GitJson;
import dev.thalweg.storage.GitObject;
import dev.thalweg.storage.GitTree;
import dev.thalweg.storage.SmallBlobs;
import dev.thalweg.storage.SummaryStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routes under {@code /repos/<tenant>/}: blobs, trees, commits, refs and the list of versions. Which document a
 * request is about, its token says: objects of one document are not readable with a token for another. Blocks.
 */
final class GitRoutes {
    private final DocumentStore store;
    private final Writes writes;
    private final RestAccess access;

    GitRoutes(DocumentStore store, Writes writes, RestAccess access) {
        this.store = store;
        this.writes = writes;
        this.access = access;
    }

    /** @param path after the tenant */
    @Nullable
    RestResponse answer(RestRequest request, String tenantId, List<String> path)
            throws RestException, ProtocolException, StoreException {
        boolean reads = request.method().equals("GET");
        boolean sends = request.method().equals("POST");
        if (path.get(0).equals("commits") && path.size() == 1 && reads) {
            return versions(request, document(request, tenantId, false));
        }
        if (!path.get(0).equals("git") || path.size() < 2) {
            return null;
        }
        if (path.get(1).equals("refs")) {
            return refs(request, tenantId, String.join("/", path.subList(2, path.size())));
        }
        if (reads && path.size() == 3) {
            SummaryStore objects = objects(document(request, tenantId, false));
            String id = path.get(2);
            return switch (path.get(1)) {
                case "blobs" -> RestResponse.immutable(id, GitJson.blob(found(objects, id, GitBlob.class)));
                case "trees" -> {
                    found(objects, id, GitTree.class);
                    boolean recursive = "1".equals(request.query().get("recursive"));
                    boolean blobs = "1".equals(request.query().get("blobs"));
                    SmallBlobs along = new SmallBlobs();
                    List<SummaryStore.Listed> parts = objects.list(id, recursive, blobs ? along : null);
                    yield RestResponse.immutable(id + (recursive ? "-r" : "") + (blobs ? "-b" : ""),
                            GitJson.tree(id, parts, along));
                }
                case "commits" -> RestResponse.immutable(id,
                        GitJson.commit(id, found(objects, id, GitCommit.class)));
                default -> null;
            };
        }
        if (sends && path.size() == 2) {
            return switch (path.get(1)) {
                case "blobs" -> keepBlob(request, document(request, tenantId, true));
                case "trees" -> keepTree(request, document(request, tenantId, true));
                default -> null;
            };
        }
        return null;
    }

    private DocumentKey document(RestRequest request, String tenantId, boolean writes)
            throws RestException, StoreException {
        TokenClaims claims = access.forTenant(request, tenantId);
        if (writes && !claims.allows(Scopes.WRITE) && !claims.allows(Scopes.SUMMARY_WRITE)) {
            throw new RestException(403, "Token missing required scope: " + Scopes.WRITE);
        }
        DocumentKey key = new DocumentKey(tenantId, claims.documentId());
        if (claims.documentId().isEmpty() || store.header(key) == null) {
            throw new RestException(404, "No such document: " + claims.documentId());
        }
        return key;
    }

    private RestResponse versions(RestRequest request, DocumentKey key)
            throws RestException, ProtocolException, StoreException {
        String wanted = request.query().getOrDefault("sha", key.documentId());
        int count = Math.max(1, Math.min(request.number("count", 1), 100));
        SummaryStore objects = objects(key);
        String id = GitObject.isId(wanted) ? wanted : store.ref(key, wanted);
        if (id == null) {
            throw new RestException(404, "No version of " + wanted);
        }
        List<JsonValue> versions = new ArrayList<>();
        while (versions.size() < count) {
            GitCommit commit = found(objects, id, GitCommit.class);
            versions.add(GitJson.commit(id, commit));
            if (commit.parents().isEmpty()) {
                break;
            }
            id = commit.parents().get(0);
        }
        return RestResponse.ok(new JsonArray(versions));
    }

    private RestResponse keepBlob(RestRequest request, DocumentKey key) throws ProtocolException, StoreException {
        GitBlob blob = new GitBlob(GitJson.readBlob(request.json()));
        writes.make(new StoreWrite.Put(key, List.of(blob)));
        return RestResponse
                .created(JsonObject.builder().put("sha", blob.id()).put("url", "").build());
    }

    private RestResponse keepTree(RestRequest request, DocumentKey key) throws ProtocolException, StoreException {
        StagedObjects staged = new StagedObjects(store, key);
        SummaryStore objects = new SummaryStore(staged);
        List<GitTree.Entry> entries = new ArrayList<>();
        for (GitTree.Entry entry : GitJson.readNewTree(request.json())) {
            entries.add(entry.id().startsWith("/") ? taken(objects, key, entry) : entry);
        }
        GitTree tree = objects.putTree(entries);
        writes.make(new StoreWrite.Put(key, staged.objects()));
        return RestResponse.created(GitJson.tree(tree.id(), objects.list(tree.id(), false)));
    }

    /* Some drivers name a part that did not change by its path in the latest summary. */
    private GitTree.Entry taken(SummaryStore objects, DocumentKey key, GitTree.Entry entry)
            throws ProtocolException, StoreException {
        String latest = store.ref(key, key.documentId());
        String tree = latest == null ? null : objects.commit(latest).tree();
        boolean folder = true;
        for (String segment : entry.id().substring(1).split("/", -1)) {
            GitTree.Entry next = tree == null || !folder ? null : named(objects.tree(tree), segment);
            tree = next == null ? null : next.id();
            folder = next != null && next.folder();
        }
        if (tree == null || folder != entry.folder()) {
            throw new ProtocolException("tree entry " + entry.name() + " takes over " + entry.id()
                    + ", which the latest summary does not have");
        }
        return new GitTree.Entry(entry.name(), folder, tree);
    }

    private static GitTree.@Nullable Entry named(GitTree tree, String segment) {
        String wanted = Percent.decode(segment);
        for (GitTree.Entry entry : tree.entries()) {
            if (entry.name().equals(segment) || wanted != null && wanted.equals(Percent.decode(entry.name()))) {
                return entry;
            }
        }
        return null;
    }

    /*
     * A document's own ref moves when a summary is acknowledged and in no other way. What a driver that would move it
     * itself asks for is answered as if it were done, and kept apart.
     */
    private @Nullable RestResponse refs(RestRequest request, String tenantId, String name)
            throws RestException, ProtocolException, StoreException {
        return switch (request.method()) {
            case "GET" -> {
                DocumentKey key = document(request, tenantId, false);
                String ref = name.startsWith("heads/") ? name.substring("heads/".length()) : name;
                String target = store.ref(key, ref);
                if (target == null) {
                    throw new RestException(404, "No ref " + name);
                }
                yield RestResponse.ok(ref(name, target));
            }
            case "POST", "PATCH" -> {
                DocumentKey key = document(request, tenantId, true);
                JsonObject body = request.json();
                String full = request.method().equals("POST") ? body.string("ref") : name;
                String target = body.string("sha");
                found(objects(key), target, GitCommit.class);
                writes.make(new StoreWrite.SetRef(key, "wished/" + full, target));
                yield request.method().equals("POST")
                        ? RestResponse.created(ref(full, target))
                        : RestResponse.ok(ref(full, target));
            }
            default -> null;
        };
    }

    private static JsonObject ref(String name, String target) {
        return JsonObject.builder().put("ref", name).put("url", "")
                .put("object", JsonObject.builder().put("type", "commit").put("sha", target).put("url", "").build())
                .build();
    }

    private SummaryStore objects(DocumentKey key) {
        return new SummaryStore(new StagedObjects(store, key));
    }

    private static <T extends GitObject> T found(SummaryStore objects, String id, Class<T> kind)
            throws RestException {
        GitObject object = objects.objects().get(id);
        if (!kind.isInstance(object)) {
            throw new RestException(404, "No such object: " + id);
        }
        return kind.cast(object);
    }
}
