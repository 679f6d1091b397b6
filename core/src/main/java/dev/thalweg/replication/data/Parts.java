package dev.thalweg.replication.data;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha256;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages that are too large for one, cut into parts and put together again. */
final class Parts {
    /*
     * A part begins with a byte that no message begins with, and is then the digest of the whole message (16 bytes), the
     * part's place and the number of parts (4 bytes each, the highest first), and its share of the bytes.
     *
     * Since the digest says which message a part belongs to, a message that is sent again fills the gaps that the first
     * attempt left: with one part in five lost, a message of a hundred parts still arrives after a few attempts. What
     * never becomes whole goes when newer messages of the same node need its place.
     */
    private static final int MARK = 0xFF;
    private static final int HEAD = 1 + Entry.DIGEST_BYTES + 8;
    private static final int MAX_PARTS = 1 << 20;
    private static final int UNFINISHED = 4;

    private final int limit;
    private final Map<String, Map<String, Assembly>> byNode = new LinkedHashMap<>();

    private static final class Assembly {
        final byte[][] parts;
        int missing;
        int bytes;

        Assembly(int count) {
            parts = new byte[count][];
            missing = count;
        }
    }

    /** @param limit how many bytes a message may have in all */
    Parts(int limit) {
        this.limit = limit;
    }

    /** The messages that take these bytes, each of at most a size. */
    static List<byte[]> cut(byte[] message, int size) {
        if (message.length <= size) {
            return List.of(message);
        }
        byte[] digest = Sha256.digest(message);
        int share = size - HEAD;
        int count = (message.length + share - 1) / share;
        List<byte[]> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = i * share;
            int length = Math.min(share, message.length - from);
            byte[] part = new byte[HEAD + length];
            part[0] = (byte) MARK;
            System.arraycopy(digest, 0, part, 1, Entry.DIGEST_BYTES);
            write(part, HEAD - 8, i);
            write(part, HEAD - 4, count);
            System.arraycopy(message, from, part, HEAD, length);
            parts.add(part);
        }
        return parts;
    }

    /** The whole message that came with this, or null while parts of it are missing. */
    byte @Nullable [] take(String node, byte[] message) throws ProtocolException {
        if (message.length == 0 || (message[0] & 0xFF) != MARK) {
            return message;
        }
        if (message.length <= HEAD) {
            throw new ProtocolException("a part has more than " + HEAD + " bytes, this one " + message.length);
        }
        int place = read(message, HEAD - 8);
        int count = read(message, HEAD - 4);
        if (count < 2 || count > MAX_PARTS || place < 0 || place >= count) {
            throw new ProtocolException("there is no part " + place + " of " + count);
        }
        String digest = Hex.encode(Arrays.copyOfRange(message, 1, 1 + Entry.DIGEST_BYTES));
        Assembly assembly = assembly(node, digest, count);
        if (assembly.parts[place] == null) {
            assembly.parts[place] = Arrays.copyOfRange(message, HEAD, message.length);
            assembly.bytes += message.length - HEAD;
            assembly.missing--;
        }
        if (assembly.bytes > limit) {
            forget(node, digest);
            throw new ProtocolException("a message has at most " + limit + " bytes, one had " + assembly.bytes);
        }
        return assembly.missing > 0 ? null : whole(node, digest, assembly);
    }

    /** Forgets what a node has not finished. */
    void forget(String node) {
        byNode.remove(node);
    }

    private Assembly assembly(String node, String digest, int count) {
        Map<String, Assembly> unfinished = byNode.get(node);
        if (unfinished == null) {
            unfinished = new LinkedHashMap<>();
            byNode.put(node, unfinished);
        }
        /* Taken out and put in again: the one that waits longest for a part is the first. */
        Assembly known = unfinished.remove(digest);
        Assembly assembly = known == null || known.parts.length != count ? new Assembly(count) : known;
        unfinished.put(digest, assembly);
        if (unfinished.size() > UNFINISHED) {
            String oldest = unfinished.keySet().iterator().next();
            unfinished.remove(oldest);
        }
        return assembly;
    }

    private byte[] whole(String node, String digest, Assembly assembly) throws ProtocolException {
        forget(node, digest);
        byte[] whole = new byte[assembly.bytes];
        int at = 0;
        for (byte[] part : assembly.parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        if (!Hex.encode(Arrays.copyOf(Sha256.digest(whole), Entry.DIGEST_BYTES)).equals(digest)) {
            throw new ProtocolException("the parts of a message do not make what its digest says");
        }
        return whole;
    }

    private void forget(String node, String digest) {
        Map<String, Assembly> unfinished = byNode.get(node);
        if (unfinished != null) {
            unfinished.remove(digest);
        }
    }

    private static void write(byte[] bytes, int at, int number) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (number >>> 24 - 8 * i);
        }
    }

    private static int read(byte[] bytes, int at) {
        int number = 0;
        for (int i = 0; i < 4; i++) {
            number = number << 8 | bytes[at + i] & 0xFF;
        }
        return number;
    }
}
