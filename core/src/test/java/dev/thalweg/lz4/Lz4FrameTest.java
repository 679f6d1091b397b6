package dev.thalweg.lz4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Lz4FrameTest {
    private static final int LIMIT = 20_000_000;

    @Test
    void theChecksumsAreXxHashs() {
        assertThat(hash("")).isEqualTo(0x02CC5D05);
        assertThat(hash("a")).isEqualTo(0x550D7456);
        assertThat(hash("abc")).isEqualTo(0x32D153FF);
        assertThat(hash("Nobody inspects the spammish repetition")).isEqualTo(0xE2293B2F);
    }

    @Test
    void whatIsPackedIsUnpacked() throws ProtocolException {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = some(random, random.nextInt(round < 290 ? 3_000 : 300_000));
            byte[] frame = Lz4Frame.encode(bytes);
            assertThat(Lz4Frame.decode(frame, LIMIT)).isEqualTo(bytes);
            assertThat(Lz4Frame.decode(frame, bytes.length)).isEqualTo(bytes);
            if (bytes.length > 0) {
                assertThatThrownBy(() -> Lz4Frame.decode(frame, bytes.length - 1)).isInstanceOf(ProtocolException.class)
                        .hasMessageContaining("more than " + (bytes.length - 1));
            }
        }
    }

    @Test
    void whatRepeatsBecomesSmallAndWhatDoesNotStaysAsItIs() throws ProtocolException {
        byte[] same = new byte[9_000_000];
        Arrays.fill(same, (byte) 'x');
        byte[] packed = Lz4Frame.encode(same);
        assertThat(packed.length).isLessThan(40_000);
        assertThat(Lz4Frame.decode(packed, LIMIT)).isEqualTo(same);

        byte[] noise = new byte[5_000_000];
        new Random(1).nextBytes(noise);
        byte[] plain = Lz4Frame.encode(noise);
        assertThat(plain).hasSize(noise.length + 7 + 2 * 4 + 4);
        assertThat(Lz4Frame.decode(plain, LIMIT)).isEqualTo(noise);
    }

    /** A block that reaches back into the one before, a block and a content checksum, and the content's size. */
    @Test
    void everyOptionOfAFrameIsRead() throws ProtocolException {
        byte[] first = {0x50, 'a', 'b', 'c', 'd', 'e'};
        byte[] second = {0x04, 5, 0, 0x50, 'v', 'w', 'x', 'y', 'z'};
        byte[] content = "abcdeabcdeabcvwxyz".getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[15 + 4 + 6 + 4 + 4 + 9 + 4 + 4 + 4];
        word(frame, 0, 0x184D2204);
        frame[4] = 0x40 | 0x10 | 0x08 | 0x04;
        frame[5] = 0x40;
        word(frame, 6, content.length);
        frame[14] = (byte) (XxHash32.hash(frame, 4, 14) >>> 8);
        int at = block(frame, 15, first);
        at = block(frame, at, second);
        word(frame, at + 4, XxHash32.hash(content, 0, content.length));
        assertThat(new String(Lz4Frame.decode(frame, LIMIT), StandardCharsets.US_ASCII))
                .isEqualTo("abcdeabcdeabcvwxyz");

        for (int i = 0; i < frame.length; i++) {
            byte[] damaged = frame.clone();
            damaged[i] ^= 0x21;
            assertThatThrownBy(() -> Lz4Frame.decode(damaged, LIMIT)).isInstanceOf(ProtocolException.class);
        }
        for (int i = 0; i < frame.length; i++) {
            byte[] cut = Arrays.copyOf(frame, i);
            assertThatThrownBy(() -> Lz4Frame.decode(cut, LIMIT)).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void nothingThatIsReadDoesMoreThanFail() {
        Random random = new Random(3);
        byte[] frame = Lz4Frame.encode(some(random, 2_000));
        for (int round = 0; round < 3_000; round++) {
            byte[] damaged = frame.clone();
            for (int i = 0; i <= round % 3; i++) {
                damaged[7 + random.nextInt(damaged.length - 7)] = (byte) random.nextInt();
            }
            try {
                Lz4Frame.decode(damaged, 100_000);
            } catch (ProtocolException expected) {
                assertThat(expected).hasMessageStartingWith("lz4: ");
            }
        }
    }

    /** What the stock client's compressor makes of a small batch. */
    @Test
    void aFrameOfTheStockClientIsRead() throws ProtocolException {
        byte[] frame = Base64.getDecoder().decode(STOCK);
        assertThat(new String(Lz4Frame.decode(frame, LIMIT), StandardCharsets.UTF_8)).isEqualTo(STOCK_TEXT);
    }

    private static final String STOCK = "BCJNGEBw33kAAAD7Hlt7InR5cGUiOiJjb21wb25lbnQiLCJjb250ZW50cyI6eyJhZGRyZXNzIjoiQRoAAyYACiUAK19DJgCUa2V5IjoiayIsaQAgc2VjAFB2YWx1ZTsAA38Ag1BsYWluIiwiGAA/ImFiAgAVRSJ9fX1dAHBvcCJ9fX1dAAAAAA==";
    private static final String STOCK_TEXT = "[{\"type\":\"component\",\"contents\":{\"address\":\"A\",\"contents\":"
            + "{\"content\":{\"address\":\"_C\",\"contents\":{\"key\":\"k\",\"type\":\"set\",\"value\":"
            + "{\"type\":\"Plain\",\"value\":\"ababababababababababababababababababababab\"}}},\"type\":\"op\"}}}]";

    private static int block(byte[] frame, int from, byte[] block) {
        word(frame, from, block.length);
        System.arraycopy(block, 0, frame, from + 4, block.length);
        word(frame, from + 4 + block.length, XxHash32.hash(block, 0, block.length));
        return from + 8 + block.length;
    }

    private static void word(byte[] bytes, int at, int word) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (word >>> 8 * i);
        }
    }

    /* Runs of noise, of one byte and of what came before. */
    private static byte[] some(Random random, int length) {
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            int run = Math.min(length - at, 1 + random.nextInt(600));
            int kind = random.nextInt(3);
            int back = at == 0 ? 0 : 1 + random.nextInt(at);
            byte same = (byte) random.nextInt();
            for (int i = 0; i < run; i++) {
                bytes[at + i] = kind == 0 ? (byte) random.nextInt()
                        : kind == 1 || back == 0 ? same : bytes[at + i - back];
            }
            at += run;
        }
        return bytes;
    }

    private static int hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return XxHash32.hash(bytes, 0, bytes.length);
    }
}
