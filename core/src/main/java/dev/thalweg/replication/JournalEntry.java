package dev.thalweg.replication;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A record, or a snapshot, as it is found when it is read. */
public sealed interface JournalEntry {
    /** Its place in its stream. */
    int version();

    /** It is what was written. @param bytes not to be changed */
    @SuppressWarnings("ArrayRecordComponent") // equal by its bytes, see below
    record Intact(int version, byte[] bytes) implements JournalEntry {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Intact that && version == that.version && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return 31 * version + Arrays.hashCode(bytes);
        }
    }

    /**
     * It was there and is not what was written any more; the journal has set aside what it found. The records around it
     * are not affected.
     *
     * @param reason for a person: what is wrong with it
     */
    record Damaged(int version, String reason) implements JournalEntry {}
}
