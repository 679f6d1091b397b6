package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.container.Rig.Peer;
import dev.thalweg.dds.map.MapEvent;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackOptions;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.sequencing.SequencerLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final Rig rig = new Rig();

    /** The bytes of the stock client for the same edits, from a capture. */
    @Test
    void severalEditsOfOneTurnAreOneGroup() {
        Peer a = rig.create();
        a.set("batch0", 0);
        a.set("batch1", 1);
        a.set("batch2", 2);
        rig.service.settle();
        SequencedMessage message = rig.operations().get(0);
        assertThat(Objects.requireNonNull(message.metadata()).text()).isEqualTo("{\"groupedOpCount\":3}");
        assertThat(contents(message)).isEqualTo("{\"type\":\"groupedBatch\",\"contents\":["
                + "{\"contents\":{\"type\":\"component\",\"contents\":{\"address\":\"A\",\"contents\":{\"content\":"
                + "{\"address\":\"_C\",\"contents\":{\"key\":\"batch0\",\"type\":\"set\",\"value\":{\"type\":\"Plain\","
                + "\"value\":0}}},\"type\":\"op\"}}},\"metadata\":{\"batch\":true}},"
                + "{\"contents\":{\"type\":\"component\",\"contents\":{\"address\":\"A\",\"contents\":{\"content\":"
                + "{\"address\":\"_C\",\"contents\":{\"key\":\"batch1\",\"type\":\"set\",\"value\":{\"type\":\"Plain\","
                + "\"value\":1}}},\"type\":\"op\"}}}},"
                + "{\"contents\":{\"type\":\"component\",\"contents\":{\"address\":\"A\",\"contents\":{\"content\":"
                + "{\"address\":\"_C\",\"contents\":{\"key\":\"batch2\",\"type\":\"set\",\"value\":{\"type\":\"Plain\","
                + "\"value\":2}}},\"type\":\"op\"}}},\"metadata\":{\"batch\":false}}]}");
    }

    /** The bytes of the stock client for the same edit, from a capture. */
    @Test
    void oneEditGoesBare() {
        Peer a = rig.create();
        a.sandbags().increment(100);
        rig.service.settle();
        SequencedMessage message = rig.operations().get(0);
        assertThat(message.metadata()).isNull();
        assertThat(contents(message)).isEqualTo("{\"type\":\"component\",\"contents\":{\"address\":\"A\",\"contents\":"
                + "{\"content\":{\"address\":\"_E\",\"contents\":{\"type\":\"increment\",\"incrementAmount\":100}},"
                + "\"type\":\"op\"}}}");
    }

    @Test
    void aBatchThatThrowsIsTakenBackNewestFirst() {
        Peer a = rig.create();
        a.set("k", 1);
        rig.service.settle();
        List<MapEvent> heard = new ArrayList<>();
        a.gauges().subscribe(heard::add);
        RuntimeException mine = new RuntimeException("mine");
        assertThatThrownBy(() -> a.container.runTransaction(() -> {
            a.set("k", 2);
            a.set("l", 3);
            a.sandbags().increment(9);
            throw mine;
        })).isSameAs(mine);
        rig.service.settle();
        assertThat(a.get("k")).isEqualTo(JsonValue.of(1));
        assertThat(a.get("l")).isNull();
        assertThat(a.sandbags().value()).isZero();
        assertThat(heard).filteredOn(event -> event instanceof MapEvent.ValueChanged)
                .extracting(event -> ((MapEvent.ValueChanged) event).key()).containsExactly("k", "l", "l", "k");
        assertThat(rig.operations()).hasSize(1);
        assertThat(a.container.dirty()).isFalse();
        Rig.assertSame(a, rig.join());
    }

    @Test
    void anInnerBatchThatThrowsTakesOnlyItsOwnBack() {
        Peer a = rig.create();
        a.set("before", 0);
        a.container.runTransaction(() -> {
            a.set("k", 1);
            try {
                a.container.runTransaction(() -> {
                    a.set("k", 2);
                    throw new IllegalArgumentException("inner");
                });
            } catch (IllegalArgumentException e) {
                a.set("l", 3);
            }
        });
        rig.service.settle();
        assertThat(a.get("k")).isEqualTo(JsonValue.of(1));
        assertThat(a.get("l")).isEqualTo(JsonValue.of(3));
        // What the turn had made before the batch is not part of it.
        assertThat(rig.operations()).hasSize(2);
        Rig.assertSame(a, rig.join());
    }

    @Test
    void aBatchOfSeparateMessagesIsUnderstood() {
        Peer a = rig.create();
        Rig.Raw raw = rig.new Raw();
        raw.submit(increment(1), "{\"batch\":true}", increment(2), null, increment(3), "{\"batch\":false}");
        assertThat(a.sandbags().value()).isEqualTo(6);
        assertThat(a.container.runtime().inbound.insideBatch()).isFalse();
        Rig.assertSame(a, rig.join());
    }

    @Test
    void aGroupTooLargeForTheServiceGoesAsSeparateMessages() {
        Rig small = new Rig(new LoopbackOptions(new SequencerLimits(1_000), Scopes.ALL, 250));
        Peer a = small.create();
        Peer b = small.join();
        for (int i = 0; i < 6; i++) {
            a.gauges().set("k" + i, JsonValue.of("x".repeat(200)));
        }
        assertThat(a.container.pendingCount()).isEqualTo(6);
        small.service.settle();
        assertThat(small.operations()).hasSize(6);
        assertThat(Objects.requireNonNull(small.operations().get(0).metadata()).text()).isEqualTo("{\"batch\":true}");
        assertThat(small.operations().get(1).metadata()).isNull();
        assertThat(Objects.requireNonNull(small.operations().get(5).metadata()).text()).isEqualTo("{\"batch\":false}");
        assertThat(a.events(ContainerEvent.Nacked.class)).isEmpty();
        Rig.assertSame(a, b);
    }

    @Test
    void anOperationTooLargeForTheServiceIsRefusedBeforeAnythingChanges() {
        Rig small = new Rig(new LoopbackOptions(new SequencerLimits(1_000), Scopes.ALL, 250));
        Peer a = small.create();
        assertThatThrownBy(() -> a.gauges().set("k", JsonValue.of("x".repeat(2_000))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at most 1000")
                .hasMessageContaining("of 2469");
        assertThat(a.gauges().size()).isZero();
        assertThat(a.container.dirty()).isFalse();
        a.gauges().set("k", JsonValue.of("x".repeat(500)));
        small.service.settle();
        assertThat(a.events(ContainerEvent.Nacked.class)).isEmpty();
        Rig.assertSame(a, small.join());
    }

    @Test
    void aTurnTooLargeForOneSubmissionGoesInSeveral() {
        Peer a = rig.create();
        Peer b = rig.join();
        for (int i = 0; i < 40; i++) {
            a.gauges().set("k" + i, JsonValue.of("x".repeat(20_000)));
        }
        rig.service.settle();
        assertThat(rig.operations()).hasSizeBetween(2, 6);
        assertThat(rig.operations()).allSatisfy(message -> assertThat(contents(message).length()).isLessThan(716_800));
        Rig.assertSame(a, b);
    }

    @Test
    void aBatchTooLargeForOneSubmissionIsTakenBack() {
        Peer a = rig.create();
        assertThatThrownBy(() -> a.container.runTransaction(() -> {
            for (int i = 0; i < 40; i++) {
                a.gauges().set("k" + i, JsonValue.of("x".repeat(300_000)));
            }
        })).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("33554432");
        rig.service.settle();
        assertThat(a.gauges().size()).isZero();
        assertThat(rig.operations()).isEmpty();

        assertThatThrownBy(() -> a.gauges().set("k", JsonValue.of("\u20ac".repeat(12_000_000))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("33554432");
    }

    @Test
    void whatAListenerMakesInTheMiddleOfAGroupHasNotSeenTheGroup() {
        Peer a = rig.create();
        Peer b = rig.join();
        b.gauges().subscribe(event -> {
            if (event instanceof MapEvent.ValueChanged changed && changed.key().equals("first")) {
                b.sandbags().increment(1);
            }
        });
        a.set("first", 1);
        a.set("second", 2);
        rig.service.settle();
        SequencedMessage group = rig.operations().get(0);
        SequencedMessage answer = rig.operations().get(1);
        assertThat(answer.referenceSequenceNumber()).isEqualTo(group.sequenceNumber() - 1);

        a.set("first", 3);
        rig.service.settle();
        SequencedMessage single = rig.operations().get(2);
        assertThat(rig.operations().get(3).referenceSequenceNumber()).isEqualTo(single.sequenceNumber());
        Rig.assertSame(a, b);
    }

    @Test
    void whatWaitsIsSentBeforeAnythingElseIsProcessed() {
        Peer a = rig.create();
        Peer b = rig.join();
        a.set("k", 1);
        rig.timers.advance(0);
        b.set("k", 2);
        int seen = b.container.sequenceNumber();
        // The other's edit arrives in the same turn.
        while (b.container.sequenceNumber() == seen) {
            assertThat(rig.service.step()).isTrue();
        }
        rig.service.settle();
        assertThat(rig.operations().get(1).referenceSequenceNumber()).isEqualTo(seen);
        Rig.assertSame(a, b);
    }

    @Test
    void aBatchSequencedTwiceClosesTheContainer() {
        Peer a = rig.create();
        Rig.Raw raw = rig.new Raw();
        raw.submit(increment(1), "{\"batchId\":\"x_[3]\"}");
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
        raw.submit(increment(1), "{\"batchId\":\"x_[3]\"}");
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CLOSED);
        assertThat(a.sandbags().value()).isEqualTo(1);
    }

    @Test
    void aBatchSentAgainAfterItWasSequencedClosesTheContainer() {
        Peer a = rig.create();
        Rig.Raw raw = rig.new Raw();
        raw.submit(increment(1), null);
        String name = RecentBatches.id(Objects.requireNonNull(raw.connected).clientId(), 1);
        rig.new Raw().submit(increment(1), "{\"batchId\":\"" + name + "\"}");
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CLOSED);
    }

    static String increment(int amount) {
        return component("_E", "{\"type\":\"increment\",\"incrementAmount\":" + amount + "}");
    }

    static String component(String channel, String contents) {
        return "{\"type\":\"component\",\"contents\":{\"address\":\"A\",\"contents\":{\"content\":{\"address\":\""
                + channel + "\",\"contents\":" + contents + "},\"type\":\"op\"}}}";
    }

    private static String contents(SequencedMessage message) {
        try {
            return ((dev.thalweg.json.JsonString) Objects.requireNonNull(message.contents()).value()).value();
        } catch (dev.thalweg.json.ProtocolException e) {
            throw new AssertionError(e);
        }
    }
}
