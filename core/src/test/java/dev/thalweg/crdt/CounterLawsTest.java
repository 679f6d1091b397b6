package dev.thalweg.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CounterLawsTest {
    @Nested
    class GCounters extends LatticeLaws<GCounter> {
        @Override
        GCounter bottom() {
            return GCounter.ZERO;
        }

        @Override
        GCounter delta(GCounter state, Random random) {
            String replica = REPLICAS.get(random.nextInt(REPLICAS.size()));
            return state.increment(replica, amount(GCounter.MAX - state.count(replica), random));
        }

        @Override
        GCounter read(JsonValue json) throws ProtocolException {
            return GCounter.read(json, "state");
        }

        @Override
        void check(GCounter state) {
            BigInteger sum = BigInteger.ZERO;
            for (String replica : REPLICAS) {
                sum = sum.add(BigInteger.valueOf((long) state.count(replica)));
            }
            BigInteger largest = BigInteger.valueOf((long) GCounter.MAX);
            assertThat(state.value()).isEqualTo(sum.min(largest).doubleValue());
        }
    }

    @Nested
    class PNCounters extends LatticeLaws<PNCounter> {
        @Override
        PNCounter bottom() {
            return PNCounter.ZERO;
        }

        @Override
        PNCounter delta(PNCounter state, Random random) {
            String replica = REPLICAS.get(random.nextInt(REPLICAS.size()));
            return random.nextBoolean()
                    ? state.update(replica, amount(GCounter.MAX - state.increments().count(replica), random))
                    : state.update(replica, -amount(GCounter.MAX - state.decrements().count(replica), random));
        }

        @Override
        PNCounter read(JsonValue json) throws ProtocolException {
            return PNCounter.read(json, "state");
        }

        @Override
        void check(PNCounter state) {
            BigInteger sum = BigInteger.ZERO;
            for (String replica : REPLICAS) {
                sum = sum.add(BigInteger.valueOf((long) state.increments().count(replica)))
                        .subtract(BigInteger.valueOf((long) state.decrements().count(replica)));
            }
            BigInteger largest = BigInteger.valueOf((long) GCounter.MAX);
            assertThat(state.value()).isEqualTo(sum.min(largest).max(largest.negate()).doubleValue());
        }
    }

    @Test
    void countsOfSeveralReplicasAddUp() {
        GCounter a = GCounter.ZERO.increment("a", 3);
        GCounter b = GCounter.ZERO.increment("b", 4);
        assertThat(a.join(b).value()).isEqualTo(7);
        assertThat(a.join(b).join(a).value()).isEqualTo(7);
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
        assertThat(full.join(GCounter.ZERO.increment("b", 1)).value()).isEqualTo(GCounter.MAX);
    }

    /** Mostly small, now and then all that is left. */
    private static double amount(double left, Random random) {
        return random.nextInt(10) == 0 ? left : Math.min(left, random.nextInt(20));
    }
}
