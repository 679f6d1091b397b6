package dev.thalweg.jvm.signing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.thalweg.byzantine.ByzantineLimits;
import dev.thalweg.byzantine.Delivery;
import dev.thalweg.byzantine.Hashing;
import dev.thalweg.byzantine.SignedEntry;
import dev.thalweg.byzantine.SignedReplica;
import dev.thalweg.byzantine.SignedText;
import dev.thalweg.byzantine.Signer;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmSigningTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static <T> Outcome<T> into(List<T> list) {
        return new Outcome<>() {
            @Override
            public void succeeded(T value) {
                list.add(value);
            }

            @Override
            public void failed(Failure failure) {
                throw new AssertionError(failure.message());
            }
        };
    }

    private static boolean verify(byte[] key, byte[] message, byte[] signature) {
        List<Boolean> valid = new ArrayList<>();
        JvmSignatures.VERIFIER.verify(key, message, signature, into(valid));
        return valid.get(0);
    }

    private static byte[] sign(Signer signer, byte[] message) {
        List<byte[]> signature = new ArrayList<>();
        signer.sign(message, into(signature));
        return signature.get(0);
    }

    /** RFC 8032, section 7.1, tests 2 and 3. */
    @Test
    void knowsTheSignaturesOfTheStandard() {
        byte[] key = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        byte[] signature = hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        assertTrue(verify(key, hex("72"), signature));
        assertFalse(verify(key, hex("73"), signature));
        byte[] other = hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
        assertTrue(verify(other, hex("af82"), hex("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")));
        assertFalse(verify(other, hex("72"), signature));
    }

    @Test
    void whatIsNoKeyOrNoSignatureIsNotValid() {
        JvmSigner signer = JvmSigner.generate();
        byte[] message = hex("00");
        byte[] signature = sign(signer, message);
        assertTrue(verify(signer.publicKey(), message, signature));
        assertFalse(verify(new byte[31], message, signature));
        assertFalse(verify(signer.publicKey(), message, new byte[63]));
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 255);
        assertFalse(verify(ones, message, signature));
        byte[] large = signature.clone();
        Arrays.fill(large, 32, 64, (byte) 255);
        assertFalse(verify(signer.publicKey(), message, large));
    }

    @Test
    void keysOfAnotherKindAreRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed448");
        assertThrows(IllegalArgumentException.class, () -> JvmSigner.of(generator.generateKeyPair()));
    }

    @Test
    void hashesAsTheCoreDoes() {
        for (int length = 0; length < 200; length++) {
            assertArrayEquals(Hashing.CORE.sha256(new byte[length]), JvmSignatures.HASHING.sha256(new byte[length]));
        }
    }

    private static SignedReplica replica(JvmSigner signer) {
        return new SignedReplica("doc", signer, JvmSignatures.VERIFIER, JvmSignatures.HASHING,
                new SignedText(SignedReplica.agent(signer)), ByzantineLimits.DEFAULT);
    }

    private static List<SignedEntry> type(SignedReplica replica, String text) {
        ((SignedText) replica.document()).text().insert(0, text);
        List<List<SignedEntry>> entries = new ArrayList<>();
        replica.commit(into(entries));
        return entries.get(0);
    }

    @Test
    void twoHistoriesUnderOneKeyEndInOnePlace() throws Exception {
        JvmSigner mallory = JvmSigner.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        List<SignedEntry> entries = new ArrayList<>();
        entries.addAll(type(replica(mallory), "one story"));
        entries.addAll(type(replica(mallory), "another"));
        SignedReplica here = replica(JvmSigner.generate());
        SignedReplica there = replica(JvmSigner.generate());
        entries.addAll(type(here, "honest "));
        List<Delivery> deliveries = new ArrayList<>();
        entries.forEach(entry -> here.deliver(entry, into(deliveries)));
        entries.reversed().forEach(entry -> there.deliver(entry, into(deliveries)));
        assertEquals(5, deliveries.stream().filter(one -> one.status() == Delivery.Status.ACCEPTED).count());
        assertEquals(((SignedText) here.document()).text().text(), ((SignedText) there.document()).text().text());
        assertEquals(here.proofs(), there.proofs());
        List<Boolean> valid = new ArrayList<>();
        here.proofs().get(0).verify(JvmSignatures.VERIFIER, Hashing.CORE, into(valid));
        assertTrue(valid.get(0));
    }
}
