package dev.thalweg.protocol;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first message on a socket, {@code connect_document}: who wants which document, and how.
 *
 * @param tenantId   the tenant
 * @param documentId the document
 * @param token      the JWT, or null when none was given
 * @param client     who asks
 * @param mode       reading or writing
 * @param versions   protocol versions the client speaks, best first
 * @param signalsV2  whether it understands targeted signals
 */
public record ConnectRequest(
        String tenantId,
        String documentId,
        @Nullable String token,
        Client client,
        ConnectionMode mode,
        List<String> versions,
        boolean signalsV2) {
    /** What the stock client offers. */
    public static final List<String> VERSIONS = List.of("^0.4.0", "^0.3.0", "^0.2.0", "^0.1.0");

    public ConnectRequest {
        versions = List.copyOf(versions);
    }

    /** Reads one. */
    public static ConnectRequest read(JsonObject object) throws ProtocolException {
        JsonObject features = object.optionalObject("supportedFeatures");
        String mode = object.optionalString("mode");
        return new ConnectRequest(object.string("tenantId"), object.string("id"), object.optionalString("token"),
                Client.read(object.object("client")), mode == null ? ConnectionMode.WRITE : ConnectionMode.of(mode),
                object.optionalArray("versions").strings(),
                features != null && features.optionalBool("submit_signals_v2", false));
    }

    /** As it travels. */
    public JsonObject toJson() {
        return JsonObject.builder().put("client", client.toJson()).put("id", documentId).put("mode", mode.wireName())
                .put("tenantId", tenantId).putIfPresent("token", token).put("versions", JsonArray.ofStrings(versions))
                .put("supportedFeatures", JsonObject.of("submit_signals_v2", JsonValue.of(signalsV2))).build();
    }
}
