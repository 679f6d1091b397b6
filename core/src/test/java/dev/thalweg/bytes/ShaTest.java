package dev.thalweg.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ShaTest {
    /** FIPS 180-4 gives these examples. */
    @Test
    void digestsTheStandardsExamples() {
        assertThat(sha1("abc")).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
        assertThat(sha1("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))
                .isEqualTo("84983e441c3bd26ebaae4aa1f95129e5e54670f1");
        assertThat(sha1("")).isEqualTo("da39a3ee5e6b4b0d3255bfef95601890afd80709");
        assertThat(sha1("a".repeat(1_000_000))).isEqualTo("34aa973cd4c4daa4f61eeb2bdbad27316534016f");
        assertThat(sha256("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))
                .isEqualTo("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
        assertThat(sha256("")).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(sha256("a".repeat(1_000_000)))
                .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }

    @Test
    void digestsEveryLengthAroundTheBlocksAsThePlatformDoes() throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        for (int length = 0; length < 300; length++) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            int cut = random.nextInt(length + 1);
            assertThat(Sha1.digest(Arrays.copyOf(message, cut), Arrays.copyOfRange(message, cut, length)))
                    .isEqualTo(MessageDigest.getInstance("SHA-1").digest(message));
            assertThat(Sha256.digest(message)).isEqualTo(MessageDigest.getInstance("SHA-256").digest(message));
        }
    }

    @Test
    void authenticatesEveryLengthOfKeyAndMessageAsThePlatformDoes() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        for (int length = 1; length < 150; length++) {
            byte[] key = new byte[length];
            byte[] message = new byte[150 - length];
            random.nextBytes(key);
            random.nextBytes(message);
            Mac platform = Mac.getInstance("HmacSHA256");
            platform.init(new SecretKeySpec(key, "HmacSHA256"));
            assertThat(Sha256.hmac(key, message)).isEqualTo(platform.doFinal(message));
        }
    }

    private static String sha1(String text) {
        return Hex.encode(Sha1.digest(new byte[0], Utf8.encode(text)));
    }

    private static String sha256(String text) {
        return Hex.encode(Sha256.digest(Utf8.encode(text)));
    }
}
