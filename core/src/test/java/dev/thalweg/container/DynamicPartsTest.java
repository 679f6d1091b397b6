package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.container.Rig.Box;
import dev.thalweg.container.Rig.Peer;
import dev.thalweg.dds.Handle;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Data stores and channels that come while a document is in use, and the handles that lead to them. */
class DynamicPartsTest {
    private static final ContainerSchema LOCK = ContainerSchema.builder().object("level", SharedCounter.TYPE)
            .object("log", SharedMap.TYPE).build();
    private final Rig rig = new Rig();

    @Test
    void aDataStoreOfOursIsFoundByItsHandleAndIsInSummaries() {
        Peer a = rig.create();
        Peer b = rig.join();
        Peer s = rig.join(Rig.SUMMARIZER);
        Handle lock = a.container.addStore(List.of("rootDO", "lock"), LOCK);
        a.container.channel(lock.path() + "/level", SharedCounter.TYPE).increment(2);
        a.gauges().set("lock", lock.toJson());
        rig.service.settle();
        assertThat(rig.operations()).hasSize(1);
        assertThat(b.events(ContainerEvent.DataStoreAttached.class))
                .containsExactly(new ContainerEvent.DataStoreAttached(lock.path().substring(1), false));

        Handle found = Objects.requireNonNull(Handle.read(b.get("lock")));
        assertThat(b.container.resolve(found)).isEqualTo(new Resolved.Store(lock.path().substring(1)));
        SharedCounter level = b.container.channel(found.path() + "/level", SharedCounter.TYPE);
        level.increment(3);
        rig.service.settle();
        assertThat(a.container.channel(lock.path() + "/level", SharedCounter.TYPE).value()).isEqualTo(5);

        SummaryNode.Tree stores = Objects.requireNonNull(summarize(s).tree().tree(".channels"));
        assertThat(Objects.requireNonNull(stores.tree(found.path().substring(1))).text(".component"))
                .isEqualTo("{\"pkg\":\"[\\\"rootDO\\\",\\\"lock\\\"]\",\"summaryFormatVersion\":2,"
                        + "\"isRootDataStore\":false}");
        Peer late = rig.join();
        assertThat(late.container.channel(found.path() + "/level", SharedCounter.TYPE).value()).isEqualTo(5);
        assertThat(Objects.requireNonNull(summarize(s).tree().tree(".channels")).get(found.path().substring(1)))
                .isInstanceOf(SummaryNode.Handle.class);
    }

    /** The shape of a stock client's message for a new data object, from a capture. */
    @Test
    void theMessageHasTheStockClientsShape() {
        Peer a = rig.create();
        Handle lock = a.container.addStore(List.of("rootDO", "lock"),
                ContainerSchema.builder().object("level", SharedCounter.TYPE).build());
        rig.service.settle();
        String id = lock.path().substring(1);
        assertThat(contents()).isEqualTo("{\"type\":\"attach\",\"contents\":{\"id\":\"" + id
                + "\",\"snapshot\":{\"entries\":[{\"path\":\".channels\",\"value\":{\"entries\":[{\"path\":\"level\","
                + "\"value\":{\"entries\":[{\"path\":\"header\",\"mode\":\"100644\",\"type\":\"Blob\",\"value\":{"
                + "\"contents\":\"{\\\"value\\\":0}\",\"encoding\":\"utf-8\"}},{\"path\":\".attributes\",\"mode\":"
                + "\"100644\",\"type\":\"Blob\",\"value\":{\"contents\":\"{\\\"type\\\":"
                + "\\\"https://graph.microsoft.com/types/counter\\\",\\\"snapshotFormatVersion\\\":\\\"0.1\\\","
                + "\\\"packageVersion\\\":\\\"0.1.0\\\"}\",\"encoding\":\"utf-8\"}}]},\"mode\":\"040000\",\"type\":"
                + "\"Tree\"}]},\"mode\":\"040000\",\"type\":\"Tree\"},{\"path\":\".component\",\"mode\":\"100644\","
                + "\"type\":\"Blob\",\"value\":{\"contents\":\"{\\\"pkg\\\":\\\"[\\\\\\\"rootDO\\\\\\\",\\\\\\\"lock"
                + "\\\\\\\"]\\\",\\\"summaryFormatVersion\\\":2,\\\"isRootDataStore\\\":false}\",\"encoding\":"
                + "\"utf-8\"}},{\"path\":\".gcdata\",\"mode\":\"100644\",\"type\":\"Blob\",\"value\":{\"contents\":"
                + "\"{\\\"gcNodes\\\":{\\\"/level\\\":[\\\"/" + id + "\\\"],\\\"/\\\":[\\\"/" + id
                + "/level\\\"]}}\",\"encoding\":\"utf-8\"}}]},\"type\":\"lock\"}}");
    }

    @Test
    void aDataStoreMadeWhileDisconnectedComesWithTheNextConnection() {
        Peer a = rig.create();
        Peer b = rig.join();
        a.link.cut();
        rig.service.settle();
        Handle lock = a.container.addStore(List.of("lock"), LOCK);
        a.container.channel(lock.path() + "/log", SharedMap.TYPE).set("k", JsonValue.of(1));
        SharedMap extra = a.container.create(SharedMap.TYPE);
        extra.set("store", lock.toJson());
        a.link.restore();
        rig.service.advance(20_000);
        assertThat(b.container.channel(lock.path() + "/log", SharedMap.TYPE).get("k")).isEqualTo(JsonValue.of(1));
        assertThat(b.container.resolve(a.container.handle(extra))).isInstanceOf(Resolved.Structure.class);
        Rig.assertSame(a, b, rig.join());
    }

    @Test
    void aDataStoreOfABatchThatThrowsIsTakenBack() {
        Peer a = rig.create();
        Handle[] lock = new Handle[1];
        assertThatThrownBy(() -> a.container.runTransaction(() -> {
            lock[0] = a.container.addStore(List.of("lock"), LOCK);
            a.container.channel(lock[0].path() + "/level", SharedCounter.TYPE).increment(1);
            throw new IllegalStateException("no");
        })).hasMessage("no");
        rig.service.settle();
        assertThat(rig.operations()).isEmpty();
        assertThat(a.container.resolve(lock[0])).isEqualTo(new Resolved.Missing(lock[0].path()));
    }

    @Test
    void aChannelOfATransactionThatThrowsIsTakenBack() {
        Peer a = rig.create();
        SharedCounter[] added = new SharedCounter[2];
        assertThatThrownBy(() -> a.container.runTransaction(() -> {
            added[0] = a.container.create(SharedCounter.TYPE);
            added[0].increment(1);
            Handle lock = a.container.addStore(List.of("lock"), LOCK);
            added[1] = a.container.channel(lock.path() + "/level", SharedCounter.TYPE);
            throw new IllegalStateException("no");
        })).hasMessage("no");
        rig.service.settle();
        assertThat(rig.operations()).isEmpty();
        assertThat(a.container.quarantined()).isEmpty();
        for (SharedCounter counter : added) {
            assertThatThrownBy(() -> a.container.path(counter)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> counter.increment(1)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("taken back");
        }
    }

    @Test
    void handlesLeadToWhatTheyName() {
        rig.found(SummaryTest.foreign());
        Peer a = rig.join();
        assertThat(a.container.resolve(new Handle("/A"))).isEqualTo(new Resolved.Store("A"));
        assertThat(a.container.resolve(new Handle("/rootDOId"))).isEqualTo(new Resolved.Store("A"));
        assertThat(a.container.resolve(new Handle("/A/_C"))).isEqualTo(new Resolved.Structure(a.gauges()));
        assertThat(a.container.resolve(new Handle("/rootDOId/_C"))).isEqualTo(new Resolved.Structure(a.gauges()));
        assertThat(a.container.resolve(new Handle("/A/_Q")))
                .isEqualTo(new Resolved.Foreign("/A/_Q", "https://graph.microsoft.com/types/mergeTree"));
        for (String nothing : List.of("/B", "/A/_X", "/A/", "/B/_C", "/_blobs/x", "/_blobs/")) {
            assertThat(a.container.resolve(new Handle(nothing))).isEqualTo(new Resolved.Missing(nothing));
        }
        assertThat(a.container.handle(a.gauges()).path()).isEqualTo("/A/_C");
        assertThat(Handle.read(JsonValue.of("x"))).isNull();
        assertThat(Handle.read(null)).isNull();
        assertThat(Handle.read(new Handle("/A").toJson().with("url", JsonValue.of(7)))).isNull();
        assertThat(Handle.read(new Handle("/A").toJson().with("url", JsonValue.of("A")))).isNull();
        assertThatThrownBy(() -> new Handle("A")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNotModelledInADataStoreForbidsASummary() {
        Peer a = rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        Rig.Raw raw = rig.new Raw();
        raw.submit(
                "{\"type\":\"component\",\"contents\":{\"address\":\"A\",\"contents\":{\"type\":\"sing\",\"content\":{}}}}",
                null);
        assertThat(a.events(ContainerEvent.OperationUnreadable.class).get(0).reason()).contains("sing").contains("A");
        assertThat(refused(s)).contains("/A");
    }

    @Test
    void anAttachThatCannotBeReadForbidsASummaryAndTheRestWorks() {
        Peer a = rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        rig.new Raw().submit("{\"type\":\"attach\",\"contents\":{\"id\":\"B\",\"snapshot\":{\"entries\":[]}}}", null);
        assertThat(a.events(ContainerEvent.OperationUnreadable.class).get(0).reason()).contains("B has no .component");
        a.set("k", 1);
        rig.service.settle();
        assertThat(refused(s)).contains("B has no .component");
        Rig.assertSame(a, s, rig.join());
    }

    private SummaryReport summarize(Peer peer) {
        Box<SummaryReport> box = new Box<>();
        peer.container.summarize(box);
        rig.service.settle();
        return box.value();
    }

    private String refused(Peer peer) {
        Box<SummaryReport> box = new Box<>();
        peer.container.summarize(box);
        rig.service.settle();
        return box.failure().message();
    }

    private String contents() {
        try {
            return ((JsonString) JsonValue.parse(
                    Objects.requireNonNull(rig.operations().get(0).contents()).text())).value();
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }
}
