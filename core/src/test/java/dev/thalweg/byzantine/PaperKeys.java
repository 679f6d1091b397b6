package dev.thalweg.byzantine;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha256;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.platform.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Signatures for random runs, in which real ones would take most of the time: a hash of a secret and the message, checked by
 * somebody who knows all secrets. Nobody in a run can make one for a secret that it does not have. Checks end late and in
 * any order.
 */
final class PaperKeys {
    private final Map<String, byte[]> secrets = new HashMap<>();
    private final List<Runnable> late = new ArrayList<>();
    private final Random random;

    PaperKeys(Random random) {
        this.random = random;
    }

    private static byte[] signature(byte[] secret, byte[] message) {
        byte[] once = Sha256.hmac(secret, message);
        byte[] signature = Arrays.copyOf(once, Verifier.SIGNATURE);
        System.arraycopy(Sha256.hmac(secret, once), 0, signature, once.length, once.length);
        return signature;
    }

    Signer signer(String name) {
        byte[] secret = Sha256.digest(Utf8.encode("secret of " + name + random.nextInt()));
        byte[] key = Sha256.digest(secret);
        secrets.put(Hex.encode(key), secret);
        return new Signer() {
            @Override
            public byte[] publicKey() {
                return key;
            }

            @Override
            public void sign(byte[] message, Outcome<byte[]> outcome) {
                outcome.succeeded(signature(secret, message));
            }
        };
    }

    Verifier verifier() {
        return (key, message, signature, outcome) -> late.add(() -> {
            byte[] secret = secrets.get(Hex.encode(key));
            outcome.succeeded(secret != null && Arrays.equals(signature(secret, message), signature));
        });
    }

    /** Ends all checks. */
    void finish() {
        while (!late.isEmpty()) {
            late.remove(random.nextInt(late.size())).run();
        }
    }

    /** Ends one check, if there is one. */
    void finishOne() {
        if (!late.isEmpty()) {
            late.remove(random.nextInt(late.size())).run();
        }
    }
}
