package dev.thalweg.driver;

import dev.thalweg.bytes.Sha256;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.TokenClaims;
import java.util.Base64;
import java.util.List;

/**
 * Signs tokens with a tenant's key. For development only: whoever has the key can open every document of the tenant.
 * Tokens are JWTs signed with HS256 (RFC 7515, RFC 7518) and hold for one hour.
 */
public final class InsecureTokens {
    private static final int LIFETIME_SECONDS = 3600;
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private final byte[] key;
    private final JsonObject user;
    private final List<String> scopes;

    /** Signs for a user, with all scopes. */
    public InsecureTokens(String tenantKey, JsonObject user) {
        this(tenantKey, user, List.of(Scopes.READ, Scopes.WRITE, Scopes.SUMMARY_WRITE));
    }

    /**
     * Signs for a user.
     *
     * @param tenantKey the tenant's secret, not empty
     * @param user      at least {@code {"id": …}}
     * @param scopes    what the tokens allow
     * @throws IllegalArgumentException when the key is empty or the user has no id
     */
    public InsecureTokens(String tenantKey, JsonObject user, List<String> scopes) {
        if (tenantKey.isEmpty()) {
            throw new IllegalArgumentException("tenantKey must not be empty");
        }
        if (!(user.get("id") instanceof JsonString)) {
            throw new IllegalArgumentException("user needs an id, was " + user.toJson());
        }
        this.key = Utf8.encode(tenantKey);
        this.user = user;
        this.scopes = List.copyOf(scopes);
    }

    /**
     * A token for a document.
     *
     * @param documentId empty for a document that is to be created
     * @param nowMillis  the time
     */
    public String sign(String tenantId, String documentId, double nowMillis) {
        double now = Math.floor(nowMillis / 1000.0);
        TokenClaims claims = new TokenClaims(documentId, tenantId, scopes, user, now, now + LIFETIME_SECONDS);
        String signed = encoded(Utf8.encode(HEADER)) + "." + encoded(Utf8.encode(claims.toJson().toJson()));
        return signed + "." + encoded(Sha256.hmac(key, Utf8.encode(signed)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
