package dev.thalweg.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Lz4BlockTest {
    @Test
    void readsABlockMadeByHand() {
        // Two literals, then nine bytes from two back, then the tail.
        byte[] block = {0x25, 'a', 'b', 2, 0, 0x50, 'v', 'w', 'x', 'y', 'z'};
        byte[] out = new byte[16];
        assertThat(Lz4Block.decompress(block, 0, block.length, out)).isTrue();
        assertThat(Utf8.decode(out)).isEqualTo("abababababavwxyz");
    }

    @Test
    void whatIsCompressedComesBack() {
        Random random = new Random(7);
        for (int size = 0; size < 400; size++) {
            for (int letters : new int[] {1, 2, 5, 256}) {
                byte[] original = new byte[size * size / 40];
                for (int i = 0; i < original.length; i++) {
                    original[i] = (byte) random.nextInt(letters);
                }
                byte[] block = Lz4Block.compress(original);
                byte[] back = new byte[original.length];
                assertThat(Lz4Block.decompress(block, 0, block.length, back)).as("size %s", original.length).isTrue();
                assertThat(back).isEqualTo(original);
            }
        }
    }

    @Test
    void repetitionTakesLittle() {
        byte[] original = new byte[100_000];
        Arrays.fill(original, (byte) 'x');
        assertThat(Lz4Block.compress(original).length).isLessThan(500);
    }

    @Test
    void damageIsNoticedOrHarmless() {
        byte[] original = Utf8.encode("to be, or not to be, that is the question: whether 'tis nobler to be or not");
        byte[] block = Lz4Block.compress(original);
        byte[] out = new byte[original.length];
        for (int length = 0; length < block.length; length++) {
            assertThat(Lz4Block.decompress(block, 0, length, out)).as("cut at %s", length).isFalse();
        }
        for (int bit = 0; bit < 8 * block.length; bit++) {
            byte[] damaged = block.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Lz4Block.decompress(damaged, 0, damaged.length, out);
        }
        assertThat(Lz4Block.decompress(block, 0, block.length, new byte[original.length + 1])).isFalse();
        assertThat(Lz4Block.decompress(block, 0, block.length, new byte[original.length - 1])).isFalse();
    }
}
