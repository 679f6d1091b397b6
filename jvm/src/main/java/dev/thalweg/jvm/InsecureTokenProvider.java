package dev.thalweg.jvm;

import dev.thalweg.driver.InsecureTokens;
import dev.thalweg.driver.TokenProvider;
import dev.thalweg.json.JsonObject;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.Scopes;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Signs tokens in the client itself. For development only, see {@link InsecureTokens}. */
public final class InsecureTokenProvider implements TokenProvider {
    /** The key of the tenant that tinylicious serves. */
    public static final String DEVELOPMENT_KEY = "12345";

    private final InsecureTokens tokens;
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
        this.tokens = new InsecureTokens(tenantKey, user, scopes);
        this.clock = clock;
    }

    @Override
    public void token(Request request, Outcome<String> outcome) {
        outcome.succeeded(sign(request.tenantId(), request.documentId()));
    }

    /** A token for a document, or for creating one when its id is empty. */
    public String sign(String tenantId, String documentId) {
        return tokens.sign(tenantId, documentId, (double) clock.millis());
    }
}
