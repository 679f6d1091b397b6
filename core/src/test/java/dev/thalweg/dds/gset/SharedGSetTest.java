package dev.thalweg.dds.gset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.RecordingHost;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedGSetTest {
    private static final String OTHER_ADDS_FIG = "{\"type\":\"add\",\"element\":\"fig\",\"delta\":[\"fig\"]}";

    private final RecordingHost host = new RecordingHost();
    private final SharedGSet set = SharedGSet.TYPE.create("set", "a");
    private final List<GSetEvent> events = new ArrayList<>();

    SharedGSetTest() {
        set.bind(host);
        set.subscribe(events::add);
    }

    @Test
    void anOwnAdditionShowsAtOnceAndIsAddedOnce() throws Exception {
        assertThat(set.add("fig")).isTrue();
        assertThat(set.add("fig")).isFalse();
        assertThat(host.sent).containsExactly(OTHER_ADDS_FIG);
        assertThat(set.contains("fig")).isTrue();
        assertThat(set.sequencedElements()).isEmpty();
        host.remote(set, OTHER_ADDS_FIG);
        host.acknowledge(set);
        assertThat(set.sequencedElements()).containsExactly("fig");
        assertThat(set.absorb(JsonValue.parse(OTHER_ADDS_FIG))).isFalse();
        assertThat(events).containsExactly(new GSetEvent.Added("fig", true));
        assertThat(set.snapshot()).hasToString("[\"fig\"]");
    }

    @Test
    void rollbackTakesBackWhatNobodyElseAdded() throws Exception {
        set.add("fig");
        set.add("plum");
        host.remote(set, OTHER_ADDS_FIG);
        host.rollback(set);
        host.rollback(set);
        assertThat(set.elements()).containsExactly("fig");
        assertThat(events).containsExactly(new GSetEvent.Added("fig", true), new GSetEvent.Added("plum", true),
                new GSetEvent.Removed("plum", true));
        set.check();
    }

    @Test
    void aSecondClientGoesOnFromTheSummary() throws Exception {
        host.remote(set, OTHER_ADDS_FIG);
        set.add("plum");
        assertThat(set.summarize().text("header")).isEqualTo("{\"state\":[\"fig\"],\"version\":1}");
        SharedGSet loaded = SharedGSet.TYPE.load("set", "c", set.summarize());
        loaded.bind(RecordingHost.detached());
        loaded.add("apple");
        assertThat(loaded.sequencedElements()).containsExactly("apple", "fig");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1",
        "{\"type\":\"add\",\"element\":\"fig\"}",
        "{\"type\":\"add\",\"element\":1,\"delta\":[\"fig\"]}",
        "{\"type\":\"add\",\"element\":\"fig\",\"delta\":[\"plum\"]}",
        "{\"type\":\"add\",\"element\":\"fig\",\"delta\":[\"fig\",\"plum\"]}",
        "{\"type\":\"remove\",\"element\":\"fig\",\"delta\":[\"fig\"]}",
        "{\"type\":\"add\",\"element\":\"fig\",\"delta\":{}}"})
    void whatCannotBeReadChangesNothing(String contents) {
        String before = set.summarize().toString();
        assertThatThrownBy(() -> host.remote(set, contents)).isInstanceOf(ProtocolException.class);
        assertThat(set.summarize()).hasToString(before);
        assertThat(events).isEmpty();
    }

    @Test
    void aSummaryOfAnotherVersionIsRefused() {
        assertThatThrownBy(() -> SharedGSet.TYPE.load("set", "a",
                new SummaryBuilder().text("header", "{\"state\":[],\"version\":2}").build()))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("version");
        assertThatThrownBy(() -> SharedGSet.TYPE.load("set", "a", new SummaryBuilder().build()))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("G-set").hasMessageContaining("header");
    }
}
