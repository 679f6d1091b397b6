package dev.thalweg.byzantine;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries and proofs as JSON. */
public final class EntryJson {
    private EntryJson() {}

    /**
     * {@code {"document","author","first","events","previous","parents","hash","signature","digest","content"}}, where
     * {@code hash} is the header's digest of the content and {@code previous} may be null.
     */
    public static JsonObject write(SignedEntry entry) {
        return header(entry.signed()).put("digest", entry.digest()).put("content", entry.content()).build();
    }

    /** {@code {"one": header, "other": header}}; a header is an entry without {@code digest} and {@code content}. */
    public static JsonObject write(EquivocationProof proof) {
        return JsonObject.builder().put("one", header(proof.one()).build()).put("other", header(proof.other()).build())
                .build();
    }

    private static JsonObject.Builder header(SignedHeader signed) {
        EntryHeader header = signed.header();
        List<JsonValue> parents = new ArrayList<>();
        for (String parent : header.parents()) {
            parents.add(JsonValue.of(parent));
        }
        String previous = header.previous();
        return JsonObject.builder().put("document", header.document()).put("author", header.author())
                .put("first", header.first()).put("events", header.events())
                .put("previous", previous == null ? JsonNull.NULL : JsonValue.of(previous))
                .put("parents", new JsonArray(parents)).put("hash", header.content())
                .put("signature", signed.signature());
    }

    /** Reads an entry. @throws ProtocolException when it is none; whether it is signed is not looked at */
    public static SignedEntry readEntry(JsonValue json) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "an entry");
        return new SignedEntry(readHeader(object), object.string("digest"), object.require("content"));
    }

    /** Reads a proof. @throws ProtocolException when it is none; whether it proves anything is not looked at */
    public static EquivocationProof readProof(JsonValue json) throws ProtocolException {
        JsonObject object = JsonCasts.object(json, "a proof");
        return new EquivocationProof(readHeader(object.object("one")), readHeader(object.object("other")));
    }

    private static SignedHeader readHeader(JsonObject object) throws ProtocolException {
        List<String> parents = new ArrayList<>();
        for (JsonValue parent : object.array("parents").values()) {
            parents.add(JsonCasts.string(parent, "a parent"));
        }
        JsonValue before = object.require("previous");
        @Nullable
        String previous = before instanceof JsonNull ? null : JsonCasts.string(before, "the entry before");
        try {
            return new SignedHeader(new EntryHeader(object.string("document"), object.string("author"),
                    object.integer("first", 0, Integer.MAX_VALUE), object.integer("events", 1, Integer.MAX_VALUE),
                    previous, parents, object.string("hash")), object.string("signature"));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("not an entry: " + e.getMessage());
        }
    }
}
