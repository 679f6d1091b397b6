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
    private int foreignAt;

    /**
     * @param component the text of its {@code .component}
     * @param createdAt since which sequence number the document has it, -1 when others do not see it yet
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

    void remove(Channel channel) {
        channels.remove(channel.id());
    }

    /** The text of its {@code .component}. */
    String component() {
        return component;
    }

    /** When its {@code .component} changed last. */
    int changedAt() {
        return changedAt;
    }

    /** Whether others see it. */
    boolean attached() {
        return changedAt >= 0;
    }

    /** Others see it, with the channels it came with. */
    void attachedAt(int sequenceNumber) {
        changedAt = sequenceNumber;
        for (Channel channel : channels.values()) {
            if (channel.attachedAt() < 0 && channel.withStore()) {
                channel.attachedAt(sequenceNumber);
            }
        }
    }

    /** An operation changed something in it that this program does not model. */
    void changedForeign(int sequenceNumber) {
        foreignAt = sequenceNumber;
    }

    /** When such an operation came last, 0 when none has. */
    int foreignAt() {
        return foreignAt;
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
