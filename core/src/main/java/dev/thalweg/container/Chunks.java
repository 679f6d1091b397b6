package dev.thalweg.container;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of which only the first chunks have come, one at most for each connection. */
/*
 * A connection sends the chunks of a message one after the other and nothing between them. Where they do not follow each
 * other the message is lost: the rest of it is passed over, and the next first chunk starts anew. What a connection left
 * unfinished when it ended was never a message; its sender makes it again on the next one.
 */
final class Chunks {
    /** Characters that are kept for one connection; what is larger could not be unpacked anyway. */
    private static final int MAX_CHARACTERS = 2 * Packing.MAX_UNPACKED;

    private static final class Partial {
        final List<String> slices = new ArrayList<>();
        int characters;
        boolean broken;
    }

    private final Map<String, Partial> partials = new LinkedHashMap<>();

    /**
     * Takes a chunk.
     *
     * @return all of the message when this is its last chunk, else null
     * @throws ProtocolException when the message is lost; its further chunks are passed over in silence
     */
    @Nullable
    String add(String clientId, JsonObject chunk) throws ProtocolException {
        int total = chunk.integer("totalChunks", 1, Integer.MAX_VALUE);
        int id = chunk.integer("chunkId", 1, total);
        String slice = chunk.string("contents");
        Partial partial = partials.get(clientId);
        boolean broken = partial != null && partial.broken;
        if (broken && id > 1) {
            drop(clientId, id == total);
            return null;
        }
        int due = partial == null || broken ? 1 : partial.slices.size() + 1;
        if (partial == null || id == 1) {
            partial = new Partial();
            partials.put(clientId, partial);
        }
        if (id != due && id > 1 || slice.length() > MAX_CHARACTERS - partial.characters) {
            partial.broken = true;
            partial.slices.clear();
            drop(clientId, id == total);
            throw new ProtocolException(id != due
                    ? lost(id, total, due)
                    : "the chunks of a message have more than " + MAX_CHARACTERS + " characters");
        }
        partial.slices.add(slice);
        partial.characters += slice.length();
        if (id != due) {
            drop(clientId, id == total);
            throw new ProtocolException(lost(id, total, due));
        }
        if (id < total) {
            return null;
        }
        partials.remove(clientId);
        StringBuilder whole = new StringBuilder(partial.characters);
        partial.slices.forEach(whole::append);
        return whole.toString();
    }

    /** A connection ended. @return how many chunks of an unfinished message it leaves behind */
    int left(String clientId) {
        Partial partial = partials.remove(clientId);
        return partial == null || partial.broken ? 0 : partial.slices.size();
    }

    /** Takes over what a summary's {@code .chunks} says. */
    void load(@Nullable String text) throws ProtocolException {
        if (text == null) {
            return;
        }
        for (JsonValue value : JsonCasts.array(JsonValue.parse(text), DocumentFormat.CHUNKS).values()) {
            JsonArray pair = JsonCasts.array(value, DocumentFormat.CHUNKS);
            if (pair.size() != 2) {
                throw new ProtocolException(DocumentFormat.CHUNKS + ": expected pairs");
            }
            Partial partial = new Partial();
            for (String slice : JsonCasts.array(pair.get(1), DocumentFormat.CHUNKS).strings()) {
                partial.slices.add(slice);
                partial.characters += slice.length();
            }
            partials.put(JsonCasts.string(pair.get(0), DocumentFormat.CHUNKS), partial);
        }
    }

    /** As a summary keeps it, or null when there is nothing to keep. */
    @Nullable
    String write() {
        List<JsonValue> pairs = new ArrayList<>();
        partials.forEach((clientId, partial) -> {
            if (!partial.broken && !partial.slices.isEmpty()) {
                pairs.add(JsonArray.of(new JsonString(clientId), JsonArray.ofStrings(partial.slices)));
            }
        });
        return pairs.isEmpty() ? null : new JsonArray(pairs).toJson();
    }

    private static String lost(int id, int total, int due) {
        return "chunk " + id + " of " + total + " came where chunk " + due + " was due";
    }

    private void drop(String clientId, boolean last) {
        if (last) {
            partials.remove(clientId);
        }
    }
}
