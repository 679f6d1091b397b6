package dev.thalweg.presence;

import dev.thalweg.schema.Reading;

/**
 * One value of each attendee, the latest.
 *
 * @param <T> its type; others may send any
 */
public final class Latest<T> {
    private final LatestMap<T> map;

    Latest(LatestMap<T> map) {
        this.map = map;
    }

    /** This client's own. */
    public Reading<T> local() {
        return map.readMine("");
    }

    /**
     * Sets this client's own.
     *
     * @throws IllegalArgumentException when the codec has no form for it, or it is too long
     * @throws IllegalStateException    when presence was disposed of
     */
    public void set(T value) {
        map.write("", value);
    }

    /** Takes this client's own out. */
    public void clear() {
        map.erase("");
    }

    /** Another's. */
    public Reading<T> remote(Attendee attendee) {
        return map.readTheirs(attendee, "");
    }
}
