package dev.thalweg.protocol;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;

/**
 * What a document token says. Times are seconds since 1970.
 *
 * @param documentId empty when the document is still to be created
 * @param tenantId   whose key signed it
 * @param scopes     what it allows
 * @param user       at least {@code {"id": …}}
 * @param issuedAt   {@code iat}
 * @param expires    {@code exp}
 */
public record TokenClaims(
        String documentId,
        String tenantId,
        List<String> scopes,
        JsonObject user,
        double issuedAt,
        double expires) {
    public TokenClaims {
        scopes = List.copyOf(scopes);
    }

    /** Whether it allows something. */
    public boolean allows(String scope) {
        return Scopes.contain(scopes, scope);
    }

    /** Reads the claims of a token that has been verified, or that need not be. */
    public static TokenClaims read(JsonObject object) throws ProtocolException {
        JsonObject user = object.optionalObject("user");
        return new TokenClaims(object.string("documentId"), object.string("tenantId"),
                object.optionalArray("scopes").strings(), user == null ? JsonObject.of("id", JsonValue.of("")) : user,
                object.has("iat") ? object.number("iat") : 0, object.number("exp"));
    }

    /** As they stand in the token and in the answer to a connect. */
    public JsonObject toJson() {
        return JsonObject.builder().put("documentId", documentId).put("scopes", JsonArray.ofStrings(scopes))
                .put("tenantId", tenantId).put("user", user).put("iat", issuedAt).put("exp", expires).put("ver", "1.0")
                .build();
    }
}
