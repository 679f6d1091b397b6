package dev.thalweg.server;

import static dev.thalweg.server.RawClient.isType;
import static dev.thalweg.server.RawClient.number;
import static dev.thalweg.server.RawClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.server.auth.TestTokens;
import dev.thalweg.server.session.SessionLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Connecting to a document: what a client is told, and every way to be refused. */
class ConnectTest extends OneDocument {
    private void refused(@Nullable String token, String id, int code, String message) throws Exception {
        try (RawClient client = RawClient.open(server)) {
            client.connect(id, "write", token, true, null);
            JsonObject error = (JsonObject) client.await("connect_document_error").get(1);
            assertThat(error.toJson())
                    .isEqualTo("{\"code\":" + code + ",\"message\":" + JsonValue.of(message).toJson() + "}");
            client.ping();
            assertThat(client.operations()).isEmpty();
        }
    }

    @Test
    void tellsAWriterWhatItWasGranted() throws Exception {
        try (RawClient client = RawClient.open(server)) {
            client.connect(document, "write", TestTokens.of(document, Scopes.ALL), true, null);
            JsonObject success = client.accepted();
            assertThat(text(success, "mode")).isEqualTo("write");
            assertThat(text(success, "version")).isEqualTo("^0.4.0");
            assertThat(success.get("existing")).isEqualTo(JsonValue.of(true));
            assertThat(success.array("initialClients").size()).isZero();
            assertThat(success.array("initialSignals").size()).isZero();
            assertThat(success.array("supportedVersions").strings()).contains("^0.4.0", "^0.1.0");
            assertThat(success.object("supportedFeatures").toJson()).isEqualTo("{\"submit_signals_v2\":true}");
            int limit = number(success, "maxMessageSize");
            assertThat(number(success.object("serviceConfiguration"), "maxMessageSize")).isEqualTo(limit);
            assertThat(success.number("timestamp")).isGreaterThan(1.7e12);
            JsonObject claims = success.object("claims");
            assertThat(text(claims, "documentId")).isEqualTo(document);
            assertThat(claims.array("scopes").strings()).isEqualTo(Scopes.ALL);

            JsonObject join = client.ops(1).get(0);
            assertThat(text(join, "type")).isEqualTo("join");
            assertThat(text(join, "clientId")).isNull();
            JsonObject data = (JsonObject) JsonValue.parse(join.string("data"));
            assertThat(data.string("clientId")).isEqualTo(client.clientId());
            assertThat(data.object("detail").array("scopes").strings()).containsExactly("doc:read", "doc:write");
            assertThat(data.object("detail").object("user").toJson()).isEqualTo("{\"id\":\"u-1\",\"name\":\"Ada\"}");
        }
    }

    @Test
    void tellsANewcomerWhoIsThereAndTheOthersOfIt() throws Exception {
        try (RawClient first = RawClient.write(server, document); RawClient reader = RawClient.read(server, document)) {
            assertThat(first.frame(frame -> frame.contains("join") && frame.contains(first.clientId())))
                    .startsWith("42[\"signal\",{\"clientId\":null,\"content\":\"{\\\"type\\\":\\\"join\\\"");
            first.frame(frame -> frame.contains("join") && frame.contains(reader.clientId()));
            RawClient third = RawClient.open(server);
            third.connect(document, "write", TestTokens.of(document, Scopes.ALL), true, null);
            JsonArray others = third.accepted().array("initialClients");
            assertThat(others.values()).extracting(other -> text((JsonObject) other, "clientId"))
                    .containsExactly(first.clientId(), reader.clientId());
            third.cut();
            reader.frame(frame -> frame.contains("leave") && frame.contains(third.clientId()));
            assertThat(first.op(op -> isType(op, "leave")).string("data"))
                    .isEqualTo("\"" + third.clientId() + "\"");
        }
    }

    @Test
    void letsAReaderInWithoutSequencingIt() throws Exception {
        try (RawClient writer = RawClient.write(server, document)) {
            writer.submit(1, "{}");
            writer.ops(2);
            RawClient reader = RawClient.open(server);
            reader.connect(document, "read", TestTokens.of(document, Scopes.ALL), true, null);
            JsonObject success = reader.accepted();
            assertThat(text(success, "mode")).isEqualTo("read");
            assertThat(number((JsonObject) success.array("initialMessages").get(0), "sequenceNumber")).isEqualTo(2);
            writer.submit(2, "{}");
            assertThat(reader.ops(3)).extracting(RawClient::sn).containsExactly(3);
            reader.submit(3, "{}");
            assertThat(reader.nack().toJson())
                    .isEqualTo("{\"code\":400,\"type\":\"BadRequestError\",\"message\":\"Readonly client\"}");
            reader.close();
            writer.frame(frame -> frame.contains("leave") && frame.contains(reader.clientId()));
            writer.submit(3, "{}");
            assertThat(writer.ops(4)).extracting(op -> text(op, "type")).containsExactly("join", "op", "op", "op");
        }
    }

    @Test
    void letsOnlyReadWhoseTokenDoesNotAllowWriting() throws Exception {
        RawClient client = RawClient.open(server);
        client.connect(document, "write", TestTokens.of(document, List.of(Scopes.READ)), true, null);
        assertThat(text(client.accepted(), "mode")).isEqualTo("read");
        client.submit(0, "{}");
        assertThat(client.nack().toJson())
                .isEqualTo("{\"code\":403,\"type\":\"InvalidScopeError\",\"message\":\"Invalid scope\"}");
        client.close();
    }

    @Test
    void refusesEveryUnsoundToken() throws Exception {
        double later = System.currentTimeMillis() / 1000.0 + 60;
        refused(null, document, 403, "Must provide an authorization token");
        refused("garbage", document, 401, "Invalid token");
        refused(TestTokens.sign("HS256", TestTokens.claims("tinylicious", document, Scopes.ALL, later), "x"), document,
                401, "Invalid token signature");
        refused(TestTokens.sign("HS256", TestTokens.claims("tinylicious", document, Scopes.ALL, 1e9), "12345"),
                document, 401, "Token has expired");
        refused(TestTokens.of("another", Scopes.ALL), document, 403,
                "DocumentId and/or TenantId in token claims do not match requested resource");
        refused(TestTokens.of(document, List.of()), document, 403, "Missing scopes in token claims");
    }

    @Test
    void refusesADocumentThatDoesNotExist() throws Exception {
        refused(TestTokens.of("nowhere", Scopes.ALL), "nowhere", 404, "No such document: nowhere");
    }

    @Test
    void refusesASecondDocumentOnOneSocketAndKeepsTheFirst() throws Exception {
        try (RawClient client = RawClient.write(server, document)) {
            client.connect(document, "write", TestTokens.of(document, Scopes.ALL), true, null);
            assertThat(((JsonObject) client.await("connect_document_error").get(1)).string("message"))
                    .isEqualTo("This socket is connected to a document already");
            client.submit(1, "{}");
            assertThat(client.ops(2)).extracting(op -> text(op, "type")).containsExactly("join", "op");
        }
    }

    @Test
    void letsASocketTryAgainAfterARefusal() throws Exception {
        try (RawClient client = RawClient.open(server)) {
            client.connect(document, "write", "garbage", true, null);
            client.await("connect_document_error");
            client.connect(document, "write", TestTokens.of(document, Scopes.ALL), true, null);
            client.accepted();
        }
    }

    @Test
    void refusesVersionsItDoesNotSpeakAndMessagesItCannotRead() throws Exception {
        try (RawClient client = RawClient.open(server)) {
            client.event("connect_document", JsonValue.parse("""
                    {"id":"x","tenantId":"tinylicious","client":{},"versions":["^9.0.0"]}"""));
            assertThat(((JsonObject) client.await("connect_document_error").get(1)).string("message")).isEqualTo(
                    "Unsupported client protocol. Server: ^0.4.0,^0.3.0,^0.2.0,^0.1.0. Client: ^9.0.0");
            client.event("connect_document", JsonValue.parse("{\"id\":\"x\"}"));
            assertThat(((JsonObject) client.await("connect_document_error").get(1)).string("message"))
                    .startsWith("Invalid connection message");
        }
    }

    @Test
    void limitsTheConnectionsOfADocument() throws Exception {
        try (TestServer small = TestServer.start(SessionLimits.DEFAULT.withMaxConnections(1))) {
            String id = small.create();
            try (RawClient first = RawClient.write(small, id); RawClient second = RawClient.open(small)) {
                second.connect(id, "read", TestTokens.of(id, Scopes.ALL), true, null);
                JsonObject error = (JsonObject) second.await("connect_document_error").get(1);
                assertThat(error.toJson()).isEqualTo("{\"code\":429,\"message\":\"The document has 1 connections, the"
                        + " limit is 1\",\"retryAfter\":30,\"retryAfterMs\":30000}");
            }
        }
    }

    @Test
    void neverGivesAClientIdTwice() throws Exception {
        java.util.Set<String> ids = new java.util.HashSet<>();
        for (int i = 0; i < 5; i++) {
            try (RawClient client = RawClient.write(server, document)) {
                assertThat(ids.add(client.clientId())).isTrue();
                assertThat(client.clientId()).hasSize(36);
            }
        }
    }
}
