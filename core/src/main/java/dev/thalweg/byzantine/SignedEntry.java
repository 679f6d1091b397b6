package dev.thalweg.byzantine;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.CanonicalJson;
import dev.thalweg.json.JsonValue;

/**
 * Some events of one author, each the only parent of the next: what replicas send each other.
 *
 * @param digest  the name that it goes by; whoever takes it in computes it anew
 * @param content what the events did, in the form of {@link SignedDocument}
 */
public record SignedEntry(SignedHeader signed, String digest, JsonValue content) {
    /** What was signed. */
    public EntryHeader header() {
        return signed.header();
    }

    /** What a header says of content. Equal contents have one digest, others another. */
    static String digest(JsonValue content, Hashing hashing) {
        return Hex.encode(hashing.sha256(Utf8.encode(CanonicalJson.of(content))));
    }
}
