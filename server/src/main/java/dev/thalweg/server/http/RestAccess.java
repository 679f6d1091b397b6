package dev.thalweg.server.http;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.protocol.TokenClaims;
import dev.thalweg.server.auth.Access;
import dev.thalweg.server.auth.TokenCheck;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds and checks the token of a request. Fluid's drivers send it as {@code Basic <token>} to the orderer and as
 * {@code Basic base64(tenant:token)} to the storage; {@code Bearer <token>} is taken too.
 */
final class RestAccess {
    private final TokenCheck tokens;

    RestAccess(TokenCheck tokens) {
        this.tokens = tokens;
    }

    /** The claims of a token that is good, for whatever it says itself. */
    TokenClaims forAny(RestRequest request) throws RestException {
        return granted(tokens.forAny(requiredToken(request)));
    }

    /** The claims of a token that is good for the tenant. */
    TokenClaims forTenant(RestRequest request, String tenantId) throws RestException {
        return granted(tokens.forTenant(requiredToken(request), tenantId));
    }

    /** The claims of a token that is good for the document. */
    TokenClaims forDocument(RestRequest request, String tenantId, String documentId) throws RestException {
        return granted(tokens.forDocument(requiredToken(request), tenantId, documentId));
    }

    /* Without a token a request is answered 401 and not 403 as a socket is: it makes a client ask for one. */
    private static String requiredToken(RestRequest request) throws RestException {
        String token = token(request);
        if (token == null || token.isEmpty()) {
            throw new RestException(401, "Must provide an authorization token");
        }
        return token;
    }

    private static TokenClaims granted(Access access) throws RestException {
        return switch (access) {
            case Access.Granted granted -> granted.claims();
            case Access.Denied denied -> throw new RestException(denied.code(), denied.message());
        };
    }

    private static @Nullable String token(RestRequest request) {
        String header = request.header("authorization");
        int space = header == null ? -1 : header.indexOf(' ');
        if (header == null || space < 0) {
            return null;
        }
        String credentials = header.substring(space + 1).strip();
        return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer" -> credentials;
            // A token has two dots, which base64 has not.
            case "basic" -> credentials.indexOf('.') >= 0 ? credentials : password(credentials);
            default -> null;
        };
    }

    private static String password(String base64) {
        try {
            String pair = Utf8.decode(Base64.getDecoder().decode(base64));
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return base64;
        }
    }
}
