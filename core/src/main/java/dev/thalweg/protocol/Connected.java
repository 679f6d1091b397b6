package dev.thalweg.protocol;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.JsonWriter;
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

    /** Writes it as it travels; the messages go out as they were spelled. */
    public void write(JsonWriter writer) {
        writer.beginObject().name("claims").value(claims.toJson()).name("clientId").string(clientId).name("existing")
                .bool(true).name("maxMessageSize").number(maxMessageSize).name("mode").string(mode.wireName())
                .name("serviceConfiguration").value(configuration.toJson()).name("initialClients").beginArray();
        for (Member member : initialClients) {
            writer.beginObject().name("clientId").string(member.clientId()).name("client")
                    .value(member.client().toJson()).endObject();
        }
        writer.endArray().name("initialMessages").beginArray();
        for (SequencedMessage message : initialMessages) {
            message.write(writer);
        }
        writer.endArray().name("initialSignals").beginArray();
        for (Signal signal : initialSignals) {
            writer.value(signal.toJson());
        }
        writer.endArray().name("supportedVersions").value(JsonArray.ofStrings(ConnectRequest.VERSIONS))
                .name("supportedFeatures").beginObject().name("submit_signals_v2").bool(signalsV2).endObject()
                .name("version").string(version).name("timestamp").number(timestamp).endObject();
    }

    /** As it travels. */
    public JsonObject toJson() throws ProtocolException {
        JsonWriter writer = new JsonWriter();
        write(writer);
        return JsonCasts.object(JsonValue.parse(writer.toString()), "connected");
    }
}
