package dev.thalweg.byzantine;

import dev.thalweg.platform.Outcome;

/** Checks Ed25519 signatures (RFC 8032). */
@FunctionalInterface
public interface Verifier {
    /** Bytes of a public key. */
    int KEY = 32;
    /** Bytes of a signature. */
    int SIGNATURE = 64;

    /**
     * Asks whether a signature is one of the message by the key.
     *
     * @param publicKey {@value #KEY} bytes; those that are no key have signed nothing
     * @param signature {@value #SIGNATURE} bytes
     * @param outcome   fails only when the check cannot be made
     */
    void verify(byte[] publicKey, byte[] message, byte[] signature, Outcome<Boolean> outcome);
}
