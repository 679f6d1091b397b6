package dev.thalweg.byzantine;

import dev.thalweg.bytes.Hex;
import dev.thalweg.eventgraph.EventGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the author of an entry signs. Digests are SHA-256 as 64 lower-case hexadecimal digits.
 *
 * @param document what the entry is for, 1 to {@value #MAX_NAME} characters; one that is signed for one document is nothing
 *                 in another
 * @param author   the author's public key in hexadecimal digits: its name, so that nobody else can have it
 * @param first    how many events the author had made before
 * @param events   how many the entry holds, at least 1
 * @param previous the author's entry before, null for its first one
 * @param parents  the entries that the author had seen and nobody of these had, sorted; at most {@value #MAX_PARENTS}
 * @param content  digest of what the events did
 */
public record EntryHeader(String document, String author, int first, int events, @Nullable String previous,
        List<String> parents, String content) {
    /** Characters of a document's name. */
    public static final int MAX_NAME = 256;
    /** Entries that an entry may name as its parents. */
    public static final int MAX_PARENTS = 65_536;

    private static final String TAG = "thalweg entry 1\n";
    private static final int DIGEST = 32;

    /** Copies the list. @throws IllegalArgumentException when something is none of that */
    public EntryHeader {
        parents = List.copyOf(parents);
        if (document.isEmpty() || document.length() > MAX_NAME) {
            throw new IllegalArgumentException("a document's name has 1 to " + MAX_NAME + " characters, was "
                    + document.length());
        }
        requireDigest("an author", author);
        requireDigest("the content", content);
        if (first < 0 || events < 1 || first > EventGraph.MAX_EVENTS - events) {
            throw new IllegalArgumentException("an entry of " + events + " events from " + first + " on");
        }
        if ((previous == null) != (first == 0)) {
            throw new IllegalArgumentException("an author's entry names the one before unless it is the first, this is "
                    + "from event " + first + " on");
        }
        if (previous != null) {
            requireDigest("the entry before", previous);
        }
        if (parents.size() > MAX_PARENTS) {
            throw new IllegalArgumentException("an entry has at most " + MAX_PARENTS + " parents, was "
                    + parents.size());
        }
        String last = "";
        for (String parent : parents) {
            requireDigest("a parent", parent);
            if (parent.compareTo(last) <= 0) {
                throw new IllegalArgumentException("parents are sorted and different, " + parent + " comes after "
                        + last);
            }
            last = parent;
        }
    }

    private static void requireDigest(String what, String text) {
        byte[] bytes = Hex.decode(text);
        if (bytes == null || bytes.length != DIGEST) {
            throw new IllegalArgumentException(what + " is 64 lower-case hexadecimal digits, was " + text);
        }
    }

    /** The author's number behind the entry's last event. */
    public int end() {
        return first + events;
    }

    /**
     * What is hashed and signed: every part has a fixed length or its length before it, so that no two headers are the same
     * bytes.
     */
    public byte[] bytes() {
        byte[] out = new byte[TAG.length() + 4 + 2 * document.length() + DIGEST + 8 + 1
                + (previous == null ? 0 : DIGEST) + 4 + DIGEST * parents.size() + DIGEST];
        int at = 0;
        for (int i = 0; i < TAG.length(); i++) {
            out[at++] = (byte) TAG.charAt(i);
        }
        at = number(out, at, document.length());
        for (int i = 0; i < document.length(); i++) {
            out[at++] = (byte) (document.charAt(i) >> 8);
            out[at++] = (byte) document.charAt(i);
        }
        at = digest(out, at, author);
        at = number(out, at, first);
        at = number(out, at, events);
        out[at++] = (byte) (previous == null ? 0 : 1);
        if (previous != null) {
            at = digest(out, at, previous);
        }
        at = number(out, at, parents.size());
        for (String parent : parents) {
            at = digest(out, at, parent);
        }
        digest(out, at, content);
        return out;
    }

    private static int number(byte[] out, int from, int value) {
        for (int i = 0; i < 4; i++) {
            out[from + i] = (byte) (value >> 24 - 8 * i);
        }
        return from + 4;
    }

    private static int digest(byte[] out, int from, String hex) {
        byte[] bytes = unhex(hex);
        System.arraycopy(bytes, 0, out, from, bytes.length);
        return from + bytes.length;
    }

    /** The author's public key. */
    byte[] key() {
        return unhex(author);
    }

    static byte[] unhex(String hex) {
        byte[] bytes = Hex.decode(hex);
        if (bytes == null) {
            throw new IllegalArgumentException("not hexadecimal: " + hex);
        }
        return bytes;
    }

    /** The name of the entry: the digest of {@link #bytes}. */
    public String digest(Hashing hashing) {
        return Hex.encode(hashing.sha256(bytes()));
    }
}
