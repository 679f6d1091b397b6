package dev.thalweg.byzantine;

import dev.thalweg.bytes.Hex;
import dev.thalweg.platform.Outcome;

/**
 * A header with its author's signature: enough to show that the author made the entry, without what it did.
 *
 * @param signature of {@link EntryHeader#bytes}, 128 lower-case hexadecimal digits
 */
public record SignedHeader(EntryHeader header, String signature) {
    /** @throws IllegalArgumentException when the signature has another form */
    public SignedHeader {
        byte[] bytes = Hex.decode(signature);
        if (bytes == null || bytes.length != Verifier.SIGNATURE) {
            throw new IllegalArgumentException("a signature is 128 lower-case hexadecimal digits, was " + signature);
        }
    }

    /** Asks whether the author signed it. */
    public void verify(Verifier verifier, Outcome<Boolean> outcome) {
        verifier.verify(header.key(), header.bytes(), EntryHeader.unhex(signature), outcome);
    }
}
