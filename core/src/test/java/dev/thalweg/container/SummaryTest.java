package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.Rig.Box;
import dev.thalweg.container.Rig.Peer;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.driver.DocumentService.StoredSummary;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private final Rig rig = new Rig();

    @Test
    void aSummaryHoldsWhatIsSequencedAndALateClientReadsIt() {
        Peer a = rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        a.set("mill-race", 24);
        rig.service.settle();
        a.link.pauseUp(true);
        a.set("mill-race", 99);
        SummaryReport report = summarize(s);
        a.link.pauseUp(false);
        rig.service.settle();

        assertThat(report.sequenceNumber()).isEqualTo(3);
        StoredSummary stored = latest();
        assertThat(stored.handle()).isEqualTo(report.handle());
        assertThat(map(stored).text("header")).contains("24").doesNotContain("99");
        assertThat(report.written()).isPositive();
        assertThat(a.events(ContainerEvent.SummaryAcknowledged.class)).hasSize(1);
        Rig.assertSame(a, s, rig.join());
    }

    @Test
    void whatDidNotChangeIsAHandleAndWhatChangedIsWritten() {
        Peer a = rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        a.sandbags().increment(1);
        rig.service.settle();
        SummaryNode.Tree first = store(summarize(s));
        assertThat(first.get("_C")).isEqualTo(new SummaryNode.Handle("/.channels/A/.channels/_C", false));
        assertThat(first.get("root")).isInstanceOf(SummaryNode.Handle.class);
        assertThat(Objects.requireNonNull(first.tree("_E")).text("header")).isEqualTo("{\"value\":1}");

        a.set("k", 1);
        rig.service.settle();
        SummaryNode.Tree second = store(summarize(s));
        assertThat(second.get("_C")).isInstanceOf(SummaryNode.Tree.class);
        assertThat(second.get("_E")).isInstanceOf(SummaryNode.Handle.class);

        SummaryReport third = summarize(s);
        assertThat(Objects.requireNonNull(third.tree().tree(".channels")).get("A"))
                .isEqualTo(new SummaryNode.Handle("/.channels/A", false));
        Rig.assertSame(a, s, rig.join());
    }

    @Test
    void theMetadataNamesTheLastMessage() throws ProtocolException {
        Peer a = rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        a.set("k", 1);
        rig.service.settle();
        SummaryReport report = summarize(s);
        JsonObject metadata = (JsonObject) JsonValue.parse(Objects.requireNonNull(report.tree().text(".metadata")));
        assertThat(metadata.integer("summaryNumber", 0, 9)).isEqualTo(2);
        assertThat(metadata.object("message").toJson()).isEqualTo("{\"sequenceNumber\":-1}");
        assertThat(metadata.object("lastMessage").integer("sequenceNumber", 0, 99)).isEqualTo(report.sequenceNumber());
        assertThat(metadata.object("lastMessage").string("type")).isEqualTo("op");
        assertThat(report.tree().text(".recentBatchInfo")).startsWith("[[3,\"").endsWith("_[1]\"]]");
    }

    @Test
    void aClientThatCreatedTheDocumentAndOneThatSawAnotherSummaryBuildOnTheLatest() {
        rig.types = ChannelTypes.of();
        Box<String> box = new Box<>();
        Peer creator = new Peer(rig.service.link(), Container.create(
                rig.services(rig.service.link(), Rig.SUMMARIZER), Rig.SCHEMA));
        creator.container.attach(box);
        rig.service.settle();
        rig.documentId = box.value();
        Peer other = rig.join(Rig.SUMMARIZER);
        creator.set("k", 1);
        rig.service.settle();
        summarize(creator);
        other.set("l", 2);
        rig.service.settle();
        summarize(other);
        creator.sandbags().increment(3);
        rig.service.settle();
        SummaryNode.Tree tree = store(summarize(creator));
        assertThat(tree.get("_C")).isInstanceOf(SummaryNode.Handle.class);
        Peer late = rig.join();
        Rig.assertSame(creator, other, late);
        assertThat(late.get("l")).isEqualTo(JsonValue.of(2));
    }

    @Test
    void whatIsNotModelledIsCarriedAlong() {
        rig.found(foreign());
        Peer a = rig.join();
        Peer s = rig.join(Rig.SUMMARIZER);
        a.set("k", 1);
        rig.service.settle();
        summarize(s);

        SummaryNode.Tree before = foreign();
        SummaryNode.Tree after = latest().tree();
        assertThat(after.get("gc")).isEqualTo(before.get("gc"));
        assertThat(after.get(".idCompressor")).isEqualTo(before.get(".idCompressor"));
        assertThat(Objects.requireNonNull(after.tree(".blobs")).get("0"))
                .isEqualTo(Objects.requireNonNull(before.tree(".blobs")).get("0"));
        assertThat(channel(after, "_Q")).isEqualTo(channel(before, "_Q"));
        assertThat(channel(after, "_C").text("header")).contains("\"k\"");
        assertThat(after.get(".electedSummarizer")).isEqualTo(before.get(".electedSummarizer"));
    }

    @Test
    void anOperationOnAChannelThatIsNotModelledIsToleratedAndForbidsASummary() {
        rig.found(foreign());
        Peer a = rig.join();
        Peer s = rig.join(Rig.SUMMARIZER);
        rig.new Raw().submit(BatchTest.component("_Q", "{\"pos1\":0,\"seg\":\"x\",\"type\":0}"), null);
        assertThat(a.events(ContainerEvent.ChannelQuarantined.class)).isEmpty();
        assertThat(refused(s)).contains("/A/_Q").contains("mergeTree");
        a.set("k", 1);
        rig.service.settle();
        Rig.assertSame(a, s);
    }

    @Test
    void whatAnOperationChangedOutOfSightForbidsASummary() {
        rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        rig.new Raw().submit("{\"type\":\"idAllocation\",\"contents\":{}}", null);
        assertThat(refused(s)).contains(".idCompressor");

        Peer again = rig.join(Rig.SUMMARIZER);
        rig.new Raw().submit("{\"type\":\"unheard-of\",\"contents\":{}}", null);
        assertThat(refused(again)).contains("unheard-of");
    }

    @Test
    void aQuarantinedChannelForbidsASummary() {
        Peer a = rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        rig.new Raw().submit(BatchTest.component("_C", "{\"type\":\"burn\"}"), null);
        assertThat(refused(s)).contains("/A/_C");
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
    }

    @Test
    void anInteractiveClientIsToldThatItMayNot() {
        Peer a = rig.create();
        Box<SummaryReport> box = new Box<>();
        a.container.summarize(box);
        rig.service.settle();
        assertThat(box.failure().code()).isEqualTo(403);
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
    }

    @Test
    void aBreakWhileASummaryIsWrittenFailsItAndTheNextOneWorks() {
        Peer a = rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        a.set("k", 1);
        rig.service.settle();
        for (int steps = 0; steps < 6; steps++) {
            Box<SummaryReport> box = new Box<>();
            s.container.summarize(box);
            rig.timers.advance(0);
            for (int i = 0; i < steps; i++) {
                rig.service.step();
            }
            boolean told = box.told();
            s.link.cut();
            rig.service.settle();
            assertThat(box.told()).isTrue();
            if (!told) {
                assertThat(box.failure().retryable()).isTrue();
            }
            s.link.restore();
            rig.service.advance(20_000);
            a.sandbags().increment(1);
            rig.service.settle();
        }
        summarize(s);
        Rig.assertSame(a, s, rig.join());
    }

    @Test
    void editsMadeWhileASummaryIsUploadedGoOutAndOthersWait() {
        Peer a = rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        a.set("k", 1);
        rig.service.settle();
        Box<SummaryReport> box = new Box<>();
        s.container.summarize(box);
        rig.timers.advance(0);
        s.set("mine", 1);
        a.set("theirs", 1);
        for (int i = 0; i < 5; i++) {
            a.set("theirs", i);
            rig.timers.advance(0);
            rig.service.step();
            s.set("mine", i);
            rig.timers.advance(0);
        }
        rig.service.settle();
        assertThat(box.value().sequenceNumber()).isLessThan(rig.service.sequenceNumber(rig.documentId));
        Rig.assertSame(a, s, rig.join());
    }

    @Test
    void aClientCanBeSentToWriteOne() {
        Peer a = rig.create();
        a.set("k", 1);
        rig.service.settle();
        Box<SummaryReport> box = new Box<>();
        Container.summarize(rig.services(rig.service.link(), ContainerServices.WRITER), rig.documentId, box);
        rig.service.settle();
        assertThat(box.value().handle()).isEqualTo(latest().handle());
        assertThat(a.container.audience().members()).hasSize(1);

        Box<SummaryReport> nowhere = new Box<>();
        Container.summarize(rig.services(rig.service.link(), ContainerServices.WRITER), "nowhere", nowhere);
        rig.service.settle();
        assertThat(nowhere.failure().code()).isEqualTo(404);
    }

    @Test
    void onlyOneSummaryAtATime() {
        rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        Box<SummaryReport> first = new Box<>();
        Box<SummaryReport> second = new Box<>();
        s.container.summarize(first);
        s.container.summarize(second);
        rig.service.settle();
        assertThat(first.value().handle()).isNotEmpty();
        assertThat(second.failure().code()).isEqualTo(409);
    }

    @Test
    void anAddedChannelIsInTheNextSummary() {
        Peer a = rig.create();
        Peer s = rig.join(Rig.SUMMARIZER);
        SharedMap added = a.container.create(SharedMap.TYPE);
        added.set("k", JsonValue.of(1));
        rig.service.settle();
        summarize(s);
        assertThat(channel(latest().tree(), added.id()).text("header")).contains("\"k\"");
        assertThat(rig.join().container.channel("/A/" + added.id(), SharedMap.TYPE).has("k")).isTrue();
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
        assertThat(box.failure().code()).isEqualTo(409);
        return box.failure().message();
    }

    private StoredSummary latest() {
        Box<StoredSummary> box = new Box<>();
        rig.service.open(rig.documentId).latestSummary(box);
        rig.service.settle();
        return box.value();
    }

    private static SummaryNode.Tree store(SummaryReport report) {
        return Objects.requireNonNull(Objects.requireNonNull(Objects.requireNonNull(
                report.tree().tree(".channels")).tree("A")).tree(".channels"));
    }

    private static SummaryNode.Tree map(StoredSummary stored) {
        return channel(stored.tree(), "_C");
    }

    private static SummaryNode.Tree channel(SummaryNode.Tree root, String id) {
        return Objects.requireNonNull(Objects.requireNonNull(Objects.requireNonNull(Objects.requireNonNull(
                root.tree(".channels")).tree("A")).tree(".channels")).tree(id));
    }

    /** A document as the stock client leaves it, with a channel and parts that this program does not know. */
    static SummaryNode.Tree foreign() {
        String attributes = "{\"type\":\"https://graph.microsoft.com/types/%\",\"snapshotFormatVersion\":\"0.2\","
                + "\"packageVersion\":\"2.111.0\"}";
        SummaryNode.Tree root = new SummaryBuilder().text("header", "{\"blobs\":[],\"content\":{\"ci\":{\"csn\":0,"
                + "\"ccIds\":[]},\"subdirectories\":{\"initial-objects-key\":{\"ci\":{\"csn\":0,\"ccIds\":"
                + "[\"detached\"]},\"storage\":{\"gauges\":{\"type\":\"Plain\",\"value\":{\"type\":\"__fluid_handle__\","
                + "\"url\":\"/A/_C\"}},\"sandbags\":{\"type\":\"Plain\",\"value\":{\"type\":\"__fluid_handle__\",\"url\":"
                + "\"/A/_G\"}},\"text\":{\"type\":\"Plain\",\"value\":{\"type\":\"__fluid_handle__\",\"url\":\"/A/_Q\"}}"
                + "}}}}}").text(".attributes", attributes.replace("%", "directory")).build();
        SummaryNode.Tree map = new SummaryBuilder()
                .text("header", "{\"blobs\":[],\"content\":{\"initial\":{\"type\":\"Plain\",\"value\":1}}}")
                .text(".attributes", attributes.replace("%", "map")).build();
        SummaryNode.Tree counter = new SummaryBuilder().text("header", "{\"value\":108}")
                .text(".attributes", attributes.replace("%", "counter")).build();
        SummaryNode.Tree text = new SummaryBuilder()
                .put("content", new SummaryBuilder().text("header", "{\"segmentTexts\":[\"hello\"]}").build())
                .text(".attributes", attributes.replace("%", "mergeTree")).build();
        SummaryNode.Tree store = new SummaryBuilder()
                .put(".channels", new SummaryBuilder().put("root", root).put("_C", map).put("_G", counter)
                        .put("_Q", text).build())
                .text(".component",
                        "{\"pkg\":\"[\\\"rootDO\\\"]\",\"summaryFormatVersion\":2,\"isRootDataStore\":true}")
                .build();
        return new SummaryBuilder().put(".channels", new SummaryBuilder().put("A", store).build())
                .text(".metadata", "{\"createContainerRuntimeVersion\":\"2.111.0\",\"summaryNumber\":1,"
                        + "\"summaryFormatVersion\":1,\"message\":{\"sequenceNumber\":-1},\"documentSchema\":{"
                        + "\"version\":1,\"refSeq\":0,\"runtime\":{\"explicitSchemaControl\":true}}}")
                .text(".idCompressor", "\"AAAA\"").text(".aliases", "[[\"rootDOId\",\"A\"]]")
                .text(".electedSummarizer", "{\"electionSequenceNumber\":0}")
                .put("gc", new SummaryBuilder().text("__gc_root", "{\"gcNodes\":{}}").build())
                .put(".blobs", new SummaryBuilder().text("0", "blob").text(".redirectTable", "[]").build()).build();
    }
}
