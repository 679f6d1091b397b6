package dev.thalweg.jvm.signing;

import dev.thalweg.byzantine.Signer;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;

/** A key pair that signs, at once and on the calling thread. */
public final class JvmSigner implements Signer {
    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private JvmSigner(KeyPair pair) {
        privateKey = pair.getPrivate();
        publicKey = JvmSignatures.raw(pair.getPublic());
    }

    /** One with a new key. */
    public static JvmSigner generate() {
        try {
            return new JvmSigner(KeyPairGenerator.getInstance(JvmSignatures.ALGORITHM).generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has Ed25519", e);
        }
    }

    /** One with keys from elsewhere, a key store for example. @throws IllegalArgumentException when they are not of Ed25519 */
    public static JvmSigner of(KeyPair pair) {
        return new JvmSigner(pair);
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public void sign(byte[] message, Outcome<byte[]> outcome) {
        byte[] signature;
        try {
            Signature signing = Signature.getInstance(JvmSignatures.ALGORITHM);
            signing.initSign(privateKey);
            signing.update(message);
            signature = signing.sign();
        } catch (GeneralSecurityException e) {
            outcome.failed(Failure.permanent(0, "cannot sign: " + e.getMessage()));
            return;
        }
        outcome.succeeded(signature);
    }
}
