package dev.thalweg.storage;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha1;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.ProtocolException;

/**
 * What a document is stored as: an immutable object with the name and the bytes that git would give it, so that equal
 * things are stored once and a name tells what it names.
 */
public sealed interface GitObject permits GitBlob, GitTree, GitCommit {
    /** SHA-1 over {@code <kind> <length>\0<body>}, 40 lower-case hexadecimal digits. */
    String id();

    /** {@code blob}, {@code tree} or {@code commit}. */
    String kind();

    /** The bytes git stores, without its header. The caller does not change them. */
    byte[] body();

    /** Reads an object back from its kind and body. */
    static GitObject read(String kind, byte[] body) throws ProtocolException {
        return switch (kind) {
            case "blob" -> new GitBlob(body);
            case "tree" -> GitTree.read(body);
            case "commit" -> GitCommit.read(body);
            default -> throw new ProtocolException("object must be a blob, tree or commit, was " + kind);
        };
    }

    /** Whether a text can be the id of an object. */
    static boolean isId(String text) {
        return text.length() == 40 && Hex.decode(text) != null;
    }

    /** The id of an object of that kind and body. */
    static String id(String kind, byte[] body) {
        return Hex.encode(Sha1.digest(Utf8.encode(kind + " " + body.length + "\0"), body));
    }
}
