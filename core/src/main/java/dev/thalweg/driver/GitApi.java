package dev.thalweg.driver;

import dev.thalweg.bytes.Percent;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.driver.RestClient.Authorization;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.storage.Blobs;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The storage's requests: commits, trees and blobs as git has them. */
final class GitApi {
    /** A commit and the id of its tree. */
    record Commit(String id, String tree) {}

    /** A part of a tree. @param path from the tree's root, names percent-encoded @param id of its object */
    record Entry(String path, boolean folder, String id) {}

    /** A tree with all that is below it. @param blobs the bytes that came along, by id */
    record Listing(List<Entry> entries, Map<String, byte[]> blobs) {}

    private final ServiceEndpoint endpoint;
    private final RestClient rest;

    GitApi(ServiceEndpoint endpoint, RestClient rest) {
        this.endpoint = endpoint;
        this.rest = rest;
    }

    /** The latest commit at a ref or of an id; null when there is none, which services say with 400, 404 or []. */
    void latestCommit(String of, Outcome<@Nullable Commit> outcome) {
        String url = endpoint.repository("/commits?count=1&sha=" + Percent.encode(of));
        rest.<@Nullable Commit>get(Authorization.STORAGE, url, GitApi::commit, new Outcome<>() {
            @Override
            public void succeeded(@Nullable Commit commit) {
                outcome.succeeded(commit);
            }

            @Override
            public void failed(Failure failure) {
                if (failure.code() == 400 || failure.code() == 404) {
                    outcome.succeeded(null);
                } else {
                    outcome.failed(failure);
                }
            }
        });
    }

    /**
     * All parts of a tree at all levels, each folder before what is in it.
     *
     * @param blobs whether small blobs are wanted with it; a service that knows nothing of that sends none
     */
    void tree(String id, boolean blobs, Outcome<Listing> outcome) {
        String query = blobs ? "?recursive=1&blobs=1" : "?recursive=1";
        rest.get(Authorization.STORAGE, endpoint.repository("/git/trees/" + Percent.encode(id) + query),
                GitApi::listing, outcome);
    }

    /** The bytes of a blob. */
    void blob(String id, Outcome<byte[]> outcome) {
        rest.get(Authorization.STORAGE, endpoint.repository("/git/blobs/" + Percent.encode(id)), GitApi::bytes,
                outcome);
    }

    /** Stores a blob; gives its id. */
    void createBlob(SummaryNode.Blob blob, Outcome<String> outcome) {
        JsonObject body = JsonObject.builder().put("content", blob.content())
                .put("encoding", blob.base64() ? "base64" : "utf-8").build();
        rest.post(Authorization.STORAGE, endpoint.repository("/git/blobs"), body, GitApi::id, outcome);
    }

    /** Stores a tree of these direct parts; gives its id. */
    void createTree(List<Entry> entries, Outcome<String> outcome) {
        List<JsonValue> parts = new ArrayList<>();
        for (Entry entry : entries) {
            parts.add(JsonObject.builder().put("mode", entry.folder() ? "40000" : "100644").put("path", entry.path())
                    .put("sha", entry.id()).put("type", entry.folder() ? "tree" : "blob").build());
        }
        rest.post(Authorization.STORAGE, endpoint.repository("/git/trees"),
                JsonObject.of("tree", new JsonArray(parts)), GitApi::id, outcome);
    }

    private static @Nullable Commit commit(JsonReader body) throws ProtocolException {
        JsonArray commits = JsonCasts.array(body.value(), "commits");
        if (commits.size() == 0) {
            return null;
        }
        JsonObject commit = JsonCasts.object(commits.get(0), "commit");
        return new Commit(commit.string("sha"), commit.object("commit").object("tree").string("sha"));
    }

    private static Listing listing(JsonReader body) throws ProtocolException {
        List<Entry> entries = new ArrayList<>();
        Map<String, byte[]> blobs = new HashMap<>();
        for (JsonValue value : JsonCasts.object(body.value(), "tree").array("tree").values()) {
            JsonObject entry = JsonCasts.object(value, "tree entry");
            String id = entry.string("sha");
            entries.add(new Entry(entry.string("path"), entry.string("type").equals("tree"), id));
            if (entry.has("content")) {
                blobs.put(id, bytes(entry));
            }
        }
        return new Listing(entries, blobs);
    }

    private static byte[] bytes(JsonReader body) throws ProtocolException {
        return bytes(JsonCasts.object(body.value(), "blob"));
    }

    private static byte[] bytes(JsonObject blob) throws ProtocolException {
        String encoding = blob.string("encoding");
        String content = blob.string("content");
        if (encoding.equals("utf-8")) {
            return Utf8.encode(content);
        }
        if (!encoding.equals("base64")) {
            throw new ProtocolException("blob encoding must be base64 or utf-8, was " + encoding);
        }
        try {
            return Blobs.decode(content);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("blob content is not base64: " + e.getMessage());
        }
    }

    private static String id(JsonReader body) throws ProtocolException {
        return JsonCasts.object(body.value(), "stored object").string("sha");
    }
}
