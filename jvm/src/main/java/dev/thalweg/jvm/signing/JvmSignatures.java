package dev.thalweg.jvm.signing;

import dev.thalweg.byzantine.Hashing;
import dev.thalweg.byzantine.Verifier;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** Checks signatures and computes digests, at once and on the calling thread. */
public final class JvmSignatures {
    /** SHA-256. */
    public static final Hashing HASHING = message -> {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    };

    /** Ed25519. */
    public static final Verifier VERIFIER = (key, message, signature, outcome) -> outcome
            .succeeded(isValid(key, message, signature));

    static final String ALGORITHM = "Ed25519";

    /* What comes before the 32 bytes of a public key in its SubjectPublicKeyInfo (RFC 8410, section 4). */
    private static final byte[] INFO = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    private JvmSignatures() {}

    private static boolean isValid(byte[] key, byte[] message, byte[] signature) {
        if (key.length != Verifier.KEY || signature.length != Verifier.SIGNATURE) {
            return false;
        }
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(publicKey(key));
            check.update(message);
            return check.verify(signature);
        } catch (InvalidKeySpecException | InvalidKeyException | SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has Ed25519", e);
        }
    }

    private static PublicKey publicKey(byte[] key) throws GeneralSecurityException {
        byte[] info = Arrays.copyOf(INFO, INFO.length + key.length);
        System.arraycopy(key, 0, info, INFO.length, key.length);
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(info));
    }

    /** The 32 bytes of a public key. */
    static byte[] raw(PublicKey key) {
        byte[] info = key.getEncoded();
        if (info == null || info.length != INFO.length + Verifier.KEY
                || !Arrays.equals(info, 0, INFO.length, INFO, 0, INFO.length)) {
            throw new IllegalArgumentException("not a public key of " + ALGORITHM + " but of " + key.getAlgorithm());
        }
        return Arrays.copyOfRange(info, INFO.length, info.length);
    }
}
