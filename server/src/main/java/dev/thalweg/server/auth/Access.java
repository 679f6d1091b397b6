package dev.thalweg.server.auth;

import dev.thalweg.protocol.TokenClaims;

/** What a token was found to be worth. */
public sealed interface Access {
    /** It is good. @param claims what it says */
    record Granted(TokenClaims claims) implements Access {}

    /**
     * It is not.
     *
     * @param code    401 when another token may do, 403 when the token is sound and does not allow this
     * @param message for a person; does not repeat the token
     */
    record Denied(int code, String message) implements Access {}
}
