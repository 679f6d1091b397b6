package dev.thalweg.container;

import dev.thalweg.bytes.Hex;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.Blobs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which short ids of the document belong to which session. This client makes none itself; it keeps what others
 * allocate, so that a summary written here is one they can go on from.
 */
/*
 * A session numbers its ids from 1. An allocation says from which number on and how many; the document gives them places
 * in one common space, in clusters, with room for as many more as the session asks for, so that one that goes on needs
 * no new cluster each time. What does not fit grows the cluster when it is the last of the space, and else fills it up
 * and begins another. All replicas come to the same clusters because they take the same allocations in the same order.
 *
 * The stored form (version 2) is numbers of 64 bits, little endian, in base64 in a JSON string: the version, 0, how many
 * sessions, how many clusters (all doubles); the sessions' UUIDs without the six bits that are the same in all of them;
 * and for each cluster the index of its session, its capacity and how much of it is used. Version 3 is the same for what
 * stands in summaries.
 */
final class IdCompressor {
    private static final int MAX_CLUSTER = 1 << 20;
    private static final String FIELD = DocumentFormat.ID_COMPRESSOR;

    private static final class Cluster {
        final Session session;
        double capacity;
        double count;

        Cluster(Session session, double capacity, double count) {
            this.session = session;
            this.capacity = capacity;
            this.count = count;
        }
    }

    private static final class Session {
        final int index;
        /* The numbers in the clusters before the last one. */
        double before;
        @Nullable
        Cluster last;

        Session(int index) {
            this.index = index;
        }
    }

    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final List<Cluster> clusters = new ArrayList<>();
    private double version = 2;
    private int changedAt;
    private boolean givenUp;

    /** When an allocation came last, 0 when none has. */
    int changedAt() {
        return changedAt;
    }

    /** Whether there is anything to keep. */
    boolean empty() {
        return clusters.isEmpty();
    }

    /** Takes over what a summary says. One that is not understood is left as it is, and no allocation is taken. */
    void loadOrGiveUp(@Nullable String text) {
        try {
            if (text == null) {
                throw new ProtocolException(FIELD + " cannot be read");
            }
            load(text);
        } catch (ProtocolException e) {
            givenUp = true;
        }
    }

    /** Takes over what a summary says. @throws ProtocolException when it is not understood; this is of no use then */
    void load(String text) throws ProtocolException {
        byte[] bytes;
        try {
            bytes = Blobs.decode(JsonCasts.string(JsonValue.parse(text), FIELD));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(FIELD + " must be base64: " + e.getMessage());
        }
        int words = bytes.length / 8;
        double read = words < 4 ? 0 : number(bytes, 0);
        if (read != 2 && read != 3 || number(bytes, 1) != 0 || bytes.length % 8 != 0) {
            throw new ProtocolException(FIELD + " is of an unknown version");
        }
        double sessionCount = count(bytes, 2, "sessions");
        double clusterCount = count(bytes, 3, "clusters");
        if (4 + 2 * sessionCount + 3 * clusterCount != words) {
            throw new ProtocolException(FIELD + " has " + words + " words where its counts need another number");
        }
        version = read;
        List<Session> byIndex = new ArrayList<>();
        int at = 4;
        for (; at < 4 + 2 * sessionCount; at += 2) {
            Session session = new Session(byIndex.size());
            byIndex.add(session);
            sessions.put(Hex.encode(bytes, 8 * at, 8 * at + 16), session);
        }
        for (; at < words; at += 3) {
            double index = number(bytes, at);
            if (!(index >= 0 && index < sessionCount)) {
                throw new ProtocolException(FIELD + " has a cluster of session " + (int) index);
            }
            add(byIndex.get((int) index), number(bytes, at + 1), number(bytes, at + 2));
        }
    }

    /**
     * Takes an allocation.
     *
     * @throws ProtocolException when it is malformed or out of order, or when one before was; from then on nobody can tell
     *                           from here which ids are whose
     */
    void allocate(JsonObject allocation, int sequenceNumber) throws ProtocolException {
        if (givenUp) {
            throw new ProtocolException("ids are allocated that cannot be followed here");
        }
        givenUp = true;
        take(allocation, sequenceNumber);
        givenUp = false;
    }

    private void take(JsonObject allocation, int sequenceNumber) throws ProtocolException {
        JsonObject ids = allocation.optionalObject("ids");
        String name = key(allocation.string("sessionId"));
        if (ids == null) {
            return;
        }
        double first = ids.integer("firstGenCount", 1, Integer.MAX_VALUE);
        double count = ids.integer("count", 1, Integer.MAX_VALUE);
        double requested = ids.integer("requestedClusterSize", 1, MAX_CLUSTER);
        Session known = sessions.get(name);
        Cluster cluster = known == null ? null : known.last;
        double due = known == null || cluster == null ? 1 : known.before + cluster.count + 1;
        if (first != due) {
            throw new ProtocolException("ids of session " + allocation.string("sessionId") + " begin at " + (int) first
                    + " where " + (int) due + " was due");
        }
        changedAt = sequenceNumber;
        Session session = known;
        if (session == null) {
            session = new Session(sessions.size());
            sessions.put(name, session);
        }
        if (cluster == null) {
            add(session, requested + count, count);
            return;
        }
        double overflow = count - (cluster.capacity - cluster.count);
        if (overflow <= 0) {
            cluster.count += count;
        } else if (last() == cluster) {
            cluster.capacity += overflow + requested;
            cluster.count += count;
        } else {
            cluster.count = cluster.capacity;
            add(session, overflow + requested, overflow);
        }
    }

    /** As a summary keeps it. */
    String write() {
        byte[] bytes = new byte[8 * (4 + 2 * sessions.size() + 3 * clusters.size())];
        put(bytes, 0, version);
        put(bytes, 2, sessions.size());
        put(bytes, 3, clusters.size());
        int at = 4;
        for (String name : sessions.keySet()) {
            byte[] id = Hex.decode(name);
            if (id != null) {
                System.arraycopy(id, 0, bytes, 8 * at, 16);
            }
            at += 2;
        }
        for (Cluster cluster : clusters) {
            put(bytes, at, cluster.session.index);
            put(bytes, at + 1, cluster.capacity);
            put(bytes, at + 2, cluster.count);
            at += 3;
        }
        return new JsonString(Blobs.encode(bytes)).toJson();
    }

    private void add(Session session, double capacity, double count) {
        Cluster before = session.last;
        if (before != null) {
            session.before += before.capacity;
        }
        Cluster cluster = new Cluster(session, capacity, count);
        session.last = cluster;
        clusters.add(cluster);
    }

    private @Nullable Cluster last() {
        return clusters.isEmpty() ? null : clusters.get(clusters.size() - 1);
    }

    /* A session's UUID as it is stored: 48, 12 and 62 bits, without the version and the variant, lowest byte first. */
    private static String key(String uuid) throws ProtocolException {
        StringBuilder hex = new StringBuilder(32);
        for (int i = 0; i < uuid.length(); i++) {
            if (uuid.charAt(i) != '-') {
                hex.append(uuid.charAt(i));
            }
        }
        byte[] bytes = Hex.decode(hex.toString());
        if (bytes == null || bytes.length != 16) {
            throw new ProtocolException("sessionId must be a UUID, was " + uuid);
        }
        int third = word(bytes, 4);
        int fourth = word(bytes, 0);
        int middle = third & 0xFFF;
        int[] words = {word(bytes, 12), word(bytes, 8) & 0x3FFFFFFF | middle << 30,
            fourth << 26 | third >>> 16 << 10 | middle >>> 2, fourth >>> 6};
        byte[] out = new byte[16];
        for (int i = 0; i < 16; i++) {
            out[i] = (byte) (words[i / 4] >>> 8 * (i % 4));
        }
        return Hex.encode(out);
    }

    private static int word(byte[] bytes, int from) {
        return bytes[from] << 24 | (bytes[from + 1] & 0xFF) << 16 | (bytes[from + 2] & 0xFF) << 8
                | bytes[from + 3] & 0xFF;
    }

    private static double count(byte[] bytes, int word, String what) throws ProtocolException {
        double count = number(bytes, word);
        if (!(count >= 0 && count == (int) count)) {
            throw new ProtocolException(FIELD + " must have a whole number of " + what + ", was "
                    + JsonValue.of(count).toJson());
        }
        return count;
    }

    private static double number(byte[] bytes, int word) {
        long bits = 0;
        for (int i = 8 * word + 7; i >= 8 * word; i--) {
            bits = bits << 8 | bytes[i] & 0xFF;
        }
        return Double.longBitsToDouble(bits);
    }

    private static void put(byte[] bytes, int word, double number) {
        long bits = Double.doubleToLongBits(number);
        for (int i = 8 * word; i < 8 * word + 8; i++) {
            bytes[i] = (byte) bits;
            bits >>>= 8;
        }
    }
}
