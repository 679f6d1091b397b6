package dev.thalweg.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LoopbackIdsTest {
    private static final Pattern UUID = Pattern
            .compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    @Test
    void idsAreRandomUuids() {
        Set<String> seen = new HashSet<>();
        for (int seed = -50; seed < 50; seed++) {
            LoopbackIds ids = new LoopbackIds(seed);
            for (int i = 0; i < 20; i++) {
                String id = ids.uuid();
                assertThat(id).matches(UUID);
                assertThat(seen.add(id)).as("seed %d, id %s", seed, id).isTrue();
            }
        }
    }

    @Test
    void equalSeedsGiveEqualChance() {
        LoopbackIds one = new LoopbackIds(7);
        LoopbackIds other = new LoopbackIds(7);
        for (int i = 0; i < 100; i++) {
            assertThat(one.fraction()).isEqualTo(other.fraction());
        }
        assertThat(one.uuid()).isEqualTo(other.uuid());
    }

    @Test
    void fractionsFillTheirRangeEvenly() {
        for (int seed = -1; seed < 5; seed++) {
            LoopbackIds ids = new LoopbackIds(seed);
            int[] counts = new int[10];
            for (int i = 0; i < 10_000; i++) {
                int below = ids.below(10);
                counts[below]++;
            }
            for (int count : counts) {
                assertThat(count).as("seed %d", seed).isBetween(850, 1150);
            }
        }
    }
}
