package dev.thalweg.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HexTest {
    @Test
    void everyByteHasTwoDigits() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        String text = Hex.encode(all);
        assertThat(text).hasSize(512).startsWith("000102").contains("7f80").endsWith("fdfeff");
        assertThat(Hex.decode(text)).isEqualTo(all);
        assertThat(Hex.encode(all, 254, 256)).isEqualTo("feff");
    }

    @Test
    void whatIsNotHexadecimalIsNull() {
        assertThat(Hex.decode("")).isEmpty();
        for (String bad : new String[] {"a", "0g", "FF", "0 ", "-1", "\u0660\u0660"}) {
            assertThat(Hex.decode(bad)).as(bad).isNull();
        }
    }
}
