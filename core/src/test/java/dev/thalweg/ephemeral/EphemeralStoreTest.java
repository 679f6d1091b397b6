package dev.thalweg.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EphemeralStoreTest {
    private static final JsonValue ONE = JsonValue.of(1);
    private static final JsonValue TWO = JsonValue.of(2);

    private final EphemeralStore ann = new EphemeralStore("ann", EphemeralLimits.DEFAULT.withLifetime(10));
    private final EphemeralStore bob = new EphemeralStore("bob", EphemeralLimits.DEFAULT.withLifetime(10));

    private static EphemeralState one(EphemeralEntry entry) {
        return new EphemeralState(Map.of("n", Map.of("k", entry)), Map.of());
    }

    @Test
    void aWriteIsLaterThanWhatItWritesOverWhateverTheClockSays() throws ProtocolException {
        bob.merge(one(ann.set("n", "k", ONE, 100)));
        EphemeralEntry entry = bob.set("n", "k", TWO, 5);
        assertThat(entry).isEqualTo(new EphemeralEntry(TWO, 100, 2, "bob"));
        ann.merge(bob.state());
        assertThat(ann.get("n", "k")).isEqualTo(entry);
    }

    @Test
    void equalClocksOfOnePeerAreSettledByTheValue() throws ProtocolException {
        EphemeralEntry one = new EphemeralEntry(ONE, 1, 1, "x");
        EphemeralEntry two = new EphemeralEntry(TWO, 1, 1, "x");
        ann.merge(one(one));
        ann.merge(one(two));
        bob.merge(one(two));
        assertThat(bob.merge(one(one)).fresh().isEmpty()).isTrue();
        assertThat(ann.get("n", "k")).isEqualTo(bob.get("n", "k")).isEqualTo(two);
    }

    @Test
    void aLateMergeDoesNotUndoARemoval() throws ProtocolException {
        EphemeralState old = one(ann.set("n", "k", ONE, 1));
        bob.merge(old);
        bob.remove("n", "k", 2);
        assertThat(bob.merge(old).changes()).isEmpty();
        assertThat(bob.get("n", "k")).isNull();
        assertThat(bob.remove("n", "k", 3)).isNull();
        assertThat(ann.merge(bob.state()).changes()).hasSize(1);
        assertThat(ann.getAll("n")).isEmpty();
    }

    @Test
    void aLateMergeDoesNotUndoALeave() throws ProtocolException {
        EphemeralState first = one(ann.set("n", "k", ONE, 1));
        EphemeralState late = one(ann.set("n", "k", TWO, 2));
        bob.merge(first);
        bob.set("n", "mine", ONE, 1);
        EphemeralMerge left = bob.leave("ann");
        assertThat(left.changes()).hasSize(1);
        assertThat(bob.merge(late).changes()).isEmpty();
        assertThat(bob.getAll("n")).containsOnlyKeys("mine");
        assertThat(bob.leave("ann").fresh().isEmpty()).isTrue();
        // Back again, ann hears of the mark and goes on behind it.
        ann.merge(bob.state());
        assertThat(ann.get("n", "k")).isNull();
        bob.merge(one(ann.set("n", "k", ONE, 3)));
        assertThat(bob.get("n", "k")).isEqualTo(ann.get("n", "k")).isNotNull();
    }

    @Test
    void entriesAreOverAtTheirTimeAndStaySo() throws ProtocolException {
        EphemeralState state = one(ann.set("n", "k", ONE, 1));
        bob.merge(state);
        assertThat(bob.advance(10)).isEmpty();
        assertThat(bob.advance(11)).containsExactly(
                new EphemeralChange("n", "k", new EphemeralEntry(ONE, 1, 1, "ann"), null));
        assertThat(bob.merge(state).fresh().isEmpty()).isTrue();
        assertThat(bob.advance(3)).isEmpty();
        assertThat(bob.state().isEmpty()).isTrue();
        bob.merge(one(ann.set("n", "k", TWO, 9)));
        assertThat(bob.advance(18)).isEmpty();
        assertThat(bob.advance(19)).hasSize(1);
    }

    @Test
    void whatBreaksALimitIsRefusedWhole() throws ProtocolException {
        EphemeralStore small = new EphemeralStore("small", new EphemeralLimits(10, 5, 2, 1, 10));
        small.set("n", "a", ONE, 0);
        small.advance(0);
        String before = EphemeralJson.state(small.state()).toJson();
        EphemeralEntry good = new EphemeralEntry(ONE, 1, 1, "x");
        for (EphemeralState bad : new EphemeralState[] {
            new EphemeralState(Map.of("n", Map.of("b", good, "c", good)), Map.of()),
            new EphemeralState(Map.of("n", Map.of("b", new EphemeralEntry(ONE, 6, 1, "x"))), Map.of()),
            new EphemeralState(Map.of("n", Map.of("b", new EphemeralEntry(JsonValue.of("0123456789"), 1, 1, "x"))),
                    Map.of()),
            new EphemeralState(Map.of("n", Map.of("", good)), Map.of()),
            new EphemeralState(Map.of("n".repeat(257), Map.of("b", good)), Map.of()),
            new EphemeralState(Map.of("n", Map.of("b", good)), Map.of("x", 1, "y", 1))}) {
            assertThatThrownBy(() -> small.merge(bad)).isInstanceOf(ProtocolException.class);
            assertThat(EphemeralJson.state(small.state()).toJson()).isEqualTo(before);
        }
        small.merge(new EphemeralState(Map.of("n", Map.of("b", good)), Map.of("x", 1)));
        assertThatThrownBy(() -> small.set("n", "c", ONE, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> small.set("n", "a", JsonValue.of("0123456789"), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> small.set("n", "a", ONE, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EphemeralStore("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void jsonComesBackAndNonsenseDoesNot() throws ProtocolException {
        ann.set("type", "key", JsonValue.parse("{\"x\":[1]}"), 1.5);
        ann.set("n", "__proto__", ONE, 2);
        ann.remove("n", "__proto__", 2);
        ann.leave("zoe");
        String json = EphemeralJson.state(ann.state()).toJson();
        assertThat(EphemeralJson.state(EphemeralJson.readState(JsonValue.parse(json)))).hasToString(json);
        assertThat(EphemeralJson.entry("key", Objects.requireNonNull(ann.get("type", "key")))).hasToString(
                "{\"key\":\"key\",\"value\":{\"x\":[1]},\"timestamp\":1.5,\"peer\":\"ann\",\"clock\":1}");
        for (String bad : new String[] {"[]", "{\"n\":1}", "{\"n\":{\"k\":1}}", "{\"n\":{\"k\":{}}}",
            "{\"n\":{\"k\":{\"value\":1,\"timestamp\":\"x\",\"peer\":\"p\"}}}",
            "{\"n\":{\"k\":{\"value\":1,\"timestamp\":1,\"peer\":\"\"}}}",
            "{\"n\":{\"k\":{\"value\":1,\"timestamp\":1,\"peer\":\"p\",\"clock\":-1}}}"}) {
            assertThatThrownBy(() -> EphemeralJson.readEntries(JsonValue.parse(bad))).as(bad)
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void anOutboxSendsTheLatestOfEachKeyInPortions() {
        EphemeralOutbox outbox = new EphemeralOutbox(10, 2);
        for (int i = 0; i < 5; i++) {
            outbox.add("n", "k", ann.set("n", "k", JsonValue.of(i), i));
        }
        outbox.add("m", "k", ann.set("m", "k", ONE, 1));
        outbox.add(ann.leave("zoe").fresh());
        EphemeralState first = outbox.take(0);
        assertThat(first.left()).containsOnlyKeys("zoe");
        assertThat(first.entries()).containsOnlyKeys("m");
        assertThat(outbox.take(9).isEmpty()).isTrue();
        assertThat(outbox.take(10).entries()).isEqualTo(Map.of("n", ann.getAll("n")));
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.take(20).isEmpty()).isTrue();
        assertThatThrownBy(() -> new EphemeralOutbox(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
