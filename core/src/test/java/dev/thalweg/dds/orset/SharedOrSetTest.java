package dev.thalweg.dds.orset;

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

class SharedOrSetTest {
    private static final String OTHER_ADDS_FIG = "{\"type\":\"add\",\"element\":\"fig\","
            + "\"delta\":{\"context\":{\"b\":[1,1]},\"entries\":{\"fig\":{\"b\":[1]}}}}";

    private final RecordingHost host = new RecordingHost();
    private final SharedOrSet set = SharedOrSet.TYPE.create("set", "a");
    private final List<OrSetEvent> events = new ArrayList<>();

    SharedOrSetTest() {
        set.bind(host);
        set.subscribe(events::add);
    }

    @Test
    void anAdditionMadeAtTheSameTimeOutlivesARemoval() throws Exception {
        set.add("fig");
        host.acknowledge(set);
        assertThat(host.sent).containsExactly("{\"type\":\"add\",\"element\":\"fig\","
                + "\"delta\":{\"context\":{\"a\":[1,1]},\"entries\":{\"fig\":{\"a\":[1]}}}}");
        assertThat(set.remove("fig")).isTrue();
        assertThat(set.elements()).isEmpty();
        assertThat(set.sequencedElements()).containsExactly("fig");
        host.remote(set, OTHER_ADDS_FIG);
        host.acknowledge(set);
        assertThat(set.sequencedElements()).containsExactly("fig");
        assertThat(set.absorb(JsonValue.parse(OTHER_ADDS_FIG))).isFalse();
        assertThat(events).containsExactly(new OrSetEvent.Added("fig", true), new OrSetEvent.Removed("fig", true),
                new OrSetEvent.Added("fig", false));
        assertThat(set.remove("plum")).isFalse();
    }

    @Test
    void whatADeltaTakesBesidesItsElementIsToldToo() throws Exception {
        host.remote(set, OTHER_ADDS_FIG);
        host.remote(set, "{\"type\":\"add\",\"element\":\"plum\","
                + "\"delta\":{\"context\":{\"b\":[1,2]},\"entries\":{\"plum\":{\"b\":[2]}}}}");
        assertThat(events).containsExactly(new OrSetEvent.Added("fig", false), new OrSetEvent.Removed("fig", false),
                new OrSetEvent.Added("plum", false));
    }

    @Test
    void rollbackTakesBackTheNewestAndNothingElse() throws Exception {
        host.remote(set, OTHER_ADDS_FIG);
        set.remove("fig");
        set.add("plum");
        host.rollback(set);
        host.rollback(set);
        assertThat(set.elements()).containsExactly("fig");
        assertThat(events.subList(3, 5)).containsExactly(new OrSetEvent.Removed("plum", true),
                new OrSetEvent.Added("fig", true));
        set.check();
    }

    @Test
    void aSecondClientGoesOnFromTheSummary() throws Exception {
        host.remote(set, OTHER_ADDS_FIG);
        set.add("plum");
        assertThat(set.summarize().text("header")).isEqualTo(
                "{\"state\":{\"context\":{\"b\":[1,1]},\"entries\":{\"fig\":{\"b\":[1]}}},\"version\":1}");
        SharedOrSet loaded = SharedOrSet.TYPE.load("set", "c", set.summarize());
        loaded.bind(RecordingHost.detached());
        loaded.remove("fig");
        loaded.add("apple");
        assertThat(loaded.sequencedElements()).containsExactly("apple");
        assertThat(loaded.snapshot()).hasToString("[\"apple\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1",
        "{\"type\":\"add\",\"element\":\"fig\",\"delta\":{\"context\":{},\"entries\":{}}}",
        "{\"type\":\"add\",\"element\":\"fig\",\"delta\":{\"context\":{\"b\":[1,1]},\"entries\":{\"plum\":{\"b\":[1]}}}}",
        "{\"type\":\"add\",\"element\":\"fig\",\"delta\":{\"context\":{\"b\":[1,2]},\"entries\":{\"fig\":{\"b\":[1,2]}}}}",
        "{\"type\":\"remove\",\"element\":\"fig\",\"delta\":{\"context\":{\"b\":[1,1]},\"entries\":{\"fig\":{\"b\":[1]}}}}",
        "{\"type\":\"add\",\"element\":\"fig\",\"delta\":{\"context\":{},\"entries\":{\"fig\":{\"b\":[1]}}}}",
        "{\"type\":\"clear\",\"element\":\"fig\",\"delta\":{\"context\":{},\"entries\":{}}}"})
    void whatCannotBeReadChangesNothing(String contents) {
        String before = set.summarize().toString();
        assertThatThrownBy(() -> host.remote(set, contents)).isInstanceOf(ProtocolException.class);
        assertThat(set.summarize()).hasToString(before);
        assertThat(events).isEmpty();
    }

    @Test
    void aSummaryOfAnotherVersionIsRefused() {
        assertThatThrownBy(() -> SharedOrSet.TYPE.load("set", "a",
                new SummaryBuilder().text("header", "{\"state\":{\"context\":{},\"entries\":{}},\"version\":2}")
                        .build()))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("version");
        assertThatThrownBy(() -> SharedOrSet.TYPE.load("set", "a", new SummaryBuilder().build()))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("OR-set").hasMessageContaining("header");
    }
}
