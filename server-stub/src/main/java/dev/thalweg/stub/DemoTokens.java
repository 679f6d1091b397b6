package dev.thalweg.stub;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.server.http.Endpoint;
import java.time.InstantSource;
import java.util.UUID;

/** Gives the demo page tokens for one tenant, so that no key is in the page. Whoever asks gets one. */
final class DemoTokens implements Endpoint {
    static final String PATH = "/api/demo/token";

    private static final int LONGEST_NAME = 40;

    private final String tenant;
    private final String key;

    /** @param tenant whose documents the demo makes @param key that signs its tokens */
    DemoTokens(String tenant, String key) {
        this.tenant = tenant;
        this.key = key;
    }

    /** Takes {@code {"document", "name"}}, both may be empty, and gives {@code {"tenantId", "token"}}. */
    @Override
    public JsonObject answer(JsonObject request) throws ProtocolException {
        String document = request.optionalString("document");
        String name = request.optionalString("name");
        return JsonObject.builder().put("tenantId", tenant)
                .put("token", provider(name == null ? "" : name).sign(tenant, document == null ? "" : document))
                .build();
    }

    /** Signs for a user of that name. */
    InsecureTokenProvider provider(String name) {
        JsonObject user = JsonObject.builder().put("id", UUID.randomUUID().toString()).put("name", cut(name)).build();
        return new InsecureTokenProvider(key, user, Scopes.ALL, InstantSource.system());
    }

    private static String cut(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        // Half of a character is none.
        boolean halves = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1));
        return name.substring(0, halves ? LONGEST_NAME - 1 : LONGEST_NAME);
    }

    /** Whose documents the demo makes. */
    String tenant() {
        return tenant;
    }
}
