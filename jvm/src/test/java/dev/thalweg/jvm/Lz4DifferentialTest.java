package dev.thalweg.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.ProtocolException;
import dev.thalweg.lz4.Lz4Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import net.jpountz.xxhash.XXHashFactory;
import org.junit.jupiter.api.Test;

/** Our LZ4 against another: each reads what the other writes. */
class Lz4DifferentialTest {
    private static final int LIMIT = 20_000_000;
    private static final LZ4Factory FACTORY = LZ4Factory.safeInstance();
    private static final XXHashFactory HASHES = XXHashFactory.safeInstance();

    @Test
    void eachReadsWhatTheOtherWrites() throws IOException, ProtocolException {
        Random random = new Random(11);
        for (int round = 0; round < 400; round++) {
            byte[] bytes = some(random, random.nextInt(round < 390 ? 5_000 : 1_000_000));
            assertThat(read(Lz4Frame.encode(bytes))).isEqualTo(bytes);
            assertThat(Lz4Frame.decode(write(bytes, round), LIMIT)).isEqualTo(bytes);
        }
    }

    @Test
    void blocksOfFourMegabytesAreAlike() throws IOException, ProtocolException {
        byte[] bytes = some(new Random(2), 9_000_000);
        assertThat(read(Lz4Frame.encode(bytes))).isEqualTo(bytes);
        assertThat(Lz4Frame.decode(write(bytes, 3), LIMIT)).isEqualTo(bytes);
    }

    private static byte[] read(byte[] frame) throws IOException {
        try (LZ4FrameInputStream in = new LZ4FrameInputStream(new ByteArrayInputStream(frame),
                FACTORY.safeDecompressor(), HASHES.hash32())) {
            return in.readAllBytes();
        }
    }

    private static byte[] write(byte[] bytes, int round) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FLG.Bits[] bits = switch (round % 3) {
            case 0 -> new FLG.Bits[] {FLG.Bits.BLOCK_INDEPENDENCE};
            case 1 -> new FLG.Bits[] {FLG.Bits.BLOCK_INDEPENDENCE, FLG.Bits.BLOCK_CHECKSUM};
            default -> new FLG.Bits[] {FLG.Bits.BLOCK_INDEPENDENCE, FLG.Bits.CONTENT_CHECKSUM, FLG.Bits.CONTENT_SIZE};
        };
        try (LZ4FrameOutputStream packed = new LZ4FrameOutputStream(out,
                round % 2 == 0 ? BLOCKSIZE.SIZE_64KB : BLOCKSIZE.SIZE_4MB, bytes.length,
                round % 5 == 0 ? FACTORY.highCompressor() : FACTORY.fastCompressor(), HASHES.hash32(), bits)) {
            packed.write(bytes);
        }
        return out.toByteArray();
    }

    /* Text, noise and repetitions in turn. */
    private static byte[] some(Random random, int length) {
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            int run = Math.min(length - at, 1 + random.nextInt(2_000));
            int back = at == 0 ? 0 : 1 + random.nextInt(Math.min(at, 70_000));
            boolean again = back > 0 && random.nextBoolean();
            int alphabet = 1 + random.nextInt(256);
            for (int i = 0; i < run; i++) {
                bytes[at + i] = again ? bytes[at + i - back] : (byte) random.nextInt(alphabet);
            }
            at += run;
        }
        return bytes;
    }
}
