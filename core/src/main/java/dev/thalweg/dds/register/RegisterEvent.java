package dev.thalweg.dds.register;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.json.JsonValue;

/** Something that changed in a register collection. Nothing but {@link Aborted} happens before it is sequenced. */
public sealed interface RegisterEvent extends ChannelEvent {
    /** Which register. */
    String key();

    /** The value all agree on is another one. The same write's {@link VersionChanged} follows. */
    record AtomicChanged(String key, JsonValue value, boolean local) implements RegisterEvent {}

    /**
     * A register has a newest version.
     *
     * @param value  that version
     * @param atomic whether it is also the value all agree on
     */
    record VersionChanged(String key, JsonValue value, boolean atomic, boolean local) implements RegisterEvent {}

    /** This client's write was taken back before it was sent. @param value as it would have been written */
    record Aborted(String key, JsonValue value) implements RegisterEvent {
        @Override
        public boolean local() {
            return true;
        }
    }
}
