package dev.thalweg.dds.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.dds.RecordingHost;
import dev.thalweg.dds.map.MapEvent.Cleared;
import dev.thalweg.dds.map.MapEvent.ValueChanged;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Subscription;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedMapTest {
    private final RecordingHost host = new RecordingHost();
    private final SharedMap map = SharedMap.TYPE.create("map", "r");
    private final List<MapEvent> events = new ArrayList<>();

    SharedMapTest() {
        map.bind(host);
        map.subscribe(events::add);
    }

    @Test
    void sendsWhatFluidSends() {
        map.set("k", JsonValue.of(4));
        map.delete("k");
        map.clear();
        assertThat(host.sent).containsExactly(
                "{\"key\":\"k\",\"type\":\"set\",\"value\":{\"type\":\"Plain\",\"value\":4}}",
                "{\"key\":\"k\",\"type\":\"delete\"}", "{\"type\":\"clear\"}");
    }

    @Test
    void ownChangesShowAtOnceAndAreAcknowledgedInSilence() throws Exception {
        map.set("k", JsonValue.of(1));
        map.set("k", JsonValue.of(2));
        assertThat(events).containsExactly(new ValueChanged("k", null, true),
                new ValueChanged("k", JsonValue.of(1), true));
        assertThat(map.pending("k")).isTrue();
        events.clear();
        host.acknowledge(map);
        assertThat(map.get("k")).isEqualTo(JsonValue.of(2));
        host.acknowledge(map);
        assertThat(map.pending("k")).isFalse();
        assertThat(events).isEmpty();
    }

    @Test
    void othersChangesStayUnderPendingOnes() throws Exception {
        map.set("k", JsonValue.of("mine"));
        events.clear();
        remote("{\"type\":\"set\",\"key\":\"k\",\"value\":{\"type\":\"Plain\",\"value\":\"theirs\"}}");
        remote("{\"type\":\"delete\",\"key\":\"k\"}");
        remote("{\"type\":\"clear\"}");
        assertThat(events).containsExactly(new Cleared(false));
        assertThat(map.get("k")).isEqualTo(JsonValue.of("mine"));
        host.acknowledge(map);
        assertThat(map.get("k")).isEqualTo(JsonValue.of("mine"));
        map.check();
    }

    @Test
    void clearTellsOfEveryKeyThatWent() throws Exception {
        remote("{\"type\":\"set\",\"key\":\"a\",\"value\":{\"type\":\"Plain\",\"value\":1}}");
        map.set("b", JsonValue.of(2));
        events.clear();
        map.clear();
        assertThat(events).containsExactly(new Cleared(true), new ValueChanged("a", JsonValue.of(1), true),
                new ValueChanged("b", JsonValue.of(2), true));
        assertThat(map.size()).isZero();
        assertThat(map.pending("a")).isTrue();
        assertThat(map.pending("never")).isFalse();
        events.clear();
        remote("{\"type\":\"set\",\"key\":\"a\",\"value\":{\"type\":\"Plain\",\"value\":3}}");
        remote("{\"type\":\"clear\"}");
        assertThat(events).isEmpty();
    }

    @Test
    void deletingWhatIsNotThereIsSentAndNotTold() {
        assertThat(map.delete("k")).isTrue();
        assertThat(host.sent).hasSize(1);
        assertThat(events).isEmpty();
    }

    @Test
    void placeOfALifetimeIsThatOfItsFirstSet() throws Exception {
        map.set("d", JsonValue.of(1));
        map.set("k", JsonValue.of(2));
        map.set("d", JsonValue.of(3));
        host.acknowledge(map);
        remote("{\"type\":\"delete\",\"key\":\"d\"}");
        assertThat(map.keys()).containsExactly("d", "k");
        map.delete("d");
        map.set("d", JsonValue.of(4));
        assertThat(map.keys()).containsExactly("k", "d");
        host.rollback(map);
        host.rollback(map);
        assertThat(map.keys()).containsExactly("d", "k");
        map.check();
    }

    @Test
    void rollbackRestoresWhatWasSeen() throws Exception {
        remote("{\"type\":\"set\",\"key\":\"a\",\"value\":{\"type\":\"Plain\",\"value\":1}}");
        map.set("b", JsonValue.of(2));
        map.clear();
        map.set("a", JsonValue.of(5));
        map.delete("a");
        events.clear();
        host.rollback(map);
        assertThat(events).containsExactly(new ValueChanged("a", null, true));
        host.rollback(map);
        assertThat(events).endsWith(new ValueChanged("a", JsonValue.of(5), true));
        events.clear();
        host.rollback(map);
        assertThat(events).containsExactly(new ValueChanged("a", null, true), new ValueChanged("b", null, true));
        assertThat(map.snapshot().toJson()).isEqualTo("{\"a\":1,\"b\":2}");
        host.rollback(map);
        assertThat(map.snapshot().toJson()).isEqualTo("{\"a\":1}");
        map.check();
    }

    @Test
    void thousandsOfUnacknowledgedChangesAreTakenInStride() throws Exception {
        int many = 20_000;
        for (int i = 0; i < many; i++) {
            map.set("k" + i, JsonValue.of(i));
            map.set("same", JsonValue.of(i));
            map.set("gone", JsonValue.of(i));
            map.delete("gone");
        }
        assertThat(map.size()).isEqualTo(many + 1);
        for (int i = 0; i < many; i++) {
            map.clear();
            map.set("again", JsonValue.of(i));
            assertThat(map.size()).isOne();
        }
        for (int i = 0; i < many; i++) {
            host.rollback(map);
            host.rollback(map);
        }
        assertThat(map.size()).isEqualTo(many + 1);
        while (!host.pending.isEmpty()) {
            host.acknowledge(map);
        }
        assertThat(map.size()).isEqualTo(many + 1);
        map.check();
    }

    @Test
    void detachedEditsTakeEffectAtOnce() {
        SharedMap detached = SharedMap.TYPE.create("map", "r");
        detached.bind(RecordingHost.detached());
        List<MapEvent> heard = new ArrayList<>();
        detached.subscribe(heard::add);
        detached.set("k", JsonValue.of(1));
        assertThat(detached.delete("none")).isFalse();
        assertThat(detached.delete("k")).isTrue();
        detached.set("k", JsonNull.NULL);
        detached.clear();
        assertThat(heard).containsExactly(new ValueChanged("k", null, true),
                new ValueChanged("k", JsonValue.of(1), true), new ValueChanged("k", null, true), new Cleared(true),
                new ValueChanged("k", JsonNull.NULL, true));
        assertThat(detached.summarize().text("header")).isEqualTo("{\"blobs\":[],\"content\":{}}");
    }

    @Test
    void nothingIsHeardAfterUnsubscribing() {
        List<MapEvent> heard = new ArrayList<>();
        Subscription subscription = map.subscribe(heard::add);
        map.set("k", JsonValue.of(1));
        subscription.cancel();
        subscription.cancel();
        map.set("k", JsonValue.of(2));
        assertThat(heard).hasSize(1);
    }

    @Test
    void summaryHoldsOnlyWhatWasSequenced() throws Exception {
        remote("{\"type\":\"set\",\"key\":\"b\",\"value\":{\"type\":\"Plain\",\"value\":1}}");
        remote("{\"type\":\"set\",\"key\":\"10\",\"value\":{\"type\":\"Plain\",\"value\":2}}");
        remote("{\"type\":\"set\",\"key\":\"9\",\"value\":{\"type\":\"Plain\",\"value\":3}}");
        remote("{\"type\":\"set\",\"key\":\"09\",\"value\":{\"type\":\"Plain\",\"value\":4}}");
        map.set("pending", JsonValue.of(1));
        assertThat(map.summarize().text("header")).isEqualTo("{\"blobs\":[],\"content\":{"
                + "\"9\":{\"type\":\"Plain\",\"value\":3},\"10\":{\"type\":\"Plain\",\"value\":2},"
                + "\"b\":{\"type\":\"Plain\",\"value\":1},\"09\":{\"type\":\"Plain\",\"value\":4}}}");
    }

    @Test
    void largeSummariesAreSplitAndReadBack() throws Exception {
        SharedMap large = SharedMap.TYPE.create("map", "r");
        large.bind(RecordingHost.detached());
        large.set("alone", JsonValue.of("x".repeat(8190)));
        for (int i = 0; i < 5; i++) {
            large.set("k" + i, JsonValue.of("y".repeat(5000)));
        }
        SummaryNode.Tree summary = large.summarize();
        assertThat(summary.entries().keySet()).containsExactly("blob0", "blob1", "header");
        assertThat(((JsonObject) JsonValue.parse(summary.text("blob1"))).size()).isEqualTo(3);
        SharedMap loaded = SharedMap.TYPE.load("map", "r2", summary);
        assertThat(loaded.snapshot()).isEqualTo(large.snapshot());
        assertThat(loaded.size()).isEqualTo(6);
    }

    @Test
    void readsTheSummaryFormatBeforeBlobs() throws Exception {
        SharedMap loaded = SharedMap.TYPE.load("map", "r",
                new SummaryBuilder().text("header", "{\"k\":{\"type\":\"Plain\"}}").build());
        assertThat(loaded.get("k")).isEqualTo(JsonNull.NULL);
    }

    @Test
    void refusesWhatItCannotRead() {
        for (String bad : List.of("1", "{}", "{\"type\":\"set\"}", "{\"type\":\"set\",\"key\":1,\"value\":{}}",
                "{\"type\":\"set\",\"key\":\"k\",\"value\":{\"type\":\"Shared\",\"value\":\"x\"}}",
                "{\"type\":\"delete\"}", "{\"type\":\"grow\",\"key\":\"k\"}")) {
            assertThatThrownBy(() -> remote(bad)).as(bad).isInstanceOf(ProtocolException.class);
        }
        assertThat(map.size()).isZero();
        assertThatThrownBy(() -> SharedMap.TYPE.load("map", "r", SummaryNode.Tree.EMPTY))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("header");
    }

    private void remote(String contents) throws Exception {
        host.remote(map, contents);
    }
}
