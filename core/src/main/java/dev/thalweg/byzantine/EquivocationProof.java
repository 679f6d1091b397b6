package dev.thalweg.byzantine;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Two entries that one author signed for one place in its history: whoever has both headers knows that it told some peers
 * one thing and others another, and can show them to anybody.
 *
 * @param one   of the two the one whose digest is smaller
 * @param other the other
 */
public record EquivocationProof(SignedHeader one, SignedHeader other) {
    /** A proof of two headers in either order. @return null when they prove nothing */
    static @Nullable EquivocationProof of(SignedHeader a, SignedHeader b, Hashing hashing) {
        int order = a.header().digest(hashing).compareTo(b.header().digest(hashing));
        boolean same = a.header().document().equals(b.header().document())
                && a.header().author().equals(b.header().author()) && a.header().first() == b.header().first();
        return !same || order == 0 ? null : order < 0 ? new EquivocationProof(a, b) : new EquivocationProof(b, a);
    }

    /** Who did it. */
    public String author() {
        return one.header().author();
    }

    /** Asks whether it proves what it says; needs nothing but the proof. */
    public void verify(Verifier verifier, Hashing hashing, Outcome<Boolean> outcome) {
        if (!equals(of(one, other, hashing))) {
            outcome.succeeded(false);
            return;
        }
        one.verify(verifier, new Outcome<>() {
            @Override
            public void succeeded(Boolean valid) {
                if (valid) {
                    other.verify(verifier, outcome);
                } else {
                    outcome.succeeded(false);
                }
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    /** Which of two proofs against one author all replicas keep that know both. */
    EquivocationProof earlier(EquivocationProof than, Hashing hashing) {
        int order = Integer.compare(one.header().first(), than.one.header().first());
        if (order == 0) {
            order = one.header().digest(hashing).compareTo(than.one.header().digest(hashing));
        }
        if (order == 0) {
            order = other.header().digest(hashing).compareTo(than.other.header().digest(hashing));
        }
        return order <= 0 ? this : than;
    }
}
