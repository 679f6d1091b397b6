package dev.thalweg.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HidingMapTest {
    private static final HidingMap<PNCounter> EMPTY = HidingMap.of(PNCounter::read);

    @Test
    void removalHidesAndNeverErases() {
        HidingMap<PNCounter> map = EMPTY;
        map = map.join(map.add("a", "spoil", PNCounter.ZERO.update("a", 12)));
        map = map.join(map.remove("spoil"));
        assertThat(map.has("spoil")).isFalse();
        assertThat(map.value("spoil").total()).isEqualTo(12);
        map = map.join(map.add("b", "spoil", map.value("spoil").update("b", 5)));
        assertThat(map.has("spoil")).isTrue();
        assertThat(map.value("spoil").total()).isEqualTo(17);
    }

    @Test
    void anAdditionWinsOverAConcurrentRemoval() {
        HidingMap<PNCounter> start = EMPTY.add("a", "k", null);
        HidingMap<PNCounter> removal = start.remove("k");
        HidingMap<PNCounter> addition = start.add("b", "k", null);
        assertThat(start.join(removal).join(addition).has("k")).isTrue();
        assertThat(start.join(addition).join(removal).has("k")).isTrue();
        assertThat(start.join(removal).has("k")).isFalse();
    }

    @Test
    void aKeyThatIsTouchedOverAndOverKeepsOneDot() {
        HidingMap<PNCounter> map = EMPTY;
        for (int i = 0; i < 1000; i++) {
            map = map.join(map.add(i % 2 == 0 ? "a" : "b", "k", null));
        }
        assertThat(map.dots("k")).hasSize(1);
        assertThat(map.context()).hasToString("{\"a\":[1,500],\"b\":[1,500]}");
    }

    @Test
    void aDeltaIsAsLargeAsWhatItChanges() {
        HidingMap<PNCounter> map = EMPTY;
        for (int i = 0; i < 2000; i++) {
            map = map.join(map.add("a", "key" + i, PNCounter.ZERO.update("a", i)));
        }
        HidingMap<PNCounter> delta = map.add("a", "key7", map.value("key7").update("a", 1));
        assertThat(delta).hasToString("{\"context\":{\"a\":[8,8,2001,2001]},\"entries\":"
                + "{\"key7\":{\"dots\":{\"a\":[2001]},\"value\":{\"n\":{},\"p\":{\"a\":8}}}}}");
        assertThat(map.remove("key7")).hasToString("{\"context\":{\"a\":[8,8]},\"entries\":{}}");
    }
}
