package dev.thalweg.storage;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A folder: names and what they name, in git's order. */
public final class GitTree implements GitObject {
    private final List<Entry> entries;
    private final byte[] body;
    private final String id;

    /**
     * A part of a folder.
     *
     * @param name   not empty, without slash and NUL; Fluid's names are percent-encoded here
     * @param folder whether it is a folder itself
     * @param id     of the object it names
     */
    public record Entry(String name, boolean folder, String id) {
        /** {@code 40000} for a folder, {@code 100644} for a leaf. */
        public String mode() {
            return folder ? "40000" : "100644";
        }

        /** {@code tree} or {@code blob}. */
        public String kind() {
            return folder ? "tree" : "blob";
        }
    }

    private GitTree(List<Entry> entries) {
        this.entries = entries;
        this.body = write(entries);
        this.id = GitObject.id("tree", body);
    }

    /** A folder of these parts, given in any order; a wrong name or id and a name given twice are refused. */
    public static GitTree of(List<Entry> entries) throws ProtocolException {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort((a, b) -> compare(a, b));
        for (int i = 0; i < sorted.size(); i++) {
            Entry entry = sorted.get(i);
            if (entry.name.isEmpty() || entry.name.indexOf('/') >= 0 || entry.name.indexOf('\0') >= 0) {
                throw new ProtocolException("tree entry name must be one path segment, was '" + entry.name + "'");
            }
            if (!GitObject.isId(entry.id)) {
                throw new ProtocolException("tree entry " + entry.name + " needs an id of 40 hexadecimal digits, was '"
                        + entry.id + "'");
            }
        }
        GitTree tree = new GitTree(List.copyOf(sorted));
        tree.requireDistinct();
        return tree;
    }

    /** The parts. */
    public List<Entry> entries() {
        return entries;
    }

    /** The part of that name, as it is stored, or null. */
    public @Nullable Entry entry(String name) {
        for (Entry entry : entries) {
            if (entry.name.equals(name)) {
                return entry;
            }
        }
        return null;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String kind() {
        return "tree";
    }

    @Override
    public byte[] body() {
        return body;
    }

    static GitTree read(byte[] body) throws ProtocolException {
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        while (at < body.length) {
            int space = indexOf(body, ' ', at);
            int nul = indexOf(body, '\0', at);
            if (space < 0 || nul < space || nul + 21 > body.length) {
                throw new ProtocolException("tree of " + body.length + " bytes breaks off at byte " + at);
            }
            String mode = text(body, at, space);
            entries.add(new Entry(text(body, space + 1, nul), mode.equals("40000"),
                    Hex.encode(body, nul + 1, nul + 21)));
            at = nul + 21;
        }
        return of(entries);
    }

    private static byte[] write(List<Entry> entries) {
        int length = 0;
        List<byte[]> heads = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            byte[] head = Utf8.encode(entry.mode() + " " + entry.name + "\0");
            heads.add(head);
            length += head.length + 20;
        }
        byte[] body = new byte[length];
        int at = 0;
        for (int i = 0; i < entries.size(); i++) {
            byte[] head = heads.get(i);
            System.arraycopy(head, 0, body, at, head.length);
            byte[] id = Hex.decode(entries.get(i).id);
            if (id != null) {
                System.arraycopy(id, 0, body, at + head.length, 20);
            }
            at += head.length + 20;
        }
        return body;
    }

    /** Git sorts by the bytes of the name, a folder's as if it ended in a slash. */
    private static int compare(Entry a, Entry b) {
        byte[] left = Utf8.encode(a.folder ? a.name + "/" : a.name);
        byte[] right = Utf8.encode(b.folder ? b.name + "/" : b.name);
        for (int i = 0; i < left.length && i < right.length; i++) {
            if (left[i] != right[i]) {
                return (left[i] & 0xFF) - (right[i] & 0xFF);
            }
        }
        return left.length - right.length;
    }

    /** A folder and a leaf of one name need not be neighbours in git's order, so all names are compared. */
    private void requireDistinct() throws ProtocolException {
        Set<String> names = new HashSet<>();
        for (Entry entry : entries) {
            if (!names.add(entry.name)) {
                throw new ProtocolException("tree entry " + entry.name + " is there twice");
            }
        }
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static String text(byte[] bytes, int from, int to) {
        byte[] part = new byte[to - from];
        System.arraycopy(bytes, from, part, 0, part.length);
        return Utf8.decode(part);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GitTree that && that.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "tree " + id;
    }
}
