package dev.thalweg.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void encodesEveryCharacterAsThePlatformDoes() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point >= 0xD800 && point <= 0xDFFF) {
                continue;
            }
            String text = Character.toString(point);
            byte[] bytes = Utf8.encode(text);
            if (!Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))
                    || !Utf8.decode(bytes).equals(text) || Utf8.length(text) != bytes.length) {
                throw new AssertionError("code point " + Integer.toHexString(point));
            }
        }
    }

    @Test
    void loneSurrogatesBecomeReplacements() {
        assertThat(Utf8.encode("a\ud800b\udc00c")).isEqualTo(Utf8.encode("a\ufffdb\ufffdc"));
        assertThat(Utf8.encode("\ud800")).isEqualTo(Utf8.encode("\ufffd"));
        assertThat(Utf8.encode("\udc00\ud800")).isEqualTo(Utf8.encode("\ufffd\ufffd"));
        assertThat(Utf8.encode("\ud800\ud83d\ude00")).isEqualTo(Utf8.encode("\ufffd\ud83d\ude00"));
    }

    @Test
    void eachByteThatCannotBeReadBecomesAReplacement() {
        assertDecoded("\ufffd", 0x80);
        assertDecoded("\ufffd\ufffd", 0xC0, 0x80);
        assertDecoded("\ufffd\ufffd", 0xC1, 0xBF);
        assertDecoded("\ufffda", 0xC3, 'a');
        assertDecoded("\ufffd\ufffd", 0xE2, 0x82);
        assertDecoded("\ufffd\ufffd\ufffd", 0xE0, 0x80, 0x80);
        assertDecoded("\ufffd\ufffd\ufffd", 0xED, 0xA0, 0x80);
        assertDecoded("\ufffd\ufffd\ufffd\ufffd", 0xF0, 0x80, 0x80, 0x80);
        assertDecoded("\ufffd\ufffd\ufffd\ufffd", 0xF4, 0x90, 0x80, 0x80);
        assertDecoded("\ufffda", 0xF5, 'a');
        assertDecoded("\ufffda", 0xFF, 'a');
    }

    @Test
    void readsBytesOfAnyKindToTextThatCanBeWrittenAgain() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int at = 0; at < bytes.length; at++) {
                // Mostly bytes that begin or continue something.
                bytes[at] = (byte) (random.nextInt(4) == 0 ? random.nextInt(128) : 128 + random.nextInt(128));
            }
            String text = Utf8.decode(bytes);
            assertThat(Utf8.decode(Utf8.encode(text))).isEqualTo(text);
            boolean valid = new String(bytes, StandardCharsets.UTF_8).indexOf('\ufffd') < 0;
            if (valid) {
                assertThat(text).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
            } else {
                assertThat(text).contains("\ufffd");
            }
        }
    }

    private static void assertDecoded(String text, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        assertThat(Utf8.decode(bytes)).isEqualTo(text);
    }
}
