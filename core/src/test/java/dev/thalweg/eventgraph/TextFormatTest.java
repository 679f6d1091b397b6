package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.ProtocolException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextFormatTest {
    /** A peer that means harm computes the checksum itself. */
    @Test
    void damageUnderARightChecksumIsRefusedOrSound() throws ProtocolException {
        TextDocument ann = new TextDocument("ann");
        TextDocument bob = new TextDocument("bob");
        Random random = new Random(5);
        for (int i = 0; i < 60; i++) {
            TextDocument one = i % 2 == 0 ? ann : bob;
            one.insert(random.nextInt(one.length() + 1), "word" + i);
            if (i % 3 == 0) {
                one.delete(random.nextInt(one.length() - 2), 2);
            }
            if (i % 5 == 0) {
                ann.merge(bob.encode(false));
                bob.merge(ann.encode(false));
            }
        }
        byte[] file = ann.encode(false);
        int accepted = 0;
        for (int at = 5; at < file.length - 4; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = file.clone();
                damaged[at] ^= (byte) (1 << bit);
                sign(damaged);
                TextDocument reader = new TextDocument("eve");
                reader.insert(0, "mine");
                String before = reader.text() + reader.runs();
                try {
                    reader.merge(damaged);
                    accepted++;
                    TextDocument again = new TextDocument("new");
                    again.merge(reader.encode(false));
                    assertThat(again.text()).isEqualTo(reader.text());
                    assertThat(again.encode(false)).isEqualTo(reader.encode(false));
                } catch (ProtocolException e) {
                    assertThat(reader.text() + reader.runs()).isEqualTo(before);
                }
            }
        }
        assertThat(accepted).isPositive();
    }

    private static void sign(byte[] file) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(file, 4, file.length - 8);
        for (int i = 0; i < 4; i++) {
            file[file.length - 4 + i] = (byte) (crc.getValue() >> 8 * i);
        }
    }
}
