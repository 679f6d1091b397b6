package dev.thalweg.crdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.junit.jupiter.api.Test;

class BoundedCounterTest {
    private final BoundedCounter ten = BoundedCounter.ZERO.join(BoundedCounter.ZERO.increment("a", 10));

    @Test
    void onlyWhoHasTheRightTakesAway() {
        assertThatThrownBy(() -> ten.decrement("b", 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("b has the right to 0, not to 1");
        BoundedCounter handed = ten.join(ten.transfer("a", "b", 6));
        assertThat(handed.rights("a")).isEqualTo(4);
        assertThat(handed.rights("b")).isEqualTo(6);
        assertThat(handed.total()).isEqualTo(10);
        BoundedCounter taken = handed.join(handed.decrement("b", 6)).join(handed.decrement("a", 4));
        assertThat(taken.total()).isZero();
        assertThatThrownBy(() -> taken.decrement("a", 1)).isInstanceOf(IllegalArgumentException.class);
        BoundedCounter back = handed.join(handed.transfer("b", "a", 1));
        assertThat(back.rights("a")).isEqualTo(5);
        assertThat(back.rights("b")).isEqualTo(5);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> ten.increment("a", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ten.decrement("a", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ten.decrement("a", 1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ten.decrement("a", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ten.transfer("a", "a", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ten.transfer("a", "", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ten.transfer("a", "b", 0)).isEqualTo(BoundedCounter.ZERO);
        assertThat(ten.join(ten.decrement("a", 0))).isEqualTo(ten);
        for (String transfers : new String[] {"{\"a\":{}}", "{\"a\":{\"a\":1}}", "{\"a\":{\"b\":-1}}"}) {
            assertThatThrownBy(() -> BoundedCounter.read(
                    JsonValue.parse("{\"counts\":{\"n\":{},\"p\":{}},\"transfers\":" + transfers + "}"), "counter"))
                    .isInstanceOf(ProtocolException.class).hasMessageContaining("counter.transfers");
        }
    }

    @Test
    void aStateThatLacksWhatWasTakenFromShowsNothing() {
        assertThat(BoundedCounter.ZERO.join(ten.decrement("a", 3)).total()).isZero();
    }
}
