package dev.thalweg.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CounterTest {
    private static final List<String> REPLICAS = List.of("r1", "r2", "r10", "🌊", "constructor");

    @Test
    void totalsAreExactUpToTheLimitAndCutOffThere() {
        BigInteger largest = BigInteger.valueOf((long) GCounter.MAX);
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            PNCounter counter = PNCounter.ZERO;
            for (int i = random.nextInt(12); i > 0; i--) {
                String replica = REPLICAS.get(random.nextInt(REPLICAS.size()));
                boolean add = random.nextBoolean();
                double done = (add ? counter.increments() : counter.decrements()).count(replica);
                double amount = random.nextInt(6) == 0 ? GCounter.MAX - done
                        : Math.min(GCounter.MAX - done, random.nextInt(20));
                counter = counter.join(counter.update(replica, add ? amount : -amount));
            }
            BigInteger increments = sum(counter.increments());
            BigInteger decrements = sum(counter.decrements());
            assertThat(counter.increments().total()).as("seed %d", seed)
                    .isEqualTo(increments.min(largest).doubleValue());
            assertThat(counter.total()).as("seed %d", seed).isEqualTo(
                    increments.subtract(decrements).min(largest).max(largest.negate()).doubleValue());
        }
    }

    private static BigInteger sum(GCounter counter) {
        BigInteger sum = BigInteger.ZERO;
        for (String replica : REPLICAS) {
            sum = sum.add(BigInteger.valueOf((long) counter.count(replica)));
        }
        return sum;
    }

    @Test
    void countsOfSeveralReplicasAddUp() {
        GCounter a = GCounter.ZERO.increment("a", 3);
        GCounter b = GCounter.ZERO.increment("b", 4);
        assertThat(a.join(b).total()).isEqualTo(7);
        assertThat(a.join(b).join(a).total()).isEqualTo(7);
        assertThat(a.increment("a", 2).count("a")).isEqualTo(5);
        assertThat(a.count("a")).isEqualTo(3);
    }

    @Test
    void aCountIsBoundedAndTheLimitIsNamed() {
        GCounter full = GCounter.ZERO.increment("a", GCounter.MAX);
        assertThatThrownBy(() -> full.increment("a", 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2^53 - 1").hasMessageContaining("9007199254740991");
        assertThatThrownBy(() -> full.increment("b", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> full.increment("b", 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> full.increment("b", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> full.increment("", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> full.increment("x".repeat(257), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(full.join(GCounter.ZERO.increment("b", 1)).total()).isEqualTo(GCounter.MAX);
    }
}
