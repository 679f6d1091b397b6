package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RopeTest {
    @Test
    void isWhatAStringBuilderIs() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Rope rope = new Rope(4 + random.nextInt(12), 4);
            StringBuilder plain = new StringBuilder();
            int growing = random.nextInt(100);
            for (int step = 0; step < 200; step++) {
                if (plain.isEmpty() || random.nextInt(100) < growing) {
                    int at = random.nextInt(plain.length() + 1);
                    char[] text = new char[1 + random.nextInt(random.nextInt(8) == 0 ? 60 : 4)];
                    for (int i = 0; i < text.length; i++) {
                        text[i] = (char) ('a' + random.nextInt(26));
                    }
                    rope.insert(at, text, 0, text.length);
                    plain.insert(at, text);
                } else {
                    int at = random.nextInt(plain.length());
                    int count = 1 + random.nextInt(Math.min(30, plain.length() - at));
                    rope.delete(at, count);
                    plain.delete(at, at + count);
                }
                rope.check();
                assertThat(rope.length()).isEqualTo(plain.length());
                if (!plain.isEmpty()) {
                    int at = random.nextInt(plain.length());
                    assertThat(rope.charAt(at)).isEqualTo(plain.charAt(at));
                    int end = at + random.nextInt(plain.length() - at + 1);
                    assertThat(rope.text(at, end)).isEqualTo(plain.substring(at, end));
                }
            }
            assertThat(rope.text(0, rope.length())).as("seed %s", seed).isEqualTo(plain.toString());
        }
    }
}
