package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventFormatTest {
    /** Whoever sends updates writes one after another, as if each were the only one. */
    @Test
    void updatesAreWrittenAsIfEachWereTheOnlyOne() throws ProtocolException {
        TextDocument ann = new TextDocument("ann");
        TextDocument bob = new TextDocument("bob");
        TextDocument reader = new TextDocument("reader");
        Random random = new Random(7);
        int sent = 0;
        for (int i = 0; i < 300; i++) {
            TextDocument one = random.nextBoolean() ? ann : bob;
            switch (random.nextInt(6)) {
                case 0 -> one.insert(random.nextInt(one.length() + 1), "é😀".substring(0, 1));
                case 1 -> one.insert(random.nextInt(one.length() + 1), "word ".repeat(1 + random.nextInt(90)));
                case 2 -> one.delete(0, random.nextInt(one.length() + 1) / 2);
                case 3 -> {
                    if (one.length() > 0) {
                        new RichText(new TextHistory(one)).mark(0, one.length(), "x", JsonValue.of(i), Expand.AFTER);
                    }
                }
                case 4 -> {
                    ann.merge(bob);
                    bob.merge(ann);
                }
                default -> one.insert(random.nextInt(one.length() + 1), "a");
            }
            if (ann.graph().size() > sent) {
                byte[] update = ann.encodeFrom(sent);
                assertThat(update).isEqualTo(TextDocument.load("other", ann.encode(false)).encodeFrom(sent));
                reader.merge(update);
                sent = ann.graph().size();
            }
        }
        assertThat(reader.text()).isEqualTo(ann.text());
        assertThat(reader.encode(false)).isEqualTo(ann.encode(false));
    }

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

    /** Of a file with its text only the text is read at first; what is wrong behind it must not be lost. */
    @Test
    void nonsenseBehindTheTextIsSaidByEveryCallThatNeedsIt() throws ProtocolException {
        TextDocument ann = new TextDocument("ann");
        ann.insert(0, "one two three");
        ann.delete(4, 4);
        byte[] file = ann.encode(true);
        // The chunk of events is the file's last, and what a file without the text has behind its head.
        int events = file.length - ann.encode(false).length + 4;
        byte[] damaged = file.clone();
        damaged[damaged.length - 5] = (byte) 0xC0;
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(damaged, events, damaged.length - 4 - events);
        for (int i = 0; i < 4; i++) {
            damaged[damaged.length - 4 + i] = (byte) (crc.getValue() >> 8 * i);
        }
        TextDocument reader = TextDocument.load("ann", damaged);
        for (int i = 0; i < 2; i++) {
            assertThat(reader.text()).isEqualTo("one three");
            assertThatThrownBy(() -> reader.insert(0, "x")).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not one of ours");
            assertThatThrownBy(reader::runs).isInstanceOf(IllegalStateException.class);
        }
        TextDocument whole = TextDocument.load("ann", file);
        whole.insert(0, "zero ");
        assertThat(whole.runs()).hasSize(1);
        assertThat(whole.text()).isEqualTo("zero one three");
    }

    private static void sign(byte[] file) {
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(file, 4, file.length - 8);
        for (int i = 0; i < 4; i++) {
            file[file.length - 4 + i] = (byte) (crc.getValue() >> 8 * i);
        }
    }
}
