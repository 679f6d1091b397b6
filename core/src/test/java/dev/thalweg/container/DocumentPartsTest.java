package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.container.Rig.Box;
import dev.thalweg.container.Rig.Peer;
import dev.thalweg.dds.Handle;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a document keeps beside its data stores, and what operations do to it. */
class DocumentPartsTest {
    private static final String SESSION = "4a09d617-2d95-4c23-8f9b-31f4f9499122";
    private final Rig rig = new Rig();

    @Test
    void allocatedIdsAreInTheNextSummaryAndThenTakenOver() {
        rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        rig.new Raw().submit("{\"type\":\"idAllocation\",\"contents\":{\"sessionId\":\"" + SESSION + "\",\"ids\":"
                + "{\"firstGenCount\":1,\"count\":1,\"requestedClusterSize\":512,\"localIdRanges\":[[1,1]]}}}", null);
        SummaryNode.Tree first = summarize(s).tree();
        assertThat(first.text(".idCompressor")).startsWith("\"AAAAAAAAAEAAAAAAAAAAAAAAAAAAAPA/AAAAAAAA8D8ikUn5");
        SummaryNode.Tree second = summarize(s).tree();
        assertThat(second.get(".idCompressor")).isEqualTo(new SummaryNode.Handle("/.idCompressor", true));
        assertThat(rig.join().container.runtime().parts.ids.write()).isEqualTo(first.text(".idCompressor"));
    }

    @Test
    void aBlobIsUploadedNamedByAHandleAndReadByOthers() {
        Peer a = rig.create();
        Peer b = rig.join();
        Peer s = rig.join(Rig.SUMMARIZER);
        byte[] bytes = "blob-content-123".getBytes(StandardCharsets.US_ASCII);
        Box<Handle> uploaded = new Box<>();
        a.container.uploadBlob(bytes, uploaded);
        rig.service.settle();
        Handle handle = uploaded.value();
        assertThat(handle.path()).startsWith("/_blobs/");
        assertThat(Objects.requireNonNull(rig.operations().get(0).metadata()).text()).isEqualTo("{\"localId\":\""
                + handle.blobName() + "\",\"blobId\":\"2b054169d29f5d9d5d5a5a25a6f837260b326796\"}");
        assertThat(Objects.requireNonNull(rig.operations().get(0).contents()).text())
                .isEqualTo("\"{\\\"type\\\":\\\"blobAttach\\\"}\"");
        a.gauges().set("blob", handle.toJson());
        rig.service.settle();
        assertThat(read(b, Objects.requireNonNull(Handle.read(b.get("blob"))))).isEqualTo(bytes);
        assertThat(a.container.pendingCount()).isZero();

        SummaryNode.Tree folder = Objects.requireNonNull(summarize(s).tree().tree(".blobs"));
        assertThat(folder.text(".redirectTable")).isEqualTo("[[\"" + handle.blobName()
                + "\",\"2b054169d29f5d9d5d5a5a25a6f837260b326796\"]]");
        assertThat(folder.get("0")).isEqualTo(new SummaryNode.Attachment("2b054169d29f5d9d5d5a5a25a6f837260b326796"));
        Peer late = rig.join();
        assertThat(read(late, handle)).isEqualTo(bytes);
        assertThat(read(late, Handle.blob("2b054169d29f5d9d5d5a5a25a6f837260b326796"))).isEqualTo(bytes);
        assertThat(summarize(s).tree().get(".blobs")).isEqualTo(new SummaryNode.Handle("/.blobs", false));
    }

    @Test
    void aBlobThatIsNotThereFailsWith404AndADetachedDocumentHasNone() {
        Peer a = rig.create();
        Box<byte[]> box = new Box<>();
        a.container.readBlob(new Handle("/_blobs/nothing"), box);
        assertThat(box.failure().code()).isEqualTo(404);
        Box<byte[]> channel = new Box<>();
        a.container.readBlob(a.container.handle(a.gauges()), channel);
        assertThat(channel.failure().code()).isEqualTo(404);
        Container detached = Container.create(rig.services(rig.service.link(), ContainerServices.WRITER), Rig.SCHEMA);
        assertThatThrownBy(() -> detached.uploadBlob(new byte[1], new Box<>()))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("detached");
    }

    @Test
    void anAttachedBlobOutlivesABreakOfTheConnection() {
        Peer a = rig.create();
        Box<Handle> uploaded = new Box<>();
        a.container.uploadBlob(new byte[] {1, 2, 3}, uploaded);
        while (a.container.pendingCount() == 0) {
            rig.service.step();
        }
        a.link.cut();
        rig.service.settle();
        assertThat(uploaded.told()).isFalse();
        a.link.restore();
        rig.service.advance(40_000);
        assertThat(read(rig.join(), uploaded.value())).containsExactly(1, 2, 3);
        assertThat(a.container.dirty()).isFalse();
    }

    @Test
    void aBlobThatIsOnItsWayWhenTheContainerIsClosedFails() {
        Peer a = rig.create();
        Box<Handle> uploading = new Box<>();
        a.container.uploadBlob(new byte[] {4}, uploading);
        a.container.dispose();
        rig.service.settle();
        assertThat(uploading.failure().message()).contains("disposed");

        Peer b = rig.join();
        Box<Handle> attaching = new Box<>();
        b.container.uploadBlob(new byte[] {5}, attaching);
        while (b.container.pendingCount() == 0) {
            rig.service.step();
        }
        b.container.dispose();
        assertThat(attaching.failure().message()).contains("disposed");
    }

    @Test
    void aSchemaOfTheFirstCompatibilityModeIsKeptToUntilItIsChanged() throws ProtocolException {
        Map<String, SummaryNode> parts = new LinkedHashMap<>(SummaryTest.foreign().entries());
        parts.put(".metadata", SummaryNode.Blob.of("{\"summaryNumber\":1,\"message\":{\"sequenceNumber\":-1},"
                + "\"documentSchema\":{\"version\":1,\"refSeq\":0,\"runtime\":{}}}"));
        rig.found(new SummaryNode.Tree(parts));
        Peer a = rig.join();
        Peer s = rig.join(Rig.SUMMARIZER);
        a.set("k", 1);
        a.set("l", 1);
        rig.service.settle();
        assertThat(rig.operations()).hasSize(2);
        assertThatThrownBy(() -> a.gauges().set("k", JsonValue.of("x".repeat(900_000))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("716800");

        Rig.Raw raw = rig.new Raw();
        raw.submit(schema(0, "\"explicitSchemaControl\":true,\"compressionLz4\":true,\"opGroupingEnabled\":true"), null,
                schema(0, "\"explicitSchemaControl\":true"), null);
        a.set("k", 2);
        a.set("l", 2);
        rig.service.settle();
        assertThat(rig.operations()).hasSize(5);
        a.gauges().set("k", JsonValue.of("x".repeat(900_000)));
        rig.service.settle();
        JsonObject metadata = (JsonObject) JsonValue
                .parse(Objects.requireNonNull(summarize(s).tree().text(".metadata")));
        int since = metadata.object("documentSchema").integer("refSeq", 1, 99);
        assertThat(rig.service.log(rig.documentId).get(since - 1).contents()).isNotNull();
        assertThat(metadata.object("documentSchema").object("runtime").toJson()).contains("opGroupingEnabled");
        assertThat(a.events(ContainerEvent.OperationUnreadable.class)).isEmpty();
        Rig.assertSame(a, rig.join());

        raw.submit(schema(since, "\"explicitSchemaControl\":true,\"quantum\":true"), null);
        Box<SummaryReport> box = new Box<>();
        s.container.summarize(box);
        rig.service.settle();
        assertThat(box.failure().message()).contains("quantum");
    }

    @Test
    void theGarbageCollectorsOperationsAreTolerated() {
        Peer a = rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        Rig.Raw raw = rig.new Raw();
        raw.submit("{\"type\":\"GC\",\"contents\":{\"type\":\"TombstoneLoaded\",\"nodePath\":\"/A\"}}", null);
        summarize(s);
        raw.submit("{\"type\":\"GC\",\"contents\":{\"type\":\"Sweep\",\"deletedNodeIds\":[\"/A/_C\"]}}", null);
        assertThat(a.events(ContainerEvent.OperationUnreadable.class)).isEmpty();
        Box<SummaryReport> box = new Box<>();
        s.container.summarize(box);
        rig.service.settle();
        assertThat(box.failure().message()).contains("gc was changed");
    }

    /** A leaf of which only the id is known, which is what a driver gives for one the storage does not have. */
    @Test
    void aChannelWhoseLeafIsMissingIsQuarantinedAndTheRestWorks() throws ProtocolException {
        SummaryNode.Tree channel = new SummaryBuilder().put("header", new SummaryNode.Attachment("00"))
                .text(".attributes", "{\"type\":\"https://graph.microsoft.com/types/map\"}").build();
        Peer a = rig.create();
        a.container.runtime().stores.load("X", new SummaryBuilder().put(".channels",
                new SummaryBuilder().put("m", channel).build()).text(".component", "{}").build(), 1);
        assertThat(a.container.quarantined()).containsOnlyKeys("/X/m");
        assertThat(a.events(ContainerEvent.ChannelQuarantined.class)).hasSize(1);
        a.set("k", 1);
        rig.service.settle();
        Rig.assertSame(a, rig.join());
    }

    private static String schema(int against, String runtime) {
        return "{\"type\":\"schema\",\"contents\":{\"version\":1,\"refSeq\":" + against
                + ",\"info\":{\"minVersionForCollab\":\"2.0.0\"},\"runtime\":{" + runtime + "}}}";
    }

    private byte[] read(Peer peer, Handle handle) {
        Box<byte[]> box = new Box<>();
        peer.container.readBlob(handle, box);
        rig.service.settle();
        return box.value();
    }

    private SummaryReport summarize(Peer peer) {
        Box<SummaryReport> box = new Box<>();
        peer.container.summarize(box);
        rig.service.settle();
        return box.value();
    }
}
