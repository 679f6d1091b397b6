package dev.thalweg.container;

import dev.thalweg.json.JsonBoolean;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.SequencedMessage;
import org.jspecify.annotations.Nullable;

/** The {@code .metadata} of a document and the schema in it, which says what clients must be able to read. */
/*
 * A schema is changed by an operation that names the schema it was made against, by the sequence number at which that one
 * came. Of several made against the same one the first wins; the others are void.
 */
final class DocumentMetadata {
    private static final String SCHEMA = "documentSchema";

    private JsonObject metadata = JsonObject.EMPTY;
    private Features features = Features.ALL;

    void load(JsonObject loaded) {
        metadata = loaded;
        features = features();
    }

    JsonObject value() {
        return metadata;
    }

    /** What messages may look like. */
    Features allowed() {
        return features;
    }

    /**
     * Takes an operation that changes the schema.
     *
     * @throws ProtocolException when it is malformed, and nothing changed
     */
    void change(JsonObject schema, int sequenceNumber) throws ProtocolException {
        int against = schema.integer("refSeq", 0, Integer.MAX_VALUE);
        schema.object("runtime");
        JsonObject present = schema();
        int since = present != null && present.get("refSeq") instanceof JsonNumber number ? (int) number.value() : 0;
        if (against == since) {
            metadata = metadata.with(SCHEMA, schema.with("refSeq", JsonValue.of(sequenceNumber)));
            features = features();
        }
    }

    /** A feature that the document uses and this program does not know, or null when there is none. */
    @Nullable
    String unknownFeature() {
        JsonObject runtime = runtime();
        for (int i = 0; runtime != null && i < runtime.size(); i++) {
            String name = runtime.name(i);
            boolean known = switch (name) {
                case "explicitSchemaControl", "compressionLz4", "idCompressorMode", "opGroupingEnabled",
                        "createBlobPayloadPending", "disallowedVersions" -> true;
                default -> false;
            };
            if (!known) {
                return name;
            }
        }
        return null;
    }

    /** Goes on to the metadata of the next summary. @param last the last message it covers, if one came since loading */
    JsonObject next(@Nullable SequencedMessage last) {
        metadata = DocumentFormat.nextMetadata(metadata, last);
        return metadata;
    }

    private Features features() {
        JsonObject runtime = runtime();
        if (runtime == null || !on(runtime, "opGroupingEnabled")) {
            return Features.NONE;
        }
        return new Features(true, on(runtime, "compressionLz4"));
    }

    private @Nullable JsonObject schema() {
        return metadata.get(SCHEMA) instanceof JsonObject schema ? schema : null;
    }

    private @Nullable JsonObject runtime() {
        JsonObject schema = schema();
        return schema != null && schema.get("runtime") instanceof JsonObject runtime ? runtime : null;
    }

    private static boolean on(JsonObject runtime, String feature) {
        return runtime.get(feature) instanceof JsonBoolean value && value.value();
    }
}
