package dev.thalweg.container;

import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.protocol.SequencedMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names and texts of a document as {@code fluid-framework} 2.x writes it with compatibility mode 2. */
final class DocumentFormat {
    /** The data store that holds the initial objects. */
    static final String ROOT_STORE = "A";
    /** Its alias. */
    static final String ROOT_ALIAS = "rootDOId";

    static final String CHANNELS = ".channels";
    static final String COMPONENT = ".component";
    static final String ATTRIBUTES = ".attributes";
    static final String METADATA = ".metadata";
    static final String ALIASES = ".aliases";
    static final String ELECTED_SUMMARIZER = ".electedSummarizer";
    static final String RECENT_BATCHES = ".recentBatchInfo";
    static final String ID_COMPRESSOR = ".idCompressor";
    static final String BLOBS = ".blobs";
    static final String CHUNKS = ".chunks";
    static final String GC = "gc";

    /** The version of the stock runtime whose document layout this is. */
    private static final String RUNTIME_VERSION = "2.111.0";

    private DocumentFormat() {}

    /** The {@code .component} of the root data store. */
    static String rootComponent() {
        return component(List.of("rootDO"), true);
    }

    /** The {@code .component} of a data store. @param packagePath under which names programs know what it is for */
    static String component(List<String> packagePath, boolean root) {
        return JsonObject.builder().put("pkg", JsonArray.ofStrings(packagePath).toJson())
                .put("summaryFormatVersion", 2).put("isRootDataStore", root).build().toJson();
    }

    /** The {@code .attributes} of the root directory. */
    static String rootDirectoryAttributes() {
        return ChannelAttributes.of(RootDirectory.TYPE, "0.1").toJson().toJson();
    }

    /** The {@code .electedSummarizer} of a document that nobody has summarized. */
    static String electedSummarizer() {
        return JsonObject.of("electionSequenceNumber", JsonValue.of(0)).toJson();
    }

    /**
     * The id of an initial object in the root data store. The stock client gives even numbers to channels made while
     * the document is detached and odd ones to later ones, and spells them in letters; so {@code _C}, {@code _E} and on.
     * From the twelfth on two letters are used, of which the second is even, which keeps to the even numbers.
     *
     * @param index from 0
     */
    static String initialChannelId(int index) {
        int place = index + 1;
        if (place < 13) {
            return "_" + (char) ('A' + 2 * place);
        }
        int beyond = place - 13;
        if (beyond >= 26 * 13) {
            throw new IllegalArgumentException("too many initial objects: " + (index + 1));
        }
        return "_" + (char) ('A' + beyond / 13) + (char) ('A' + 2 * (beyond % 13));
    }

    /**
     * The {@code .metadata} of a new document. It names no id compressor's state, so that the first client to need
     * compressed ids begins one.
     */
    static JsonObject newMetadata(double now, String telemetryId) {
        JsonObject features = JsonObject.builder().put("explicitSchemaControl", true).put("compressionLz4", true)
                .put("idCompressorMode", "on").put("opGroupingEnabled", true).build();
        JsonObject schema = JsonObject.builder().put("version", 1).put("refSeq", 0)
                .put("info", JsonObject.of("minVersionForCollab", JsonValue.of("2.0.0"))).put("runtime", features)
                .build();
        return JsonObject.builder().put("createContainerRuntimeVersion", RUNTIME_VERSION)
                .put("createContainerTimestamp", Math.floor(now)).put("summaryNumber", 1)
                .put("summaryFormatVersion", 1).put("gcFeature", 3).put("sessionExpiryTimeoutMs", 2_592_000_000.0)
                .put("sweepEnabled", false).put("tombstoneTimeoutMs", 3_110_400_000.0)
                .put("telemetryDocumentId", telemetryId)
                .put("message", JsonObject.of("sequenceNumber", JsonValue.of(-1))).put("documentSchema", schema)
                .build();
    }

    /**
     * The {@code .metadata} of a further summary: one more, and the last message it covers, which a reader compares
     * with the sequence number the service noted. Documents under explicit schema control keep that message where older
     * programs do not look, and a false one where they do, so that they refuse the document.
     *
     * @param last the last message processed, or null when there was none since the summary that was loaded
     */
    static JsonObject nextMetadata(JsonObject metadata, @Nullable SequencedMessage last) {
        double number = metadata.get("summaryNumber") instanceof JsonNumber n ? n.value() : 0;
        JsonObject next = metadata.with("summaryNumber", JsonValue.of(number + 1));
        if (last == null) {
            return next;
        }
        boolean explicit = metadata.get("documentSchema") instanceof JsonObject schema
                && schema.get("runtime") instanceof JsonObject runtime
                && JsonValue.of(true).equals(runtime.get("explicitSchemaControl"));
        return explicit
                ? next.with("message", JsonObject.of("sequenceNumber", JsonValue.of(-1)))
                        .with("lastMessage", outline(last))
                : next.with("message", outline(last));
    }

    private static JsonObject outline(SequencedMessage message) {
        JsonObject.Builder builder = JsonObject.builder();
        builder.put("clientId", message.clientId() == null
                ? JsonNull.NULL
                : JsonValue.of(message.clientId()));
        return builder.put("clientSequenceNumber", message.clientSequenceNumber())
                .put("minimumSequenceNumber", message.minimumSequenceNumber())
                .put("referenceSequenceNumber", message.referenceSequenceNumber())
                .put("sequenceNumber", message.sequenceNumber()).put("timestamp", message.timestamp())
                .put("type", message.type().wireName()).build();
    }
}
