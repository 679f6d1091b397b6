package dev.thalweg.container;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A data store: an address under which channels live. What it is for is between the programs that use it. */
final class DataStore {
    private final String id;
    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private String component;
    private int changedAt;

    /**
     * @param component the text of its {@code .component}
     * @param createdAt since which sequence number the document has it
     */
    DataStore(String id, String component, int createdAt) {
        this.id = id;
        this.component = component;
        this.changedAt = createdAt;
    }

    String id() {
        return id;
    }

    /** Its channels by id, in the order in which they came. */
    Map<String, Channel> channels() {
        return channels;
    }

    @Nullable
    Channel channel(String channelId) {
        return channels.get(channelId);
    }

    void add(Channel channel) {
        channels.put(channel.id(), channel);
    }

    /** The text of its {@code .component}. */
    String component() {
        return component;
    }

    /** When its {@code .component} changed last. */
    int changedAt() {
        return changedAt;
    }

    /** It has got an alias: it is a root from now on, which is never collected. */
    void makeRoot(int sequenceNumber) {
        try {
            if (JsonValue.parse(component) instanceof JsonObject object) {
                component = object.with("isRootDataStore", JsonValue.of(true)).toJson();
                changedAt = sequenceNumber;
            }
        } catch (ProtocolException e) {
            // What is not understood is carried along as it is.
        }
    }
}
