package dev.thalweg.replication.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    private static Position between(Position left, Position right, String writer) {
        return Position.between(left, right, writer);
    }

    @Test
    void thereIsAlwaysRoomBetweenTwoPlaces() throws Exception {
        for (int seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            List<Position> order = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int at = random.nextInt(10) < 4 ? order.size() / 2 : random.nextInt(order.size() + 1);
                Position left = at == 0 ? null : order.get(at - 1);
                Position right = at == order.size() ? null : order.get(at);
                Position found = between(left, right, "w" + random.nextInt(3));
                assertThat(left == null || left.compareTo(found) < 0).isTrue();
                assertThat(right == null || found.compareTo(right) < 0).isTrue();
                assertThat(Position.read(JsonValue.parse(found.toJson().toJson()), "place")).isEqualTo(found);
                order.add(at, found);
            }
            assertThat(new HashSet<>(order)).hasSameSizeAs(order);
        }
    }

    @Test
    void whatTwoWriteInARowIntoOneGapStaysInARow() {
        Position left = between(null, null, "x");
        Position right = between(left, null, "y");
        for (boolean forwards : new boolean[] {true, false}) {
            TreeSet<Position> all = new TreeSet<>();
            for (String writer : List.of("a", "b")) {
                Position low = left;
                Position high = right;
                for (int i = 0; i < 20; i++) {
                    Position next = between(low, high, writer);
                    all.add(next);
                    if (forwards) {
                        low = next;
                    } else {
                        high = next;
                    }
                }
            }
            String writers = "";
            for (Position position : all) {
                writers += position.steps().get(position.steps().size() - 1).writer();
                assertThat(position.steps().size()).isLessThanOrEqualTo(2);
            }
            assertThat(writers).isEqualTo("a".repeat(20) + "b".repeat(20));
        }
    }

    @Test
    void aThousandInARowTakeOneStepEach() {
        Position last = null;
        for (int i = 0; i < 1000; i++) {
            Position next = between(last, null, i % 2 == 0 ? "a" : "b");
            assertThat(last == null || last.compareTo(next) < 0).isTrue();
            assertThat(next.steps()).hasSize(1);
            last = next;
        }
    }

    @Test
    void edgesHaveRoomAsFarAsThereIs() {
        Position low = new Position(List.of(new Position.Step(-(1 << 30), "a", -(1 << 30))));
        Position high = new Position(List.of(new Position.Step(1 << 30, "a", 1 << 30)));
        assertThat(between(high, null, "a")).isGreaterThan(high);
        assertThat(between(high, null, "b")).isGreaterThan(high);
        assertThat(between(low, high, "b")).isBetween(low, high);
        // There is nothing before the first of all, so the place is the next best.
        assertThat(between(null, low, "b")).isGreaterThan(low);
        assertThat(between(low, low, "b")).isGreaterThan(low);
        assertThat(between(high, low, "b")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "[1,\"a\"]", "[1.5,\"a\",0]", "[1,2,3]", "[1,\"a\",\"b\"]",
        "[1073741825,\"a\",0]"})
    void whatIsNoPlaceIsRefused(String json) {
        assertThatThrownBy(() -> Position.read(JsonValue.parse(json), "place")).isInstanceOf(ProtocolException.class)
                .hasMessageContaining("place");
    }
}
