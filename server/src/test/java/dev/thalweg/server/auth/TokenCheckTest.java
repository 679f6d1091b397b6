package dev.thalweg.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.protocol.Scopes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenCheckTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final double LATER = NOW / 1000.0 + 60;
    private static final String MISMATCH = "DocumentId and/or TenantId in token claims do not match requested resource";

    private final TokenCheck check = new TokenCheck(Tenants.of(Map.of("t", "short", "u", "k".repeat(80))), () -> NOW);

    private static String token(String tenant, String document, double expires, String key) {
        return TestTokens.sign("HS256", TestTokens.claims(tenant, document, Scopes.ALL, expires), key);
    }

    private void denies(String token, int code, String message) {
        assertThat(check.forDocument(token, "t", "d")).isEqualTo(new Access.Denied(code, message));
    }

    @Test
    void takesASoundTokenWhateverTheLengthOfItsKey() {
        assertThat(check.forDocument(token("t", "d", LATER, "short"), "t", "d")).isInstanceOf(Access.Granted.class);
        assertThat(check.forDocument(token("u", "d", LATER, "k".repeat(80)), "u", "d"))
                .isInstanceOfSatisfying(Access.Granted.class, granted -> {
                    assertThat(granted.claims().scopes()).isEqualTo(Scopes.ALL);
                    assertThat(granted.claims().user().get("name")).isEqualTo(JsonValue.of("Ada"));
                });
    }

    @Test
    void asksForAToken() {
        denies(null, 403, "Must provide an authorization token");
        denies("", 403, "Must provide an authorization token");
    }

    @Test
    void refusesWhatIsNoToken() {
        denies("nonsense", 401, "Invalid token");
        denies("a.b.c", 401, "Invalid token");
        denies(TestTokens.sign("HS256", JsonValue.of("text"), "short"), 401, "Invalid token");
        denies(TestTokens.sign("HS256", JsonObject.of("tenantId", JsonValue.of("t")), "short"), 401, "Invalid token");
        denies("x".repeat(20_000), 401, "Invalid token: 20000 characters, the limit is 16384");
    }

    @Test
    void refusesAWrongSignature() {
        denies(token("t", "d", LATER, "wrong"), 401, "Invalid token signature");
        String sound = token("t", "d", LATER, "short");
        denies(sound.substring(0, sound.lastIndexOf('.') + 1) + "AAAA", 401, "Invalid token signature");
    }

    @Test
    void refusesOtherAlgorithms() {
        JsonObject claims = TestTokens.claims("t", "d", Scopes.ALL, LATER);
        denies(TestTokens.sign("HS512", claims, "short"), 401, "Invalid token signature");
        denies(TestTokens.sign("none", claims, "short"), 401, "Invalid token");
    }

    @Test
    void refusesAnExpiredTokenAndOneThatNeverExpires() {
        denies(token("t", "d", NOW / 1000.0, "short"), 401, "Token has expired");
        JsonObject endless = JsonObject.builder().put("documentId", "d").put("tenantId", "t")
                .put("scopes", JsonArray.ofStrings(Scopes.ALL)).build();
        denies(TestTokens.sign("HS256", endless, "short"), 401, "Invalid token");
    }

    @Test
    void refusesATokenForSomethingElse() {
        denies(token("t", "other", LATER, "short"), 403, MISMATCH);
        denies(token("u", "d", LATER, "k".repeat(80)), 403, MISMATCH);
        denies(token("nobody", "d", LATER, "short"), 401, "Unknown tenant");
    }

    @Test
    void refusesATokenThatAllowsTooLittle() {
        denies(TestTokens.sign("HS256", TestTokens.claims("t", "d", List.of(), LATER), "short"), 403,
                "Missing scopes in token claims");
        denies(TestTokens.sign("HS256", TestTokens.claims("t", "d", List.of(Scopes.WRITE), LATER), "short"), 403,
                "Token missing required scope: doc:read");
    }
}
