package dev.thalweg.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ORMapLawsTest {
    @Nested
    class OfTallies extends LatticeLaws<ORMap<PNCounter>> {
        @Override
        ORMap<PNCounter> bottom() {
            return ORMap.empty();
        }

        @Override
        ORMap<PNCounter> delta(ORMap<PNCounter> state, Random random) {
            String replica = LatticeLaws.REPLICAS.get(random.nextInt(3));
            String key = HOSTILE.get(random.nextInt(HOSTILE.size()));
            PNCounter value = state.value(key) == null ? PNCounter.ZERO : state.value(key);
            return switch (random.nextInt(4)) {
                case 0 -> state.remove(key);
                case 1 -> state.add(replica, key, null);
                default -> state.add(replica, key, value.update(replica, random.nextInt(9) - 4));
            };
        }

        @Override
        ORMap<PNCounter> read(JsonValue json) throws ProtocolException {
            return ORMap.read(json, PNCounter::read, "state");
        }

        @Override
        void check(ORMap<PNCounter> state) {
            state.check();
        }

        @Test
        void touchedNamesEveryKeyThatAJoinChanges() {
            forEachCase((states, random) -> {
                ORMap<PNCounter> state = states.get(0);
                ORMap<PNCounter> delta = states.get(1);
                ORMap<PNCounter> after = state.join(delta);
                Set<String> touched = state.touched(delta);
                for (String key : HOSTILE) {
                    boolean same = state.dots(key).equals(after.dots(key))
                            && Objects.equals(state.value(key), after.value(key));
                    assertThat(same || touched.contains(key)).as(key).isTrue();
                }
            });
        }

        @Test
        void keysAreThoseWithALivingDotByDefinition() {
            forEachCase((states, random) -> {
                Naive naive = Naive.of(states.get(0));
                naive.join(Naive.of(states.get(1)));
                ORMap<PNCounter> joined = states.get(0).join(states.get(1));
                assertThat(joined.keys()).isEqualTo(List.copyOf(naive.keys()));
                assertThat(joined.size()).isEqualTo(naive.keys().size());
            });
        }
    }

    @Nested
    class OfMapsOfRegisters extends LatticeLaws<ORMap<ORMap<LWWRegister>>> {
        @Override
        ORMap<ORMap<LWWRegister>> bottom() {
            return ORMap.empty();
        }

        @Override
        ORMap<ORMap<LWWRegister>> delta(ORMap<ORMap<LWWRegister>> state, Random random) {
            String replica = REPLICAS.get(random.nextInt(3));
            String outer = HOSTILE.get(random.nextInt(3));
            String inner = HOSTILE.get(random.nextInt(3));
            ORMap<LWWRegister> row = state.value(outer) == null ? ORMap.empty() : state.value(outer);
            LWWRegister old = row.value(inner);
            LWWRegister written = old == null
                    ? LWWRegister.of(new Stamp(0, 0, replica), JsonValue.of(random.nextInt(3)))
                    : old.assign(JsonValue.of(random.nextInt(3)), 0, replica);
            return switch (random.nextInt(4)) {
                case 0 -> state.remove(outer);
                case 1 -> state.add(replica, outer, row.remove(inner));
                default -> state.add(replica, outer, row.add(replica, inner, written));
            };
        }

        @Override
        ORMap<ORMap<LWWRegister>> read(JsonValue json) throws ProtocolException {
            return ORMap.read(json, (value, what) -> ORMap.read(value, LWWRegister::read, what), "state");
        }

        @Override
        void check(ORMap<ORMap<LWWRegister>> state) {
            state.check();
        }
    }

    @Test
    void removalHidesAndNeverErases() {
        ORMap<PNCounter> map = ORMap.empty();
        map = map.join(map.add("a", "spoil", PNCounter.ZERO.update("a", 12)));
        map = map.join(map.remove("spoil"));
        assertThat(map.has("spoil")).isFalse();
        assertThat(map.value("spoil").value()).isEqualTo(12);
        map = map.join(map.add("b", "spoil", map.value("spoil").update("b", 5)));
        assertThat(map.has("spoil")).isTrue();
        assertThat(map.value("spoil").value()).isEqualTo(17);
    }

    @Test
    void anAdditionWinsOverAConcurrentRemoval() {
        ORMap<PNCounter> start = ORMap.<PNCounter>empty().add("a", "k", null);
        ORMap<PNCounter> removal = start.remove("k");
        ORMap<PNCounter> addition = start.add("b", "k", null);
        assertThat(start.join(removal).join(addition).has("k")).isTrue();
        assertThat(start.join(addition).join(removal).has("k")).isTrue();
        assertThat(start.join(removal).has("k")).isFalse();
    }

    @Test
    void aKeyThatIsTouchedOverAndOverKeepsOneDot() {
        ORMap<PNCounter> map = ORMap.empty();
        for (int i = 0; i < 1000; i++) {
            map = map.join(map.add(i % 2 == 0 ? "a" : "b", "k", null));
        }
        assertThat(map.dots("k")).hasSize(1);
        assertThat(map.context()).hasToString("{\"a\":[1,500],\"b\":[1,500]}");
    }

    @Test
    void aDeltaIsAsLargeAsWhatItChanges() {
        ORMap<PNCounter> map = ORMap.empty();
        for (int i = 0; i < 2000; i++) {
            map = map.join(map.add("a", "key" + i, PNCounter.ZERO.update("a", i)));
        }
        ORMap<PNCounter> delta = map.add("a", "key7", map.value("key7").update("a", 1));
        assertThat(delta).hasToString("{\"context\":{\"a\":[8,8,2001,2001]},\"entries\":"
                + "{\"key7\":{\"dots\":{\"a\":[2001]},\"value\":{\"n\":{},\"p\":{\"a\":8}}}}}");
        assertThat(map.remove("key7")).hasToString("{\"context\":{\"a\":[8,8]},\"entries\":{}}");
    }

    /** The definition, pair by pair: a dot at a key is unseen, alive or dead, and the further one stands. */
    private static final class Naive {
        private final Map<String, Set<Dot>> alive = new HashMap<>();
        private final CausalContext seen;

        Naive(CausalContext seen) {
            this.seen = seen;
        }

        static Naive of(ORMap<?> map) {
            Naive naive = new Naive(map.context());
            for (String key : map.keys()) {
                naive.alive.put(key, new HashSet<>(map.dots(key)));
            }
            return naive;
        }

        void join(Naive other) {
            Set<String> keys = new HashSet<>(alive.keySet());
            keys.addAll(other.alive.keySet());
            for (String key : keys) {
                Set<Dot> mine = alive.getOrDefault(key, Set.of());
                Set<Dot> theirs = other.alive.getOrDefault(key, Set.of());
                Set<Dot> joined = new HashSet<>(mine);
                joined.removeIf(dot -> other.seen.contains(dot) && !theirs.contains(dot));
                for (Dot dot : theirs) {
                    if (!seen.contains(dot) || mine.contains(dot)) {
                        joined.add(dot);
                    }
                }
                alive.put(key, joined);
            }
        }

        TreeSet<String> keys() {
            TreeSet<String> keys = new TreeSet<>();
            alive.forEach((key, dots) -> {
                if (!dots.isEmpty()) {
                    keys.add(key);
                }
            });
            return keys;
        }
    }
}
