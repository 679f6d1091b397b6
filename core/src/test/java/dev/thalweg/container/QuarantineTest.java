package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.container.Rig.Box;
import dev.thalweg.container.Rig.Peer;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarantineTest {
    private final Rig rig = new Rig();

    @Test
    void anOperationThatCannotBeReadStopsItsChannelOnly() {
        Peer a = rig.create();
        Peer b = rig.join();
        a.set("k", 1);
        rig.service.settle();
        Rig.Raw raw = rig.new Raw();
        raw.submit(BatchTest.component("_C", "{\"type\":\"burn\",\"key\":\"k\"}"), null);

        for (Peer peer : List.of(a, b)) {
            List<ContainerEvent.ChannelQuarantined> told = peer.events(ContainerEvent.ChannelQuarantined.class);
            assertThat(told).hasSize(1);
            assertThat(told.get(0).channelId()).isEqualTo("_C");
            assertThat(told.get(0).sequenceNumber()).isEqualTo(rig.service.sequenceNumber(rig.documentId));
            assertThat(peer.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
            assertThatThrownBy(() -> peer.set("k", 2)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("/A/_C");
            assertThat(peer.container.quarantined()).containsOnlyKeys("/A/_C");
        }
        a.sandbags().increment(2);
        raw.submit(BatchTest.increment(3), null);
        rig.service.settle();
        Rig.assertSame(a, b);
        assertThat(b.sandbags().value()).isEqualTo(5);
        assertThat(b.get("k")).isEqualTo(JsonValue.of(1));
    }

    @Test
    void pendingEditsOfAQuarantinedChannelDoNotHoldTheRestBack() {
        Peer a = rig.create();
        Peer b = rig.join();
        Rig.Raw raw = rig.new Raw();
        b.link.pauseUp(true);
        b.set("k", 1);
        b.sandbags().increment(4);
        rig.timers.advance(0);
        raw.submit(BatchTest.component("_C", "{\"type\":\"burn\"}"), null);
        b.link.pauseUp(false);
        rig.service.settle();
        assertThat(b.container.dirty()).isFalse();
        assertThat(a.sandbags().value()).isEqualTo(4);

        b.link.pauseUp(true);
        b.sandbags().increment(1);
        rig.timers.advance(0);
        b.link.cut();
        b.link.restore();
        rig.service.advance(2_000);
        assertThat(a.sandbags().value()).isEqualTo(5);
        assertThat(b.container.dirty()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "7", "null", "{}", "{\"type\":3}", "{\"type\":\"component\"}",
        "{\"type\":\"component\",\"contents\":{\"address\":\"nowhere\",\"contents\":{}}}",
        "{\"type\":\"component\",\"contents\":{\"address\":\"A\",\"contents\":{\"type\":\"op\",\"content\":{\"address\":"
                + "\"nobody\",\"contents\":1}}}}",
        "{\"type\":\"component\",\"contents\":{\"address\":\"A\",\"contents\":{\"type\":\"sing\",\"content\":{}}}}",
        "{\"type\":\"component\",\"contents\":{\"address\":\"A\",\"contents\":{\"type\":\"attach\",\"content\":"
                + "{\"id\":\"x\",\"snapshot\":7}}}}",
        "{\"type\":\"attach\",\"contents\":{\"id\":\"A\",\"snapshot\":{\"entries\":[]}}}",
        "{\"type\":\"attach\",\"contents\":{\"id\":\"B\",\"snapshot\":{\"entries\":[]}}}",
        "{\"type\":\"alias\",\"contents\":{\"internalId\":\"nobody\",\"alias\":\"x\"}}",
        "{\"type\":\"groupedBatch\",\"contents\":3}", "{\"type\":\"unheard-of\",\"contents\":{}}",
        "{\"type\":\"chunkedOp\",\"contents\":{\"chunkId\":2,\"totalChunks\":3,\"contents\":\"x\"}}",
        "{\"packedContents\":\"AAAA\"}"})
    void whatCannotBeReadAtAllIsToldAndPassedOver(String contents) {
        Peer a = rig.create();
        rig.new Raw().submit(contents, null);
        assertThat(a.events(ContainerEvent.OperationUnreadable.class)).hasSize(1);
        assertThat(a.events(ContainerEvent.ChannelQuarantined.class)).isEmpty();
        a.sandbags().increment(1);
        rig.service.settle();
        Rig.assertSame(a, rig.join());
        assertThat(a.events(ContainerEvent.ListenerFailed.class)).isEmpty();
    }

    @Test
    void oneBadMemberOfAGroupDoesNotTakeTheOthersWithIt() {
        Peer a = rig.create();
        rig.new Raw().submit("{\"type\":\"groupedBatch\",\"contents\":[{\"contents\":" + BatchTest.increment(1)
                + "},7,{\"contents\":" + BatchTest.increment(2) + "}]}", "{\"groupedOpCount\":3}");
        assertThat(a.sandbags().value()).isEqualTo(3);
        assertThat(a.events(ContainerEvent.OperationUnreadable.class)).hasSize(1);
    }

    @Test
    void aCompressedMessageIsToldAsUnreadable() {
        Peer a = rig.create();
        Rig.Raw raw = rig.new Raw();
        raw.submit(new DocumentMessage(raw.nextCsn(), rig.service.sequenceNumber(rig.documentId), MessageType.OP,
                new RawJson("\"{\\\"packedContents\\\":\\\"AAAA\\\"}\""), null, "lz4"));
        assertThat(a.events(ContainerEvent.OperationUnreadable.class)).hasSize(1);
        assertThat(a.events(ContainerEvent.OperationUnreadable.class).get(0).reason()).contains("lz4");
    }

    @Test
    void operationsOfOtherKindsAreTolerated() {
        Peer a = rig.create();
        Rig.Raw raw = rig.new Raw();
        raw.submit("{\"type\":\"idAllocation\",\"contents\":{\"sessionId\":\"4a09d617-2d95-4c23-8f9b-31f4f9499122\"}}",
                null, "{\"type\":\"schema\",\"contents\":{\"version\":1,\"refSeq\":0,\"runtime\":{}}}", null,
                "{\"type\":\"GC\",\"contents\":{\"type\":\"TombstoneLoaded\"}}", null,
                "{\"type\":\"blobAttach\"}", "{\"localId\":\"l\",\"blobId\":\"b\"}", "{\"type\":\"rejoin\"}", null);
        assertThat(a.events(ContainerEvent.OperationUnreadable.class)).isEmpty();
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
    }

    /** The attach messages of the stock client, shortened. */
    @Test
    void dataStoresAndAliasesOfOthersAreUnderstood() {
        Peer a = rig.create();
        Rig.Raw raw = rig.new Raw();
        String header = "{\\\"blobs\\\":[],\\\"content\\\":{\\\"before\\\":{\\\"type\\\":\\\"Plain\\\",\\\"value\\\":1}}}";
        String attributes = "{\\\"type\\\":\\\"https://graph.microsoft.com/types/map\\\","
                + "\\\"snapshotFormatVersion\\\":\\\"0.2\\\",\\\"packageVersion\\\":\\\"2.111.0\\\"}";
        String channel = "{\"entries\":[" + blob("header", header) + "," + blob(".attributes", attributes) + ","
                + blob(".gcdata", "{\\\"gcNodes\\\":{\\\"/\\\":[]}}") + "]}";
        String store = "{\"entries\":[{\"path\":\".channels\",\"value\":{\"entries\":[{\"path\":\"m\",\"value\":"
                + channel + ",\"mode\":\"040000\",\"type\":\"Tree\"}]},\"mode\":\"040000\",\"type\":\"Tree\"},"
                + blob(".component", "{\\\"pkg\\\":\\\"[\\\\\\\"rootDO\\\\\\\",\\\\\\\"my-do\\\\\\\"]\\\","
                        + "\\\"summaryFormatVersion\\\":2,\\\"isRootDataStore\\\":false}")
                + "]}";
        raw.submit("{\"type\":\"attach\",\"contents\":{\"id\":\"S\",\"snapshot\":" + store + ",\"type\":\"my-do\"}}",
                null, "{\"type\":\"alias\",\"contents\":{\"internalId\":\"S\",\"alias\":\"mine\"}}", null,
                "{\"type\":\"alias\",\"contents\":{\"internalId\":\"A\",\"alias\":\"mine\"}}", null,
                "{\"type\":\"component\",\"contents\":{\"address\":\"A\",\"contents\":{\"content\":{\"id\":\"_L\","
                        + "\"snapshot\":" + channel + ",\"type\":\"https://graph.microsoft.com/types/map\"},"
                        + "\"type\":\"attach\"}}}",
                null);
        assertThat(a.events(ContainerEvent.OperationUnreadable.class)).isEmpty();
        for (Peer peer : List.of(a, rig.join())) {
            for (String path : List.of("/mine/m", "/S/m", "/A/_L")) {
                assertThat(peer.container.channel(path, dev.thalweg.dds.map.SharedMap.TYPE).get("before"))
                        .isEqualTo(JsonValue.of(1));
            }
        }
        Box<Container> box = new Box<>();
        Peer summarizer = rig.join(Rig.SUMMARIZER);
        Box<SummaryReport> report = new Box<>();
        summarizer.container.summarize(report);
        rig.service.settle();
        assertThat(report.value().tree()).isNotNull();
        Container.load(rig.services(rig.service.link(), ContainerServices.WRITER), rig.documentId, Rig.SCHEMA, box);
        rig.service.settle();
        assertThat(box.value().channel("/mine/m", dev.thalweg.dds.map.SharedMap.TYPE).has("before")).isTrue();
        assertThat(box.value().runtime().stores.all().get("S").component()).contains("\"isRootDataStore\":true");
    }

    private static String blob(String path, String escaped) {
        return "{\"path\":\"" + path + "\",\"mode\":\"100644\",\"type\":\"Blob\",\"value\":{\"contents\":\"" + escaped
                + "\",\"encoding\":\"utf-8\"}}";
    }
}
