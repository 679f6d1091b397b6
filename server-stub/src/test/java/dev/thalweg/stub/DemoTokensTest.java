package dev.thalweg.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.Scopes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for the demo page: for its tenant and document alone, and with nothing in them that was not meant. */
class DemoTokensTest {
    private final DemoTokens tokens = new DemoTokens("acme", "secret");

    @Test
    void aTokenIsForOneDocumentOfOneTenantAndSignedWithItsKey() throws Exception {
        JsonObject answer = tokens.answer(JsonObject.builder().put("document", "d1").put("name", "Ann").build());
        assertThat(answer.string("tenantId")).isEqualTo("acme");
        String[] parts = answer.string("token").split("\\.");
        JsonObject claims = claims(answer);
        assertThat(claims.string("tenantId")).isEqualTo("acme");
        assertThat(claims.string("documentId")).isEqualTo("d1");
        assertThat(claims.object("user").string("name")).isEqualTo("Ann");
        assertThat(((JsonArray) claims.get("scopes")).values().stream().map(scope -> ((JsonString) scope).value()))
                .containsExactlyElementsOf(Scopes.ALL);
        assertThat(number(claims, "exp")).isGreaterThan(number(claims, "iat"));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(HexFormat.of().formatHex(Base64.getUrlDecoder().decode(parts[2])))
                .isEqualTo(HexFormat.of().formatHex(mac.doFinal((parts[0] + "." + parts[1])
                        .getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void documentAndNameMayBeLeftOutAndEveryAskerIsAnotherUser() throws Exception {
        JsonObject first = claims(tokens.answer(JsonObject.EMPTY));
        JsonObject second = claims(tokens.answer(JsonObject.EMPTY));
        assertThat(first.string("documentId")).isEmpty();
        assertThat(first.object("user").string("name")).isEmpty();
        assertThat(first.object("user").string("id")).isNotEqualTo(second.object("user").string("id"));
    }

    @Test
    void aNameIsCutToItsLimitAndTakenAsItIs() throws Exception {
        String hostile = "\",\"admin\":true,\"x\":\"\u0000é";
        JsonObject user = claims(tokens.answer(JsonObject.of("name", JsonValue.of(hostile)))).object("user");
        assertThat(user.string("name")).isEqualTo(hostile);
        assertThat(user.get("admin")).isNull();
        assertThat(claims(tokens.answer(JsonObject.of("name", JsonValue.of("x".repeat(100_000))))).object("user")
                .string("name")).isEqualTo("x".repeat(40));
        assertThat(claims(tokens.answer(JsonObject.of("name", JsonValue.of("x".repeat(39) + "\uD83C\uDF0A"))))
                .object("user").string("name")).as("no half of a character").isEqualTo("x".repeat(39));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"document\":1}", "{\"document\":{}}", "{\"name\":[\"a\"]}", "{\"name\":true}"})
    void whatIsNoTextIsRefused(String request) throws Exception {
        JsonObject asked = (JsonObject) JsonValue.parse(request);
        assertThatThrownBy(() -> tokens.answer(asked)).isInstanceOf(ProtocolException.class);
    }

    private static JsonObject claims(JsonObject answer) throws ProtocolException {
        String body = answer.string("token").split("\\.")[1];
        return (JsonObject) JsonValue.parse(new String(Base64.getUrlDecoder().decode(body), StandardCharsets.UTF_8));
    }

    private static double number(JsonObject object, String name) {
        return ((JsonNumber) object.get(name)).value();
    }
}
