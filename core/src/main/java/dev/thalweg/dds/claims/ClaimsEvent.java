package dev.thalweg.dds.claims;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Something that changed in claims. Nothing but {@link Filed} and {@link Aborted} happens before it is sequenced. */
public sealed interface ClaimsEvent extends ChannelEvent {
    /** Which key. */
    String key();

    /**
     * A key has a holder.
     *
     * @param value    the holder
     * @param previous who held it before, or null when it was free
     */
    record Claimed(String key, JsonValue value, @Nullable JsonValue previous, boolean local) implements ClaimsEvent {}

    /**
     * A key was set free. Told for an own release even when somebody else was quicker.
     *
     * @param previous who held it before, or null when it was free already
     */
    record Released(String key, @Nullable JsonValue previous, boolean local) implements ClaimsEvent {}

    /** This client asked for a key; the outcome is not known. @param value as asked, null for a release */
    record Filed(String key, JsonValue value) implements ClaimsEvent {
        @Override
        public boolean local() {
            return true;
        }
    }

    /**
     * A claim came too late.
     *
     * @param value  as it was asked, null for a release
     * @param holder who holds the key
     */
    record Lost(String key, JsonValue value, JsonValue holder, boolean local) implements ClaimsEvent {}

    /** This client's claim was taken back before it was sent. @param value as it was asked, null for a release */
    record Aborted(String key, JsonValue value) implements ClaimsEvent {
        @Override
        public boolean local() {
            return true;
        }
    }
}
