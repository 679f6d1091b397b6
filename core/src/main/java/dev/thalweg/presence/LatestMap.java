package dev.thalweg.presence;

import dev.thalweg.schema.Codec;
import dev.thalweg.schema.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys with a value each, for each attendee; of every value the latest.
 *
 * @param <T> the type of the values; others may send any
 */
public final class LatestMap<T> {
    private final Presence presence;
    private final String workspace;
    private final String name;
    private final Codec<T> codec;
    private final double ttlMillis;

    LatestMap(Presence presence, String workspace, String name, Codec<T> codec, double ttlMillis) {
        this.presence = presence;
        this.workspace = workspace;
        this.name = name;
        this.codec = codec;
        this.ttlMillis = ttlMillis;
    }

    /** This client's own value of a key. */
    public Reading<T> local(String key) {
        return readMine(PresenceMessage.requireName("key", key));
    }

    /** The keys of this client. */
    public List<String> keys() {
        return presence.myKeys(workspace, name);
    }

    /**
     * Sets this client's own value of a key.
     *
     * @param key 1 to 256 characters
     * @throws IllegalArgumentException when it is another key, the codec has no form for the value, or it is too long
     * @throws IllegalStateException    when presence was disposed of
     */
    public void set(String key, T value) {
        write(PresenceMessage.requireName("key", key), value);
    }

    /** Takes this client's own value of a key out. */
    public void delete(String key) {
        erase(PresenceMessage.requireName("key", key));
    }

    /** Another's value of a key. */
    public Reading<T> remote(Attendee attendee, String key) {
        return readTheirs(attendee, PresenceMessage.requireName("key", key));
    }

    /** The keys of another. */
    public List<String> keys(Attendee attendee) {
        List<String> keys = new ArrayList<>();
        attendee.values().forEach((slot, heard) -> {
            if (heard.value() != null && slot.workspace().equals(workspace) && slot.name().equals(name)) {
                keys.add(slot.key());
            }
        });
        return keys;
    }

    Reading<T> readMine(String key) {
        return codec.read(presence.mine(slot(key)));
    }

    Reading<T> readTheirs(Attendee attendee, String key) {
        return codec.read(attendee.value(slot(key)));
    }

    void write(String key, T value) {
        presence.set(slot(key), codec.encode(value), ttlMillis);
    }

    void erase(String key) {
        if (presence.mine(slot(key)) != null) {
            presence.set(slot(key), null, 0);
        }
    }

    private Slot slot(String key) {
        return new Slot(workspace, name, key);
    }
}
