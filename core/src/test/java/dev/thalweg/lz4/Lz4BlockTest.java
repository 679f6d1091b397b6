package dev.thalweg.lz4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.ProtocolException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Lz4BlockTest {
    @Test
    void readsABlockMadeByHand() throws ProtocolException {
        // Two literals, then nine bytes from two back, then the tail.
        byte[] block = {0x25, 'a', 'b', 2, 0, 0x50, 'v', 'w', 'x', 'y', 'z'};
        assertThat(Utf8.decode(Lz4Block.decompress(block, 0, block.length, 16))).isEqualTo("abababababavwxyz");
    }

    @Test
    void whatIsCompressedComesBack() throws ProtocolException {
        Random random = new Random(7);
        for (int size = 0; size < 400; size++) {
            for (int letters : new int[] {1, 2, 5, 256}) {
                byte[] original = new byte[size * size / 40];
                for (int i = 0; i < original.length; i++) {
                    original[i] = (byte) random.nextInt(letters);
                }
                byte[] block = Lz4Block.compress(original);
                if (block.length < original.length) {
                    assertThat(Lz4Block.decompress(block, 0, block.length, original.length)).isEqualTo(original);
                } else {
                    assertThat(block).isSameAs(original);
                }
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
        for (int length = 0; length < block.length; length++) {
            int end = length;
            assertThatThrownBy(() -> Lz4Block.decompress(block, 0, end, original.length)).as("cut at %s", length)
                    .isInstanceOf(ProtocolException.class);
        }
        for (int bit = 0; bit < 8 * block.length; bit++) {
            byte[] damaged = block.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(Lz4Block.decompress(damaged, 0, damaged.length, original.length)).hasSameSizeAs(original);
            } catch (ProtocolException e) {
                assertThat(e).hasMessageStartingWith("lz4: ");
            }
        }
        for (int length : new int[] {original.length - 1, original.length + 1}) {
            assertThatThrownBy(() -> Lz4Block.decompress(block, 0, block.length, length))
                    .isInstanceOf(ProtocolException.class);
        }
    }
}
