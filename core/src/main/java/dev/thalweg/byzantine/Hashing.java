package dev.thalweg.byzantine;

import dev.thalweg.bytes.Sha256;

/** SHA-256, by whoever does it fastest. */
@FunctionalInterface
public interface Hashing {
    /** The core's own. */
    Hashing CORE = Sha256::digest;

    /** The 32 bytes of the digest. */
    byte[] sha256(byte[] message);
}
