package dev.thalweg.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
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
            map.check();
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
        assertThat(map.height()).isBetween(17, 24);
        map.check();
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

    @Test
    void unionsRangesAndDifferencesAreThoseOfSortedMaps() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            PersistentMap<Integer, Integer> one = filled(PersistentMap.empty(), random);
            // Half of the time the other one grew out of the first and shares some of it.
            PersistentMap<Integer, Integer> other = filled(random.nextBoolean() ? one : PersistentMap.empty(), random);
            TreeMap<Integer, Integer> mine = sorted(one);
            TreeMap<Integer, Integer> theirs = sorted(other);
            TreeMap<Integer, Integer> both = new TreeMap<>(mine);
            theirs.forEach((key, value) -> both.merge(key, value, Math::max));
            PersistentMap<Integer, Integer> union = one.union(other, (a, b) -> a >= b ? a : b);
            assertThat(sorted(union)).as("seed %d", seed).isEqualTo(both);
            assertThat(union.size()).isEqualTo(both.size());
            union.check();
            one.check();
            one.range(20, 90).check();
            assertThat(one.union(one, (a, b) -> a)).isSameAs(one);
            assertThat(union.union(one, (a, b) -> a >= b ? a : b)).isSameAs(union);
            int least = random.nextInt(100);
            int greatest = least + random.nextInt(30);
            assertThat(sorted(one.range(least, greatest))).as("seed %d, %d to %d", seed, least, greatest)
                    .isEqualTo(mine.subMap(least, true, greatest, true));
            TreeMap<Integer, String> expected = new TreeMap<>();
            both.keySet().forEach(key -> {
                if (!Objects.equals(mine.get(key), theirs.get(key))) {
                    expected.put(key, mine.get(key) + " " + theirs.get(key));
                }
            });
            TreeMap<Integer, String> found = new TreeMap<>();
            one.differences(other, true, (key, a, b) -> found.put(key, a + " " + b));
            // Equal values may be two objects.
            found.values().removeIf(pair -> pair.split(" ")[0].equals(pair.split(" ")[1]));
            assertThat(found).as("seed %d", seed).isEqualTo(expected);
            found.clear();
            one.differences(other, false, (key, a, b) -> found.put(key, a + " " + b));
            assertThat(found.keySet()).isSubsetOf(theirs.keySet());
        }
    }

    @Test
    void whatIsSharedIsNotRead() {
        int[] compared = {0};
        PersistentMap<Counting, String> one = PersistentMap.empty();
        for (int i = 0; i < 10_000; i++) {
            one = one.with(new Counting(2 * i, compared), "v");
        }
        PersistentMap<Counting, String> other = one;
        for (int i = 0; i < 10; i++) {
            other = other.with(new Counting(2 * i * 997 + 1, compared), "w");
        }
        compared[0] = 0;
        assertThat(one.union(other, (a, b) -> a).size()).isEqualTo(10_010);
        assertThat(compared[0]).isLessThan(1000);
        compared[0] = 0;
        int[] differ = {0};
        one.differences(other, true, (key, a, b) -> differ[0]++);
        assertThat(differ[0]).isEqualTo(10);
        assertThat(compared[0]).isLessThan(1000);
    }

    @Test
    void aSmallMapCostsWhatItHoldsAndOnesThatShareNothingTwoComparisonsAKey() {
        int[] compared = {0};
        PersistentMap<Counting, String> small = PersistentMap.empty();
        PersistentMap<Counting, String> one = PersistentMap.empty();
        PersistentMap<Counting, String> other = PersistentMap.empty();
        for (int i = 0; i < 10_000; i++) {
            small = i % 1000 == 500 ? small.with(new Counting(2 * i, compared), "w") : small;
            one = one.with(new Counting(2 * i, compared), "v" + i);
            other = other.with(new Counting(2 * (9_999 - i), compared), "w" + i);
        }
        compared[0] = 0;
        int[] differ = {0};
        one.differences(small, false, (key, a, b) -> differ[0]++);
        assertThat(differ[0]).isEqualTo(10);
        assertThat(compared[0]).isLessThan(500);
        compared[0] = 0;
        one.differences(other, true, (key, a, b) -> differ[0]++);
        assertThat(differ[0]).isEqualTo(10_010);
        assertThat(compared[0]).isLessThan(20_000);
    }

    @Test
    void knowsAtAGlanceWhatIsAlike() {
        PersistentMap<String, Integer> one = PersistentMap.<String, Integer>empty().with("a", 1).with("b", 2).with("c",
                3);
        PersistentMap<String, Integer> same = PersistentMap.<String, Integer>empty().with("a", 1).with("b", 2)
                .with("c", 3);
        assertThat(one.isLike(same, Integer::equals)).isTrue();
        assertThat(one.isLike(same.with("c", 4), Integer::equals)).isFalse();
        assertThat(one.isLike(same.without("c"), Integer::equals)).isFalse();
        assertThat(one.isLike(same.without("a").with("aa", 1), Integer::equals)).isFalse();
    }

    private record Counting(int number, int[] compared) implements Comparable<Counting> {
        @Override
        public int compareTo(Counting other) {
            compared[0]++;
            return Integer.compare(number, other.number);
        }
    }

    private static PersistentMap<Integer, Integer> filled(PersistentMap<Integer, Integer> start, Random random) {
        PersistentMap<Integer, Integer> map = start;
        for (int i = random.nextInt(80); i > 0; i--) {
            int key = random.nextInt(120);
            map = random.nextInt(4) == 0 ? map.without(key) : map.with(key, random.nextInt(50));
        }
        return map;
    }

    private static TreeMap<Integer, Integer> sorted(PersistentMap<Integer, Integer> map) {
        TreeMap<Integer, Integer> sorted = new TreeMap<>();
        for (PersistentMap.Node<Integer, Integer> node : map) {
            sorted.put(node.key, node.value);
        }
        return sorted;
    }

    private static List<Integer> keys(Iterator<PersistentMap.Node<Integer, Integer>> nodes) {
        List<Integer> keys = new ArrayList<>();
        nodes.forEachRemaining(node -> keys.add(node.key));
        return keys;
    }
}
