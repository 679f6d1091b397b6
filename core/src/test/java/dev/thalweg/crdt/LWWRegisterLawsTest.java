package dev.thalweg.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LWWRegisterLawsTest extends LatticeLaws<LWWRegister> {
    private static final List<JsonValue> VALUES = List.of(JsonNull.NULL, JsonValue.of(1), JsonValue.of(1.5),
            JsonValue.of("1"), JsonValue.of(false), JsonArray.EMPTY,
            JsonObject.builder().put("b", 1).put("a", 2).build(), JsonObject.builder().put("a", 2).put("b", 1).build());

    @Override
    LWWRegister bottom() {
        return LWWRegister.of(new Stamp(0, 0, "\u0000"), JsonValue.of(""));
    }

    @Override
    LWWRegister delta(LWWRegister state, Random random) {
        JsonValue value = VALUES.get(random.nextInt(VALUES.size()));
        String replica = REPLICAS.get(random.nextInt(2));
        return state.assign(value, random.nextInt(3), replica);
    }

    @Override
    LWWRegister read(JsonValue json) throws ProtocolException {
        return LWWRegister.read(json, "state");
    }

    @Test
    void theLaterStampWins() {
        LWWRegister early = LWWRegister.of(new Stamp(4, 9, "b"), JsonValue.of("early"));
        LWWRegister late = LWWRegister.of(new Stamp(5, 0, "a"), JsonValue.of("late"));
        assertThat(early.join(late)).isEqualTo(late);
        assertThat(late.join(early)).isEqualTo(late);
    }

    @Test
    void atOneTimeTheCountThenTheReplicaDecides() {
        assertThat(new Stamp(4, 1, "a")).isGreaterThan(new Stamp(4, 0, "b"));
        assertThat(new Stamp(4, 1, "b")).isGreaterThan(new Stamp(4, 1, "a"));
        assertThat(new Stamp(4, 1, "b")).isEqualByComparingTo(new Stamp(4, 1, "b"));
    }

    @Test
    void equalStampsWithDifferentValuesStillEndTheSame() {
        LWWRegister one = LWWRegister.of(new Stamp(1, 1, "a"), VALUES.get(6));
        LWWRegister other = LWWRegister.of(new Stamp(1, 1, "a"), VALUES.get(7));
        assertThat(one).isNotEqualTo(other);
        assertThat(text(one.join(other))).isEqualTo(text(other.join(one)));
    }

    @Test
    void aWriteIsLaterThanWhatItWritesOverWhateverTheTime() {
        LWWRegister first = LWWRegister.of(new Stamp(100, 0, "z"), JsonValue.of(1));
        assertThat(first.assign(JsonValue.of(2), 3, "a").stamp()).isEqualTo(new Stamp(100, 1, "a"));
        assertThat(first.assign(JsonValue.of(2), 100, "a").stamp()).isEqualTo(new Stamp(100, 1, "a"));
        assertThat(first.assign(JsonValue.of(2), 101, "a").stamp()).isEqualTo(new Stamp(101, 0, "a"));
        Stamp full = new Stamp(100, Integer.MAX_VALUE, "z");
        assertThat(Stamp.after(full, 7, "a")).isEqualTo(new Stamp(101, 0, "a"));
        Stamp last = new Stamp(Integer.MAX_VALUE, Integer.MAX_VALUE, "z");
        assertThatThrownBy(() -> Stamp.after(last, 7, "a")).isInstanceOf(IllegalStateException.class);
    }
}
