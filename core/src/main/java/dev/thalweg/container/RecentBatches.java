package dev.thalweg.container;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The batches of the collaboration window by name, to notice one that is sequenced twice. A batch that is sent again
 * carries the name it had; one that is sent for the first time has none, and is called {@code clientId_[csn]} after its
 * connection and its first message. That name is spelled only when there is something to compare it with.
 */
final class RecentBatches {
    private record Batch(int sequenceNumber, String clientId, int csn, @Nullable String explicitId) {
        String id() {
            return explicitId == null ? RecentBatches.id(clientId, csn) : explicitId;
        }
    }

    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private final Map<String, Integer> explicit = new HashMap<>();

    /** The name of a batch. */
    static String id(String clientId, int csn) {
        return clientId + "_[" + csn + "]";
    }

    /** Takes over what a summary says. */
    void load(@Nullable String text) throws ProtocolException {
        if (text == null) {
            return;
        }
        for (JsonValue value : JsonCasts.array(JsonValue.parse(text), ".recentBatchInfo").values()) {
            JsonArray pair = JsonCasts.array(value, ".recentBatchInfo");
            if (pair.size() != 2) {
                throw new ProtocolException(".recentBatchInfo: expected pairs");
            }
            int sequenceNumber = JsonCasts.integer(pair.get(0), ".recentBatchInfo", 0, Integer.MAX_VALUE);
            add(new Batch(sequenceNumber, "", 0, JsonCasts.string(pair.get(1), ".recentBatchInfo")));
        }
    }

    /**
     * Notes a batch.
     *
     * @param explicitId the name it carries, or null
     * @return the sequence number of the same batch before, or -1 when this is the first
     */
    int note(int sequenceNumber, String clientId, int csn, @Nullable String explicitId) {
        int before = -1;
        if (explicitId != null) {
            before = find(explicitId);
        } else if (!explicit.isEmpty()) {
            Integer place = explicit.get(id(clientId, csn));
            before = place == null ? -1 : place;
        }
        add(new Batch(sequenceNumber, clientId, csn, explicitId));
        return before;
    }

    /** Forgets what every writer has seen. */
    void minimum(int minimumSequenceNumber) {
        while (!batches.isEmpty() && batches.getFirst().sequenceNumber() < minimumSequenceNumber) {
            Batch old = batches.removeFirst();
            if (old.explicitId() != null) {
                explicit.remove(old.explicitId());
            }
        }
    }

    /** As a summary keeps it, or null when there is nothing to keep. */
    @Nullable
    String write() {
        if (batches.isEmpty()) {
            return null;
        }
        List<JsonValue> pairs = new ArrayList<>(batches.size());
        for (Batch batch : batches) {
            pairs.add(JsonArray.of(JsonValue.of(batch.sequenceNumber()), JsonValue.of(batch.id())));
        }
        return new JsonArray(pairs).toJson();
    }

    private void add(Batch batch) {
        batches.add(batch);
        if (batch.explicitId() != null) {
            explicit.put(batch.explicitId(), batch.sequenceNumber());
        }
    }

    /* Walks the window, which happens once for each batch that is sent again. */
    private int find(String id) {
        Integer place = explicit.get(id);
        if (place != null) {
            return place;
        }
        for (Batch batch : batches) {
            if (id.endsWith("]") && id.startsWith(batch.clientId()) && batch.id().equals(id)) {
                return batch.sequenceNumber();
            }
        }
        return -1;
    }
}
