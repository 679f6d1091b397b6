package dev.thalweg.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClocksTest {
    private static final int CASES = Integer.getInteger("thalweg.cases", 1000);
    private static final double DRIFT = 50;

    @Test
    void whatHappensBecauseOfSomethingIsLaterWhateverTheWallsSay() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            List<HybridClock> clocks = new ArrayList<>();
            List<LamportClock> counters = new ArrayList<>();
            double[] skew = new double[3];
            for (int i = 0; i < 3; i++) {
                clocks.add(HybridClock.of("r" + i, DRIFT));
                counters.add(LamportClock.START);
                skew[i] = random.nextInt(80);
            }
            List<Stamp> stamps = new ArrayList<>();
            for (int now = 100; now < 140; now++) {
                int at = random.nextInt(3);
                double wall = now + skew[at] - random.nextInt(5);
                HybridClock clock = clocks.get(at);
                Stamp before = clock.last();
                if (stamps.isEmpty() || random.nextBoolean()) {
                    HybridClock after = clock.tick(wall);
                    assertThat(before == null || after.last().compareTo(before) > 0).isTrue();
                    assertThat(after.last().time()).isBetween(wall, now + 80 + DRIFT);
                    assertThat(stamps).doesNotContain(after.last());
                    stamps.add(after.last());
                    clocks.set(at, after);
                    counters.set(at, counters.get(at).tick());
                    continue;
                }
                Stamp heard = stamps.get(random.nextInt(stamps.size()));
                try {
                    HybridClock after = clock.witness(heard, wall);
                    assertThat(heard.time()).isLessThanOrEqualTo(wall + DRIFT);
                    assertThat(after.last().compareTo(heard)).isNotNegative();
                    assertThat(after.witness(heard, wall)).isSameAs(after);
                    clocks.set(at, after);
                } catch (ProtocolException e) {
                    assertThat(heard.time()).isGreaterThan(wall + DRIFT);
                    assertThat(clocks.get(at).last()).isEqualTo(before);
                }
                LamportClock other = counters.get(random.nextInt(3));
                LamportClock merged = counters.get(at).witness(other.time());
                assertThat(merged.time()).isEqualTo(Math.max(counters.get(at).time(), other.time()));
                assertThat(merged.witness(other.time())).isSameAs(merged);
                counters.set(at, merged);
            }
        }
    }

    @Test
    void aStampFromTheFutureIsRefusedAndNamed() throws ProtocolException {
        HybridClock clock = HybridClock.of("a", 10);
        assertThatThrownBy(() -> clock.witness(new Stamp(111, 0, "b"), 100)).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("110").hasMessageContaining("111");
        assertThat(clock.witness(new Stamp(110, 0, "b"), 100).tick(100).last()).isEqualTo(new Stamp(110, 1, "a"));
        assertThatThrownBy(() -> HybridClock.of("a", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HybridClock.of("", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLamportClockEndsSomewhere() {
        assertThatThrownBy(() -> new LamportClock(Integer.MAX_VALUE).tick()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new LamportClock(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(LamportClock.START.tick().tick().time()).isEqualTo(2);
    }

    @Test
    void vectorsStandToEachOtherInFourWays() {
        VersionVector none = VersionVector.EMPTY;
        VersionVector one = none.with(new Dot("a", 2));
        VersionVector other = none.with(new Dot("b", 1)).with(new Dot("a", 1));
        assertThat(none.compare(one)).isEqualTo(VersionVector.Order.BEFORE);
        assertThat(one.compare(none)).isEqualTo(VersionVector.Order.AFTER);
        assertThat(one.compare(none.with(new Dot("a", 2)))).isEqualTo(VersionVector.Order.EQUAL);
        assertThat(one.compare(other)).isEqualTo(VersionVector.Order.CONCURRENT);
        assertThat(one.join(other)).hasToString("{\"a\":2,\"b\":1}");
        assertThat(one.meet(other)).hasToString("{\"a\":1}");
        assertThat(one.next("a")).isEqualTo(new Dot("a", 3));
        assertThat(one.contains(new Dot("a", 1))).isTrue();
        assertThat(one.contains(new Dot("a", 3))).isFalse();
        assertThatThrownBy(() -> none.with(new Dot("a", Integer.MAX_VALUE)).next("a"))
                .isInstanceOf(IllegalStateException.class);
    }
}
