package dev.thalweg.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What must hold of every lattice, over its whole state and not only its value. A case is three replicas that change
 * and join at random; the replica ids are few and used by all three, so that ids are used twice on purpose.
 */
abstract class LatticeLaws<S extends Lattice<S>> {
    static final int CASES = 1000;

    /** UTF-16 that is easily got wrong, names that mean something elsewhere. */
    static final List<String> HOSTILE = List.of("a", "b", "", "__proto__", "é€", "🌊", "\uD83C", "\u0000");

    static final List<String> REPLICAS = List.of("r1", "r2", "r10", "🌊", "constructor");

    /** The least state. */
    abstract S bottom();

    /** A random change of a state. */
    abstract S delta(S state, Random random);

    abstract S read(JsonValue json) throws ProtocolException;

    /** Throws when an invariant of the class does not hold. */
    void check(S state) {}

    @Test
    void joinIsCommutativeAssociativeAndIdempotent() {
        forEachCase((states, random) -> {
            S a = states.get(0);
            S b = states.get(1);
            S c = states.get(2);
            assertSame(a.join(b), b.join(a));
            assertSame(a.join(b).join(c), a.join(b.join(c)));
            assertSame(a.join(a), a);
            assertSame(a.join(bottom()), a);
            assertSame(bottom().join(a), a);
            check(a.join(b).join(c));
        });
    }

    @Test
    void joinIsTheLeastUpperBoundOfThePartialOrder() {
        forEachCase((states, random) -> {
            S a = states.get(0);
            S b = states.get(1);
            S c = states.get(2);
            S joined = a.join(b);
            assertThat(joined.covers(a)).isTrue();
            assertThat(joined.covers(b)).isTrue();
            assertThat(a.covers(a)).isTrue();
            assertThat(a.covers(b)).isEqualTo(text(joined).equals(text(a)));
            assertThat(a.covers(b) && b.covers(a)).isEqualTo(text(a).equals(text(b)));
            assertThat(c.covers(a) && c.covers(b)).isEqualTo(c.covers(joined));
            S upper = joined.join(c);
            assertThat(upper.covers(joined)).isTrue();
        });
    }

    @Test
    void mutatorsInflateAndReturnADelta() {
        forEachCase((states, random) -> {
            S state = states.get(0);
            S delta = delta(state, random);
            S after = state.join(delta);
            assertThat(after.covers(state)).isTrue();
            assertThat(after.covers(delta)).isTrue();
            check(delta);
            check(after);
        });
    }

    @Test
    void deltasInAnyOrderGroupingAndNumberMakeTheState() {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            S state = bottom();
            List<S> deltas = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                S delta = delta(state, random);
                state = state.join(delta);
                deltas.add(delta);
            }
            deltas.add(deltas.get(random.nextInt(deltas.size())));
            Collections.shuffle(deltas, random);
            S group = bottom();
            S other = bottom();
            for (S delta : deltas) {
                if (random.nextBoolean()) {
                    group = group.join(delta);
                } else {
                    other = delta.join(other);
                }
            }
            assertThat(text(group.join(other))).as("seed %d", seed).isEqualTo(text(state));
        }
    }

    @Test
    void equalStatesHaveEqualTextAndReadBack() {
        forEachCase((states, random) -> {
            S a = states.get(0);
            S b = states.get(1);
            S back = read(JsonValue.parse(text(a)));
            assertSame(back, a);
            check(back);
            assertThat(a.equals(b)).isEqualTo(text(a).equals(text(b)));
            assertThat(back.hashCode()).isEqualTo(a.hashCode());
        });
    }

    @Test
    void readersRefuseWhatTheyWouldNotWrite() {
        int[] refused = {0};
        forEachCase((states, random) -> {
            JsonValue json = damaged(states.get(0).toJson(), random);
            try {
                S state = read(json);
                assertThat(state.toJson()).isEqualTo(json);
                check(state);
            } catch (ProtocolException e) {
                assertThat(e).hasMessageContaining("state");
                refused[0]++;
            }
        });
        assertThat(refused[0]).isGreaterThan(CASES / 4);
    }

    interface Law<S> {
        void hold(List<S> states, Random random) throws ProtocolException;
    }

    final void forEachCase(Law<S> law) {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            List<S> states = states(random);
            try {
                law.hold(states, random);
            } catch (ProtocolException | AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", states " + states, e);
            }
        }
    }

    private List<S> states(Random random) {
        List<S> states = new ArrayList<>(List.of(bottom(), bottom(), bottom()));
        for (int i = random.nextInt(16); i > 0; i--) {
            int one = random.nextInt(3);
            S state = states.get(one);
            S change = random.nextInt(5) == 0 ? states.get(random.nextInt(3)) : delta(state, random);
            states.set(one, state.join(change));
            check(states.get(one));
            if (random.nextInt(4) == 0) {
                int other = random.nextInt(3);
                states.set(other, states.get(other).join(change));
            }
        }
        return states;
    }

    final void assertSame(S actual, S expected) {
        assertThat(text(actual)).isEqualTo(text(expected));
        assertThat(actual).isEqualTo(expected);
    }

    static String text(Lattice<?> state) {
        return state.toJson().toJson();
    }

    /** The same JSON with one part exchanged, added or left out. */
    private static JsonValue damaged(JsonValue json, Random random) {
        List<JsonValue> strange = List.of(JsonNull.NULL, JsonValue.of(-1), JsonValue.of(0), JsonValue.of(1.5),
                JsonValue.of(1e300), JsonValue.of(2147483648.0), JsonValue.of("x"), JsonValue.of(true),
                JsonObject.EMPTY, JsonArray.EMPTY, JsonArray.of(JsonValue.of(3), JsonValue.of(2)));
        if (json instanceof JsonObject object && random.nextInt(8) > 0) {
            int place = object.size() == 0 ? -1 : random.nextInt(object.size());
            int way = random.nextInt(8);
            JsonObject.Builder builder = JsonObject.builder();
            for (int i = 0; i < object.size(); i++) {
                if (i != place || way > 1) {
                    builder.put(object.name(i), i == place && way > 2 ? damaged(object.value(i), random)
                            : object.value(i));
                }
            }
            return place < 0 || way == 2
                    ? builder.put(random.nextBoolean() ? "x".repeat(300) : "", strange.get(random.nextInt(11))).build()
                    : builder.build();
        }
        if (json instanceof JsonArray array && array.size() > 0 && random.nextInt(4) > 0) {
            List<JsonValue> values = new ArrayList<>(array.values());
            int place = random.nextInt(values.size());
            switch (random.nextInt(3)) {
                case 0 -> values.remove(place);
                case 1 -> values.add(place, values.get(place));
                default -> values.set(place, damaged(values.get(place), random));
            }
            return new JsonArray(values);
        }
        return json instanceof JsonString && random.nextBoolean() ? JsonValue.of("")
                : strange.get(random.nextInt(strange.size()));
    }
}
