package dev.thalweg.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CausalContextTest {
    @Test
    void dotsWithoutAGapAreOneRange() {
        CausalContext context = CausalContext.EMPTY;
        for (int counter : new int[] {5, 1, 2, 4}) {
            context = context.with(new Dot("a", counter));
        }
        assertThat(context).hasToString("{\"a\":[1,2,4,5]}");
        assertThat(context.with(new Dot("a", 3))).hasToString("{\"a\":[1,5]}");
        assertThat(context.contains(new Dot("a", 3))).isFalse();
        assertThat(context.last("a")).isEqualTo(5);
        assertThat(context.next("a")).isEqualTo(new Dot("a", 6));
        assertThat(context.next("b")).isEqualTo(new Dot("b", 1));
    }

    @Test
    void theLargestCounterIsTakenAndTheNextRefused() {
        CausalContext context = CausalContext.EMPTY.with(new Dot("a", Integer.MAX_VALUE))
                .with(new Dot("a", Integer.MAX_VALUE - 1));
        assertThat(context).hasToString("{\"a\":[2147483646,2147483647]}");
        assertThatThrownBy(() -> context.next("a")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void holdsExactlyTheDotsPutIn() {
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            TreeSet<Integer> numbers = new TreeSet<>();
            CausalContext context = CausalContext.EMPTY;
            for (int i = random.nextInt(30); i > 0; i--) {
                int number = 1 + random.nextInt(25);
                numbers.add(number);
                context = random.nextBoolean() ? context.with(new Dot("a", number))
                        : CausalContext.EMPTY.with(new Dot("a", number)).join(context);
            }
            for (int number = 1; number <= 26; number++) {
                assertThat(context.contains(new Dot("a", number))).as("seed %d, %d in %s", seed, number, context)
                        .isEqualTo(numbers.contains(number));
            }
        }
    }
}
