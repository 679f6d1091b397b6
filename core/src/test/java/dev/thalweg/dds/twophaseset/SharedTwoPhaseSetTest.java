package dev.thalweg.dds.twophaseset;

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

class SharedTwoPhaseSetTest {
    private static final String OTHER_REMOVES_FIG = "{\"type\":\"remove\",\"element\":\"fig\","
            + "\"delta\":{\"added\":[],\"removed\":[\"fig\"]}}";

    private final RecordingHost host = new RecordingHost();
    private final SharedTwoPhaseSet set = SharedTwoPhaseSet.TYPE.create("set", "a");
    private final List<TwoPhaseSetEvent> events = new ArrayList<>();

    SharedTwoPhaseSetTest() {
        set.bind(host);
        set.subscribe(events::add);
    }

    @Test
    void whatIsRemovedStaysRemoved() throws Exception {
        set.add("fig");
        host.remote(set, OTHER_REMOVES_FIG);
        assertThat(set.elements()).isEmpty();
        assertThat(set.removed("fig")).isTrue();
        host.acknowledge(set);
        assertThat(set.elements()).isEmpty();
        assertThat(set.add("fig")).isFalse();
        assertThat(set.remove("fig")).isFalse();
        assertThat(set.absorb(JsonValue.parse(OTHER_REMOVES_FIG))).isFalse();
        assertThat(events).containsExactly(new TwoPhaseSetEvent.Added("fig", true),
                new TwoPhaseSetEvent.Removed("fig", false));
    }

    @Test
    void aRemovalMayComeFirstAndChangesNothingToBeSeen() throws Exception {
        assertThat(set.remove("fig")).isTrue();
        assertThat(host.sent).containsExactly(OTHER_REMOVES_FIG);
        assertThat(set.add("fig")).isTrue();
        assertThat(set.contains("fig")).isFalse();
        assertThat(events).isEmpty();
    }

    @Test
    void rollbackBringsBackWhatNobodyElseRemoved() throws Exception {
        set.add("fig");
        host.acknowledge(set);
        set.remove("fig");
        host.rollback(set);
        assertThat(set.elements()).containsExactly("fig");
        assertThat(events).last().isEqualTo(new TwoPhaseSetEvent.Added("fig", true));
        set.check();
    }

    @Test
    void aSecondClientGoesOnFromTheSummary() throws Exception {
        host.remote(set, OTHER_REMOVES_FIG);
        assertThat(set.summarize().text("header"))
                .isEqualTo("{\"state\":{\"added\":[],\"removed\":[\"fig\"]},\"version\":1}");
        SharedTwoPhaseSet loaded = SharedTwoPhaseSet.TYPE.load("set", "c", set.summarize());
        loaded.bind(RecordingHost.detached());
        loaded.add("fig");
        loaded.add("plum");
        assertThat(loaded.sequencedElements()).containsExactly("plum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1",
        "{\"type\":\"add\",\"element\":\"fig\",\"delta\":{\"added\":[],\"removed\":[\"fig\"]}}",
        "{\"type\":\"remove\",\"element\":\"fig\",\"delta\":{\"added\":[\"fig\"],\"removed\":[\"fig\"]}}",
        "{\"type\":\"add\",\"element\":\"fig\",\"delta\":{\"added\":[\"fig\"]}}",
        "{\"type\":\"take\",\"element\":\"fig\",\"delta\":{\"added\":[\"fig\"],\"removed\":[]}}",
        "{\"type\":\"add\",\"element\":\"fig\",\"delta\":{\"added\":[\"fig\"],\"removed\":[],\"more\":[]}}"})
    void whatCannotBeReadChangesNothing(String contents) {
        String before = set.summarize().toString();
        assertThatThrownBy(() -> host.remote(set, contents)).isInstanceOf(ProtocolException.class);
        assertThat(set.summarize()).hasToString(before);
        assertThat(events).isEmpty();
    }

    @Test
    void aSummaryOfAnotherVersionIsRefused() {
        assertThatThrownBy(() -> SharedTwoPhaseSet.TYPE.load("set", "a",
                new SummaryBuilder().text("header", "{\"state\":{\"added\":[],\"removed\":[]},\"version\":2}").build()))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("version");
        assertThatThrownBy(() -> SharedTwoPhaseSet.TYPE.load("set", "a", new SummaryBuilder().build()))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("two-phase set")
                .hasMessageContaining("header");
    }
}
