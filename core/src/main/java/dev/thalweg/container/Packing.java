package dev.thalweg.container;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.lz4.Lz4Frame;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.storage.Blobs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Large messages as stock clients make them: the envelope as the only element of a JSON array, compressed, spelled in
 * base64 as {@code {"packedContents":…}}, and where that is large itself, cut into chunks that travel one by one.
 */
final class Packing {
    /** The only algorithm there is, as {@code compression} names it. */
    static final String LZ4 = "lz4";

    /** From so many characters on the stock client compresses. */
    static final int COMPRESS_FROM = 614_400;

    /** Characters of one chunk, as the stock client cuts them. */
    static final int CHUNK = 204_800;

    /** Bytes that a message may have when it is unpacked. */
    static final int MAX_UNPACKED = 64 << 20;

    /** A service whose messages leave less room for a chunk gets no chunks. */
    private static final int SMALLEST_CHUNK = 1_024;

    private static final String PACKED = "packedContents";

    private Packing() {}

    /** How many characters of a chunk a message of that size has room for, or 0 when it is not worth it. */
    static int chunk(int maxMessageSize) {
        int room = Math.min(CHUNK, maxMessageSize - 2 * Draft.ENVELOPE);
        return room < SMALLEST_CHUNK ? 0 : room;
    }

    /**
     * The messages that carry an envelope.
     *
     * @param metadata of the message it stands for, or null
     * @param chunk    characters of one chunk
     * @return one compressed message, or two or more chunks
     */
    static List<Draft> pack(String envelope, @Nullable RawJson metadata, int chunk) {
        byte[] packed = Lz4Frame.encode(Utf8.encode("[" + envelope + "]"));
        String contents = "{\"" + PACKED + "\":\"" + Blobs.encode(packed) + "\"}";
        if (contents.length() <= chunk) {
            return List.of(new Draft(MessageType.OP, RawJson.of(new JsonString(contents)), metadata, LZ4));
        }
        List<Draft> drafts = new ArrayList<>();
        int total = (contents.length() + chunk - 1) / chunk;
        for (int id = 1; id <= total; id++) {
            String slice = contents.substring((id - 1) * chunk, Math.min(contents.length(), id * chunk));
            String chunked = "{\"type\":\"chunkedOp\",\"contents\":{\"chunkId\":" + id + ",\"contents\":"
                    + new JsonString(slice).toJson() + ",\"totalChunks\":" + total;
            if (id == total) {
                chunked += ",\"originalCompression\":\"" + LZ4 + "\""
                        + (metadata == null ? "" : ",\"originalMetadata\":" + metadata.text())
                        + ",\"originalType\":\"component\"";
            }
            drafts.add(Draft.of(MessageType.OP, chunked + "}}", null));
        }
        return drafts;
    }

    /** Whether contents are compressed, which some services forget to say beside them. */
    static boolean packed(JsonObject contents) {
        return contents.size() == 1 && contents.has(PACKED);
    }

    /** The envelope inside compressed contents. */
    static JsonObject unpack(JsonObject contents, @Nullable String compression) throws ProtocolException {
        if (compression != null && !compression.equals(LZ4)) {
            throw new ProtocolException("compression must be " + LZ4 + ", was " + compression);
        }
        byte[] frame;
        try {
            frame = Blobs.decode(contents.string(PACKED));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(PACKED + " must be base64: " + e.getMessage());
        }
        JsonArray batch = JsonCasts.array(
                JsonValue.parse(Utf8.decode(Lz4Frame.decode(frame, MAX_UNPACKED))), PACKED);
        if (batch.size() != 1) {
            // Before groups, one message carried those that followed it empty. No 2.x client makes these.
            throw new ProtocolException(PACKED + " must hold one operation, has " + batch.size());
        }
        return JsonCasts.object(batch.get(0), PACKED);
    }
}
