package dev.thalweg.presence;

import dev.thalweg.schema.Codec;

/** A named group of values; see {@link Presence#workspace}. */
public final class Workspace {
    private final Presence presence;
    private final String name;

    Workspace(Presence presence, String name) {
        this.presence = presence;
        this.name = name;
    }

    /** One value per attendee that holds until its owner sets another or leaves. */
    public <T> Latest<T> latest(String valueName, Codec<T> codec) {
        return latest(valueName, codec, 0);
    }

    /**
     * One value per attendee.
     *
     * @param ttlMillis after how long others forget it unless it is set again; 0 for never
     */
    public <T> Latest<T> latest(String valueName, Codec<T> codec, double ttlMillis) {
        return new Latest<>(map(valueName, codec, ttlMillis));
    }

    /** Keys with a value each, per attendee. */
    public <T> LatestMap<T> latestMap(String valueName, Codec<T> codec) {
        return latestMap(valueName, codec, 0);
    }

    /** Keys with a value each, per attendee. @param ttlMillis as for {@link #latest(String, Codec, double)} */
    public <T> LatestMap<T> latestMap(String valueName, Codec<T> codec, double ttlMillis) {
        return map(valueName, codec, ttlMillis);
    }

    private <T> LatestMap<T> map(String valueName, Codec<T> codec, double ttlMillis) {
        if (!(ttlMillis >= 0)) {
            throw new IllegalArgumentException("ttlMillis must be 0 or more");
        }
        return new LatestMap<>(presence, name, PresenceMessage.requireName("name", valueName), codec, ttlMillis);
    }
}
