package dev.thalweg.dds.pact;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** Something that changed in a pact map. {@code local} says whether this client proposed it. */
public sealed interface PactEvent extends ChannelEvent {
    /** Which key. */
    String key();

    /** A value is proposed, and those who are here sign it off. @param value null to delete the key */
    record Pending(String key, @Nullable JsonValue value, boolean local) implements PactEvent {}

    /**
     * A client signed off, or left; its consent is not waited for any longer.
     *
     * @param clientId which
     */
    record SignedOff(String key, String clientId, boolean local) implements PactEvent {}

    /**
     * What was proposed counts: everybody has seen it.
     *
     * @param value    what the key holds now, or null when it is deleted
     * @param previous what it held before, or null
     */
    record Accepted(String key, @Nullable JsonValue value, @Nullable JsonValue previous, boolean local)
            implements
                PactEvent {}

    /** This client's proposal came to nothing: another one was before it. @param value null to delete the key */
    record Refused(String key, @Nullable JsonValue value) implements PactEvent {
        @Override
        public boolean local() {
            return true;
        }
    }

    /** This client's proposal was taken back before it was sent. @param value null to delete the key */
    record Aborted(String key, @Nullable JsonValue value) implements PactEvent {
        @Override
        public boolean local() {
            return true;
        }
    }
}
