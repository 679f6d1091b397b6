package dev.thalweg.web.local.trust;

import dev.thalweg.byzantine.Hashing;
import dev.thalweg.byzantine.Signer;
import dev.thalweg.byzantine.Verifier;
import dev.thalweg.platform.Outcome;

/** Where keys come from, and who checks what was signed with them. */
interface Keys {
    /** Makes a new one. */
    void make(Outcome<Signer> outcome);

    Verifier verifier();

    /** SHA-256. */
    default Hashing hashing() {
        return Hashing.CORE;
    }
}
