package dev.thalweg.ephemeral;

import dev.thalweg.json.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody last wrote under a key. Of two entries the one that compares as greater stands, at every replica: the later
 * by time, then by the writer's clock, then by name.
 *
 * @param value     null when it was taken out
 * @param timestamp the writer's time, finite, at least that of whatever it wrote over; its unit is the programs' choice
 * @param clock     from 0; greater than all clocks that the writer had heard of, its own earlier ones among them
 * @param peer      who wrote
 */
public record EphemeralEntry(@Nullable JsonValue value, double timestamp, int clock, String peer)
        implements
            Comparable<EphemeralEntry> {
    /** @throws IllegalArgumentException when a number is none of those, or nobody wrote */
    public EphemeralEntry {
        Objects.requireNonNull(peer);
        if (Double.isNaN(timestamp) || Double.isInfinite(timestamp) || clock < 0 || peer.isEmpty()) {
            throw new IllegalArgumentException("an entry has a finite time, a clock from 0 and a peer, was "
                    + JsonValue.of(timestamp).toJson() + ", " + clock + " by \"" + peer + "\"");
        }
        timestamp = timestamp == 0 ? 0 : timestamp;
    }

    /** A peer that uses one clock twice gets the same of its entries everywhere. */
    @Override
    public int compareTo(EphemeralEntry other) {
        if (timestamp != other.timestamp) {
            return timestamp < other.timestamp ? -1 : 1;
        }
        if (clock != other.clock) {
            return clock < other.clock ? -1 : 1;
        }
        int byPeer = peer.compareTo(other.peer);
        return byPeer != 0 ? byPeer : text(value).compareTo(text(other.value));
    }

    private static String text(@Nullable JsonValue value) {
        return value == null ? "" : value.toJson();
    }
}
