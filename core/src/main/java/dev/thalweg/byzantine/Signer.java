package dev.thalweg.byzantine;

import dev.thalweg.platform.Outcome;

/** Holds the private key of a peer and signs with Ed25519 (RFC 8032). */
public interface Signer {
    /** The public key, {@value Verifier#KEY} bytes. */
    byte[] publicKey();

    /** Signs a message. @param outcome hears the {@value Verifier#SIGNATURE} bytes */
    void sign(byte[] message, Outcome<byte[]> outcome);
}
