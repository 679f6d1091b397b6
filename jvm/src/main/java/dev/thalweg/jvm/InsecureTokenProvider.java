package dev.thalweg.jvm;

import dev.thalweg.driver.TokenProvider;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.TokenClaims;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs tokens in the client itself. For development only: whoever has the key can open every document of the tenant.
 * Tokens are JWTs signed with HS256 and hold for one hour.
 */
public final class InsecureTokenProvider implements TokenProvider {
    /** The key of the tenant that tinylicious serves. */
    public static final String DEVELOPMENT_KEY = "12345";

    private static final int LIFETIME_SECONDS = 3600;
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private final SecretKeySpec key;
    private final JsonObject user;
    private final List<String> scopes;
    private final InstantSource clock;

    /** Signs for a user with a fresh id, with all scopes. */
    public InsecureTokenProvider(String tenantKey, String userName) {
        this(tenantKey, JsonObject.builder().put("id", UUID.randomUUID().toString()).put("name", userName).build(),
                List.of(Scopes.READ, Scopes.WRITE, Scopes.SUMMARY_WRITE), InstantSource.system());
    }

    /**
     * Signs for a user.
     *
     * @param tenantKey the tenant's secret, not empty
     * @param user      at least {@code {"id": …}}
     * @param scopes    what the tokens allow
     * @param clock     the time
     */
    public InsecureTokenProvider(String tenantKey, JsonObject user, List<String> scopes, InstantSource clock) {
        this.key = new SecretKeySpec(tenantKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        if (!(user.get("id") instanceof JsonString)) {
            throw new IllegalArgumentException("user needs an id, was " + user);
        }
        this.user = user;
        this.scopes = List.copyOf(scopes);
        this.clock = clock;
    }

    @Override
    public void token(Request request, Outcome<String> outcome) {
        outcome.succeeded(sign(request.tenantId(), request.documentId()));
    }

    /** A token for a document, or for creating one when its id is empty. */
    public String sign(String tenantId, String documentId) {
        double now = Math.floor(clock.millis() / 1000.0);
        TokenClaims claims = new TokenClaims(documentId, tenantId, scopes, user, now, now + LIFETIME_SECONDS);
        String signed = encoded(HEADER.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.toJson().toJson().getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return signed + "." + encoded(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
