package dev.thalweg.storage;

import dev.thalweg.bytes.Utf8;
import org.jspecify.annotations.Nullable;

/** Bytes. */
public final class GitBlob implements GitObject {
    private final byte[] bytes;
    /* Computed when it is first asked for: what was found by its name need not be hashed. */
    private @Nullable String id;

    /** A blob of these bytes, which nobody may change afterwards. */
    public GitBlob(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A blob of the UTF-8 of a text. */
    public static GitBlob of(String text) {
        return new GitBlob(Utf8.encode(text));
    }

    @Override
    public String id() {
        String known = id;
        if (known == null) {
            known = GitObject.id(kind(), bytes);
            id = known;
        }
        return known;
    }

    @Override
    public String kind() {
        return "blob";
    }

    @Override
    public byte[] body() {
        return bytes;
    }

    /** As a leaf of a summary: text when the bytes are UTF-8, otherwise base64. */
    public SummaryNode.Blob leaf() {
        String text = Utf8.decodeStrictly(bytes);
        return text == null ? new SummaryNode.Blob(Blobs.encode(bytes), true) : SummaryNode.Blob.of(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GitBlob that && that.id().equals(id());
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }

    @Override
    public String toString() {
        return "blob " + id();
    }
}
