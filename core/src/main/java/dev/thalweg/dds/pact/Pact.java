package dev.thalweg.dds.pact;

import dev.thalweg.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One key: what counts, and what is proposed in its place. At least one of them is there once it was proposed. */
final class Pact {
    final String key;
    final int number;
    @Nullable
    AcceptedPact accepted;
    @Nullable
    Proposal proposal;

    /** A value that waits for consent. */
    static final class Proposal {
        final @Nullable JsonValue value;
        final boolean own;

        /** Whose consent is missing, in the order of their joins. */
        final Set<String> signoffs;

        Proposal(@Nullable JsonValue value, boolean own, Iterable<String> signoffs) {
            this.value = value;
            this.own = own;
            this.signoffs = new LinkedHashSet<>();
            for (String clientId : signoffs) {
                this.signoffs.add(clientId);
            }
        }
    }

    /** @param number its place among the keys, by their first proposals */
    Pact(String key, int number) {
        this.key = key;
        this.number = number;
    }
}
