package dev.thalweg.protocol;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer {@code connect_document_success}.
 *
 * @param clientId        the id of this connection; another one after every reconnect
 * @param claims          what the token said
 * @param mode            reading or writing, as granted
 * @param maxMessageSize  characters of one submitted message
 * @param configuration   the service's limits
 * @param initialClients  who was connected before this one
 * @param initialMessages the latest sequenced messages, possibly none
 * @param initialSignals  signals kept for newcomers
 * @param version         the protocol version chosen
 * @param signalsV2       whether targeted signals are understood
 * @param timestamp       milliseconds since 1970 at the service
 */
public record Connected(
        String clientId,
        TokenClaims claims,
        ConnectionMode mode,
        int maxMessageSize,
        ServiceConfiguration configuration,
        List<Member> initialClients,
        List<SequencedMessage> initialMessages,
        List<Signal> initialSignals,
        String version,
        boolean signalsV2,
        double timestamp) {
    /** @param clientId a connection @param client who is behind it */
    public record Member(String clientId, Client client) {}

    public Connected {
        initialClients = List.copyOf(initialClients);
        initialMessages = List.copyOf(initialMessages);
        initialSignals = List.copyOf(initialSignals);
    }

    /** Reads one. */
    public static Connected read(JsonObject object) throws ProtocolException {
        List<Member> clients = new ArrayList<>();
        for (JsonValue value : object.optionalArray("initialClients").values()) {
            JsonObject member = JsonCasts.object(value, "initialClients");
            clients.add(new Member(member.string("clientId"), Client.read(member.object("client"))));
        }
        List<SequencedMessage> messages = new ArrayList<>();
        for (JsonValue value : object.optionalArray("initialMessages").values()) {
            messages.add(SequencedMessage.read(new JsonReader(value.toJson(), JsonLimits.DEFAULT)));
        }
        List<Signal> signals = new ArrayList<>();
        for (JsonValue value : object.optionalArray("initialSignals").values()) {
            signals.add(Signal.read(JsonCasts.object(value, "initialSignals")));
        }
        JsonObject features = object.optionalObject("supportedFeatures");
        String version = object.optionalString("version");
        String mode = object.optionalString("mode");
        JsonObject configuration = object.optionalObject("serviceConfiguration");
        return new Connected(object.string("clientId"), TokenClaims.read(object.object("claims")),
                ConnectionMode.of(mode == null ? "read" : mode),
                object.optionalInteger("maxMessageSize", 1, Integer.MAX_VALUE,
                        ServiceConfiguration.DEFAULT.maxMessageSize()),
                configuration == null ? ServiceConfiguration.DEFAULT : ServiceConfiguration.read(configuration),
                clients, messages, signals, version == null ? "" : version,
                features != null && features.optionalBool("submit_signals_v2", false),
                object.has("timestamp") ? object.number("timestamp") : 0);
    }

    /** As it travels. */
    public JsonObject toJson() throws ProtocolException {
        List<JsonValue> clients = new ArrayList<>();
        for (Member member : initialClients) {
            clients.add(JsonObject.builder().put("clientId", member.clientId()).put("client", member.client().toJson())
                    .build());
        }
        List<JsonValue> messages = new ArrayList<>();
        for (SequencedMessage message : initialMessages) {
            dev.thalweg.json.JsonWriter writer = new dev.thalweg.json.JsonWriter();
            message.write(writer);
            messages.add(JsonValue.parse(writer.toString()));
        }
        List<JsonValue> signals = new ArrayList<>();
        for (Signal signal : initialSignals) {
            signals.add(signal.toJson());
        }
        return JsonObject.builder().put("claims", claims.toJson()).put("clientId", clientId).put("existing", true)
                .put("maxMessageSize", maxMessageSize).put("mode", mode.wireName())
                .put("serviceConfiguration", configuration.toJson()).put("initialClients", new JsonArray(clients))
                .put("initialMessages", new JsonArray(messages)).put("initialSignals", new JsonArray(signals))
                .put("supportedVersions", JsonArray.ofStrings(ConnectRequest.VERSIONS))
                .put("supportedFeatures", JsonObject.of("submit_signals_v2", JsonValue.of(signalsV2)))
                .put("version", version).put("timestamp", timestamp).build();
    }
}
