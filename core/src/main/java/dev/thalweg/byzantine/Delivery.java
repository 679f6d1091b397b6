package dev.thalweg.byzantine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an entry that was delivered.
 *
 * @param delivered what went into the document, in order: the entry, and what had waited for it
 * @param alerts    what was wrong, with the entry or with what had waited
 * @param proof     when the entry shows that its author equivocates
 */
public record Delivery(Status status, List<SignedEntry> delivered, List<Alert> alerts,
        @Nullable EquivocationProof proof) {
    /** What became of it. */
    public enum Status {
        /** It is in the document. */
        ACCEPTED,
        /** It waits for its causes. */
        BUFFERED,
        /** It was here, or waits already. */
        KNOWN,
        /** It was not taken in. */
        REJECTED
    }

    /** Copies the lists. */
    public Delivery {
        delivered = List.copyOf(delivered);
        alerts = List.copyOf(alerts);
    }
}
