package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.Rig.Peer;
import dev.thalweg.json.JsonValue;
import dev.thalweg.storage.SummaryNode;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The layout and the texts of a new document, as captured from the stock client in compatibility mode 2. */
class DocumentFormatTest {
    private final Rig rig = new Rig();

    @Test
    void aNewDocumentIsLaidOutAsTheStockClientLaysItOut() throws Exception {
        Container container = Container.create(rig.services(rig.service.link(), ContainerServices.WRITER), Rig.SCHEMA);
        SummaryNode.Tree tree = container.runtime().writer.create();

        assertThat(tree.entries().keySet()).containsExactly(".channels", ".metadata", ".aliases", ".electedSummarizer");
        assertThat(tree.text(".aliases")).isEqualTo("[[\"rootDOId\",\"A\"]]");
        assertThat(tree.text(".electedSummarizer")).isEqualTo("{\"electionSequenceNumber\":0}");
        SummaryNode.Tree store = Objects.requireNonNull(Objects.requireNonNull(tree.tree(".channels")).tree("A"));
        assertThat(store.entries().keySet()).containsExactly(".channels", ".component");
        assertThat(store.text(".component"))
                .isEqualTo("{\"pkg\":\"[\\\"rootDO\\\"]\",\"summaryFormatVersion\":2,\"isRootDataStore\":true}");
        SummaryNode.Tree channels = Objects.requireNonNull(store.tree(".channels"));
        assertThat(channels.entries().keySet()).containsExactly("root", "_C", "_E");
        SummaryNode.Tree root = Objects.requireNonNull(channels.tree("root"));
        assertThat(root.entries().keySet()).containsExactly("header", ".attributes");
        assertThat(root.text("header")).isEqualTo("{\"blobs\":[],\"content\":{\"ci\":{\"csn\":0,\"ccIds\":[]},"
                + "\"subdirectories\":{\"initial-objects-key\":{\"ci\":{\"csn\":0,\"ccIds\":[\"detached\"]},\"storage\":{"
                + "\"gauges\":{\"type\":\"Plain\",\"value\":{\"type\":\"__fluid_handle__\",\"url\":\"/A/_C\"}},"
                + "\"sandbags\":{\"type\":\"Plain\",\"value\":{\"type\":\"__fluid_handle__\",\"url\":\"/A/_E\"}}}}}}}");
        assertThat(Objects.requireNonNull(channels.tree("_E")).text("header")).isEqualTo("{\"value\":0}");
        assertThat(Objects.requireNonNull(channels.tree("_E")).text(".attributes"))
                .startsWith(
                        "{\"type\":\"https://graph.microsoft.com/types/counter\",\"snapshotFormatVersion\":\"0.1\",");
        assertThat(JsonValue.parse(Objects.requireNonNull(tree.text(".metadata"))).toJson())
                .isEqualTo("{\"createContainerRuntimeVersion\":\"2.111.0\",\"createContainerTimestamp\":1795198255354,"
                        + "\"summaryNumber\":1,\"summaryFormatVersion\":1,\"gcFeature\":3,"
                        + "\"sessionExpiryTimeoutMs\":2592000000,\"sweepEnabled\":false,"
                        + "\"tombstoneTimeoutMs\":3110400000,\"telemetryDocumentId\":\"" + telemetryId(tree)
                        + "\",\"message\":{\"sequenceNumber\":-1},\"documentSchema\":{\"version\":1,\"refSeq\":0,"
                        + "\"info\":{\"minVersionForCollab\":\"2.0.0\"},\"runtime\":{\"explicitSchemaControl\":true,"
                        + "\"compressionLz4\":true,\"idCompressorMode\":\"on\",\"opGroupingEnabled\":true}}}");
    }

    @Test
    void initialObjectsGetTheIdsOfTheStockClientAndKeepToItsEvenNumbers() {
        assertThat(DocumentFormat.initialChannelId(0)).isEqualTo("_C");
        assertThat(DocumentFormat.initialChannelId(9)).isEqualTo("_U");
        assertThat(DocumentFormat.initialChannelId(11)).isEqualTo("_Y");
        assertThat(DocumentFormat.initialChannelId(12)).isEqualTo("_AA");
        assertThat(DocumentFormat.initialChannelId(25)).isEqualTo("_BA");
    }

    @Test
    void aDocumentOfTheStockClientIsRead() {
        rig.found(SummaryTest.foreign());
        Peer a = rig.join();
        assertThat(a.get("initial")).isEqualTo(JsonValue.of(1));
        assertThat(a.sandbags().value()).isEqualTo(108);
        assertThat(a.container.path(a.sandbags())).isEqualTo("/A/_G");
    }

    private static String telemetryId(SummaryNode.Tree tree) throws Exception {
        return ((dev.thalweg.json.JsonObject) JsonValue.parse(Objects.requireNonNull(tree.text(".metadata"))))
                .string("telemetryDocumentId");
    }
}
