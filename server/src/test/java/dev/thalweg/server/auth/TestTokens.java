package dev.thalweg.server.auth;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens, signed with the platform's own HMAC: a second implementation of what the server checks. */
public final class TestTokens {
    private TestTokens() {}

    public static String of(String documentId, List<String> scopes) {
        return sign("HS256", claims("tinylicious", documentId, scopes, System.currentTimeMillis() / 1000 + 3600),
                "12345");
    }

    public static JsonObject claims(String tenantId, String documentId, List<String> scopes, double expires) {
        return JsonObject.builder().put("documentId", documentId).put("scopes", JsonArray.ofStrings(scopes))
                .put("tenantId", tenantId)
                .put("user", JsonObject.builder().put("id", "u-1").put("name", "Ada").build())
                .put("iat", expires - 3600).put("exp", expires).put("ver", "1.0").build();
    }

    public static String sign(String algorithm, JsonValue claims, String key) {
        try {
            String text = base64("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}") + "." + base64(claims.toJson());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
