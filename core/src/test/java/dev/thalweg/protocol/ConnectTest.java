package dev.thalweg.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectTest {
    /** As the stock client sends it. */
    private static final String REQUEST = "{\"client\":{\"details\":{\"capabilities\":{\"interactive\":true},"
            + "\"environment\":\"; loaderVersion:2.111.0\"},\"permission\":[],\"scopes\":[],\"user\":{\"id\":\"\"},"
            + "\"mode\":\"write\"},\"id\":\"doc\",\"mode\":\"write\",\"tenantId\":\"tinylicious\",\"token\":\"t\","
            + "\"versions\":[\"^0.4.0\",\"^0.3.0\",\"^0.2.0\",\"^0.1.0\"],\"relayUserAgent\":\"; x\","
            + "\"supportedFeatures\":{\"submit_signals_v2\":true}}";

    /** As Fluid's service answers. */
    private static final String ANSWER = "{\"claims\":{\"documentId\":\"doc\",\"scopes\":[\"doc:read\",\"doc:write\"],"
            + "\"tenantId\":\"tinylicious\",\"user\":{\"id\":\"u\",\"name\":\"n\"},\"iat\":1795198256,"
            + "\"exp\":1795201856,\"ver\":\"1.0\"},\"clientId\":\"c\",\"existing\":true,\"maxMessageSize\":16384,"
            + "\"mode\":\"write\",\"serviceConfiguration\":{\"blockSize\":64436,\"maxMessageSize\":16384},"
            + "\"initialClients\":[{\"clientId\":\"d\",\"client\":{\"details\":{\"capabilities\":"
            + "{\"interactive\":true}},\"permission\":[],\"scopes\":[\"doc:read\"],\"user\":{\"id\":\"v\"},"
            + "\"mode\":\"read\"}}],\"initialMessages\":[{\"clientId\":\"d\",\"clientSequenceNumber\":1,"
            + "\"contents\":\"1\",\"minimumSequenceNumber\":0,\"referenceSequenceNumber\":0,\"sequenceNumber\":2,"
            + "\"timestamp\":1,\"type\":\"op\"}],\"initialSignals\":[{\"clientId\":null,\"content\":\"s\"}],"
            + "\"supportedVersions\":[\"^0.4.0\",\"^0.3.0\",\"^0.2.0\",\"^0.1.0\"],\"supportedFeatures\":"
            + "{\"submit_signals_v2\":true},\"version\":\"^0.4.0\",\"timestamp\":1795198255598}";

    @Test
    void requestsAreReadAndSpelled() throws Exception {
        ConnectRequest request = ConnectRequest.read(Wire.object(REQUEST));
        assertThat(request.tenantId()).isEqualTo("tinylicious");
        assertThat(request.documentId()).isEqualTo("doc");
        assertThat(request.token()).isEqualTo("t");
        assertThat(request.mode()).isEqualTo(ConnectionMode.WRITE);
        assertThat(request.versions()).isEqualTo(ConnectRequest.VERSIONS);
        assertThat(request.signalsV2()).isTrue();
        assertThat(request.client().environment()).isEqualTo("; loaderVersion:2.111.0");
        assertThat(request.toJson().toJson()).isEqualTo(REQUEST.replace("\"relayUserAgent\":\"; x\",", ""));
        assertThat(ConnectRequest.read(request.toJson())).isEqualTo(request);
    }

    @Test
    void requestsNeedTheirMembers() throws Exception {
        JsonObject good = Wire.object(REQUEST);
        Wire.assertRequired(good, ConnectRequest::read, "client", "id", "tenantId");
        Wire.assertOptional(good, ConnectRequest::read, "token", "mode", "versions", "supportedFeatures");
        Wire.assertTyped(good, ConnectRequest::read, "client", "id", "tenantId", "token", "mode", "versions",
                "supportedFeatures");
        assertThat(ConnectRequest.read(Wire.without(good, "supportedFeatures")).signalsV2()).isFalse();
        assertThat(ConnectRequest.read(Wire.without(good, "token")).token()).isNull();
        assertThatThrownBy(() -> ConnectRequest.read(good.with("versions", JsonArray.of(JsonValue.of(1)))))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void answersAreReadAndSpelled() throws Exception {
        Connected connected = Connected.read(Wire.object(ANSWER));
        assertThat(connected.clientId()).isEqualTo("c");
        assertThat(connected.claims().allows(Scopes.WRITE)).isTrue();
        assertThat(connected.claims().allows(Scopes.SUMMARY_WRITE)).isFalse();
        assertThat(connected.initialClients()).extracting(Connected.Member::clientId).containsExactly("d");
        assertThat(connected.initialMessages()).containsExactly(new SequencedMessage("d", 2, 0, 1, 0, MessageType.OP,
                new RawJson("\"1\""), null, null, null, 1));
        assertThat(connected.initialSignals()).containsExactly(new Signal(null, "s", null));
        assertThat(Wire.written(connected::write)).isEqualTo(ANSWER);
        assertThat(connected.toJson()).isEqualTo(Wire.object(ANSWER));
    }

    @Test
    void answersNeedTheirMembers() throws Exception {
        JsonObject good = Wire.object(ANSWER);
        Wire.assertRequired(good, Connected::read, "claims", "clientId");
        Wire.assertOptional(good, Connected::read, "existing", "maxMessageSize", "mode", "serviceConfiguration",
                "initialClients", "initialMessages", "initialSignals", "supportedVersions", "supportedFeatures",
                "version", "timestamp");
        Wire.assertTyped(good, Connected::read, "claims", "clientId", "maxMessageSize", "mode", "serviceConfiguration",
                "initialClients", "initialMessages", "initialSignals", "supportedFeatures", "version", "timestamp");
        Connected least = Connected.read(Wire.object("{\"clientId\":\"c\",\"claims\":"
                + good.object("claims").toJson() + "}"));
        assertThat(least.mode()).isEqualTo(ConnectionMode.READ);
        assertThat(least.maxMessageSize()).isEqualTo(16384);
        for (String name : List.of("initialClients", "initialMessages", "initialSignals")) {
            assertThatThrownBy(() -> Connected.read(good.with(name, JsonArray.of(JsonValue.of(1)))))
                    .isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> Connected.read(good.with(name, JsonArray.of(JsonObject.EMPTY))))
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void claimsNeedTheirMembers() throws Exception {
        JsonObject good = Wire.object(ANSWER).object("claims");
        assertThat(TokenClaims.read(good).toJson()).isEqualTo(good);
        Wire.assertRequired(good, TokenClaims::read, "documentId", "tenantId", "exp");
        Wire.assertOptional(good, TokenClaims::read, "scopes", "user", "iat", "ver");
        Wire.assertTyped(good, TokenClaims::read, "documentId", "tenantId", "scopes", "user", "iat", "exp");
        assertThat(TokenClaims.read(Wire.without(good, "scopes")).scopes()).isEmpty();
    }

    @Test
    void configurationsNeedTheirMembers() throws Exception {
        JsonObject good = ServiceConfiguration.DEFAULT.toJson();
        assertThat(ServiceConfiguration.read(good)).isEqualTo(ServiceConfiguration.DEFAULT);
        Wire.assertRequired(good, ServiceConfiguration::read, "blockSize", "maxMessageSize");
        Wire.assertTyped(good, ServiceConfiguration::read, "blockSize", "maxMessageSize");
        assertThatThrownBy(() -> ServiceConfiguration.read(good.with("maxMessageSize", JsonValue.of(0))))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void errorsAreReadAndSpelled() throws Exception {
        for (ConnectError error : List.of(new ConnectError(403, "no"), new ConnectError(429, "slow", 7))) {
            assertThat(ConnectError.read(error.toJson())).isEqualTo(error);
        }
        assertThat(new ConnectError(403, "no").toJson().toJson()).isEqualTo("{\"code\":403,\"message\":\"no\"}");
        assertThat(new ConnectError(503, "stopping", 2.5).toJson().toJson()).isEqualTo(
                "{\"code\":503,\"message\":\"stopping\",\"retryAfter\":2.5,\"retryAfterMs\":2500}");
        assertThat(ConnectError.read(JsonObject.EMPTY)).isEqualTo(new ConnectError(400, ""));
        JsonObject good = new ConnectError(429, "slow", 7).toJson();
        Wire.assertTyped(good, ConnectError::read, "code", "message", "retryAfter");
    }

    @Test
    void clientsAreReadAndSpelled() throws Exception {
        Client client = new Client(ConnectionMode.WRITE, false, "summarizer", "env",
                JsonObject.builder().put("id", "u").put("more", 1).build(), List.of(Scopes.READ));
        assertThat(Client.read(client.toJson())).isEqualTo(client);
        assertThat(client.userId()).isEqualTo("u");
        assertThat(client.summarizer()).isTrue();
        Client least = Client.read(JsonObject.EMPTY);
        assertThat(least.mode()).isEqualTo(ConnectionMode.WRITE);
        assertThat(least.interactive()).isTrue();
        assertThat(least.userId()).isEmpty();
        assertThat(least.summarizer()).isFalse();
        assertThat(least.granted(client.user(), client.scopes()).userId()).isEqualTo("u");
        assertThat(Client.read(Wire.object("{\"details\":{\"capabilities\":{\"interactive\":false}}}")).summarizer())
                .isTrue();
        Wire.assertTyped(client.toJson(), Client::read, "details", "scopes", "user", "mode");
        JsonObject details = client.toJson().object("details");
        Wire.assertTyped(details, object -> Client.read(client.toJson().with("details", object)), "capabilities",
                "type",
                "environment");
        assertThatThrownBy(() -> Client.read(Wire.object("{\"details\":{\"capabilities\":{\"interactive\":1}}}")))
                .isInstanceOf(ProtocolException.class);
    }
}
