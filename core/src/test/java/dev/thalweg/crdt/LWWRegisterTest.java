package dev.thalweg.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class LWWRegisterTest {
    private static final List<JsonValue> VALUES = List.of(JsonObject.builder().put("b", 1).put("a", 2).build(),
            JsonObject.builder().put("a", 2).put("b", 1).build());

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
        LWWRegister one = LWWRegister.of(new Stamp(1, 1, "a"), VALUES.get(0));
        LWWRegister other = LWWRegister.of(new Stamp(1, 1, "a"), VALUES.get(1));
        assertThat(one).isNotEqualTo(other);
        assertThat(one.join(other).toJson().toJson()).isEqualTo(other.join(one).toJson().toJson());
    }

    @Test
    void aWriteIsLaterThanWhatItWritesOverWhateverTheTime() {
        LWWRegister first = LWWRegister.of(new Stamp(100, 0, "z"), JsonValue.of(1));
        assertThat(first.assign(JsonValue.of(2), 3, "a").stamp()).isEqualTo(new Stamp(100, 1, "a"));
        assertThat(first.assign(JsonValue.of(2), 100, "a").stamp()).isEqualTo(new Stamp(100, 1, "a"));
        assertThat(first.assign(JsonValue.of(2), 101, "a").stamp()).isEqualTo(new Stamp(101, 0, "a"));
        Stamp full = new Stamp(100, Integer.MAX_VALUE, "z");
        assertThat(Stamp.after(full, 7, "a")).isEqualTo(new Stamp(101, 0, "a"));
        Stamp last = new Stamp(GCounter.MAX, Integer.MAX_VALUE, "z");
        assertThatThrownBy(() -> Stamp.after(last, 7, "a")).isInstanceOf(IllegalStateException.class);
    }
}
