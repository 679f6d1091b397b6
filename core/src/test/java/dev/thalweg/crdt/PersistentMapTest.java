package dev.thalweg.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PersistentMapTest {
    @Test
    void doesWhatASortedMapDoes() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            TreeMap<Integer, Integer> expected = new TreeMap<>();
            PersistentMap<Integer, Integer> map = PersistentMap.empty();
            for (int i = 0; i < 200; i++) {
                int key = random.nextInt(60);
                PersistentMap<Integer, Integer> before = map;
                int size = before.size();
                if (random.nextInt(5) < 3) {
                    map = map.with(key, i);
                    expected.put(key, i);
                } else {
                    map = map.without(key);
                    expected.remove(key);
                }
                assertThat(before.size()).isEqualTo(size);
                assertThat(map.get(key)).as("seed %d", seed).isEqualTo(expected.get(key));
                assertThat(map.size()).isEqualTo(expected.size());
            }
            int least = random.nextInt(60);
            assertThat(keys(map.iterator())).as("seed %d", seed).isEqualTo(List.copyOf(expected.keySet()));
            assertThat(keys(map.from(least))).as("seed %d", seed)
                    .isEqualTo(List.copyOf(expected.tailMap(least, true).keySet()));
            assertThat(map.isEmpty()).isEqualTo(expected.isEmpty());
        }
    }

    @Test
    void staysShallowWhateverTheOrder() {
        PersistentMap<Integer, Integer> map = PersistentMap.empty();
        for (int i = 0; i < 100_000; i++) {
            map = map.with(i, i);
        }
        assertThat(map.height()).isLessThanOrEqualTo(24);
        for (int i = 0; i < 100_000; i += 2) {
            map = map.without(i);
        }
        assertThat(map.height()).isLessThanOrEqualTo(23);
        assertThat(map.size()).isEqualTo(50_000);
    }

    @Test
    void isEqualWhateverTheWayToIt() {
        PersistentMap<String, Integer> one = PersistentMap.empty();
        PersistentMap<String, Integer> other = PersistentMap.empty();
        for (int i = 0; i < 50; i++) {
            one = one.with("k" + i, i);
            other = other.with("k" + (49 - i), 49 - i);
        }
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isNotEqualTo(other.with("k7", 8))
                .isNotEqualTo(other.without("k7"));
    }

    private static List<Integer> keys(Iterator<PersistentMap.Node<Integer, Integer>> nodes) {
        List<Integer> keys = new ArrayList<>();
        nodes.forEachRemaining(node -> keys.add(node.key));
        return keys;
    }
}
