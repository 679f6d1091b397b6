package dev.thalweg.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACVerifier;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.TokenClaims;
import java.text.ParseException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks document tokens: JSON web tokens signed with HS256 and a tenant's key, with Fluid's claims. The words of the
 * refusals that Fluid's development service also gives are those that its clients know; signature and expiry, which
 * that service leaves unchecked, are checked here.
 */
public final class TokenCheck {
    private static final JsonLimits CLAIMS = new JsonLimits(16, 16 * 1024);
    private static final Access INVALID = new Access.Denied(401, "Invalid token");

    private final Tenants tenants;
    private final LongSupplier clock;

    /** @param clock milliseconds since 1970 */
    public TokenCheck(Tenants tenants, LongSupplier clock) {
        this.tenants = tenants;
        this.clock = clock;
    }

    /** Checks a token for a request that names the tenant and the document it is about. */
    public Access forDocument(@Nullable String token, String tenantId, String documentId) {
        return switch (forTenant(token, tenantId)) {
            case Access.Granted granted when !granted.claims().documentId().equals(documentId) -> mismatch();
            case Access access -> access;
        };
    }

    /** Checks a token for a request that names nothing: which tenant and document it is about, the token says. */
    public Access forAny(@Nullable String token) {
        return check(token, null);
    }

    /** Checks a token for a request that names the tenant only; which document it is about, the token says. */
    public Access forTenant(@Nullable String token, String tenantId) {
        return check(token, tenantId);
    }

    private Access check(@Nullable String token, @Nullable String tenantId) {
        if (token == null || token.isEmpty()) {
            return new Access.Denied(403, "Must provide an authorization token");
        }
        if (token.length() > CLAIMS.maxLength()) {
            return new Access.Denied(401, "Invalid token: " + token.length() + " characters, the limit is "
                    + CLAIMS.maxLength());
        }
        try {
            JWSObject jws = JWSObject.parse(token);
            TokenClaims claims = TokenClaims.read(JsonCasts
                    .object(JsonValue.parse(jws.getPayload().toString(), CLAIMS), "claims"));
            return judge(jws, claims, tenantId);
        } catch (ParseException | ProtocolException | IllegalArgumentException e) {
            return INVALID;
        }
    }

    private Access judge(JWSObject jws, TokenClaims claims, @Nullable String tenantId) {
        byte[] key = tenants.key(claims.tenantId());
        if (key == null) {
            return new Access.Denied(401, "Unknown tenant");
        }
        if (!JWSAlgorithm.HS256.equals(jws.getHeader().getAlgorithm()) || !signed(jws, key)) {
            return new Access.Denied(401, "Invalid token signature");
        }
        if (claims.expires() * 1000 <= clock.getAsLong()) {
            return new Access.Denied(401, "Token has expired");
        }
        if (tenantId != null && !claims.tenantId().equals(tenantId)) {
            return mismatch();
        }
        if (claims.scopes().isEmpty()) {
            return new Access.Denied(403, "Missing scopes in token claims");
        }
        if (!claims.allows(Scopes.READ)) {
            return new Access.Denied(403, "Token missing required scope: " + Scopes.READ);
        }
        return new Access.Granted(claims);
    }

    private static boolean signed(JWSObject jws, byte[] key) {
        try {
            return jws.verify(new MACVerifier(key));
        } catch (JOSEException e) {
            return false;
        }
    }

    private static Access mismatch() {
        return new Access.Denied(403,
                "DocumentId and/or TenantId in token claims do not match requested resource");
    }
}
