package dev.thalweg.web.rig;

import dev.thalweg.driver.TokenProvider;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Http;
import dev.thalweg.platform.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the service that serves the demo for its tokens, so that no key is in the page. */
public final class DemoTokens implements TokenProvider {
    private static final String PATH = "/api/demo/token";

    private final Http http;
    private final String address;
    private final String name;
    private @Nullable Grant held;

    /**
     * A token and whose documents it is for.
     *
     * @param documentId empty for a document that is still to be created
     * @param name       of the user
     */
    public record Grant(String documentId, String name, String tenant, String token) {}

    /** One who asks. @param address of the service @param name of the user who asks, as others will see it */
    public DemoTokens(Http http, String address, String name) {
        this.http = http;
        this.address = address;
        this.name = name;
    }

    /** Gives this for the first token that is asked for, if it is the user's and for the same document. */
    DemoTokens holding(Grant grant) {
        if (grant.name().equals(name)) {
            held = grant;
        }
        return this;
    }

    @Override
    public void token(Request request, Outcome<String> outcome) {
        Grant first = held;
        held = null;
        if (first != null && !request.refresh() && first.documentId().equals(request.documentId())) {
            outcome.succeeded(first.token());
            return;
        }
        grant(request.documentId(), new Outcome<>() {
            @Override
            public void succeeded(Grant grant) {
                outcome.succeeded(grant.token());
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    /** Asks for a token. @param documentId empty for a document that is still to be created */
    public void grant(String documentId, Outcome<Grant> outcome) {
        String body = JsonObject.builder().put("document", documentId).put("name", name).build().toJson();
        http.send(new Http.Request("POST", address + PATH, Map.of("Content-Type", "application/json"), body),
                new Outcome<>() {
                    @Override
                    public void succeeded(Http.Response response) {
                        if (!response.ok()) {
                            outcome.failed(response.status() >= 500
                                    ? Failure.passing(response.status(), "no token: status " + response.status())
                                    : Failure.permanent(response.status(), "no token: status " + response.status()));
                            return;
                        }
                        read(documentId, response.body(), outcome);
                    }

                    @Override
                    public void failed(Failure failure) {
                        outcome.failed(failure);
                    }
                });
    }

    private void read(String documentId, String body, Outcome<Grant> outcome) {
        Grant grant;
        try {
            JsonObject object = JsonCasts.object(JsonValue.parse(body), "token answer");
            grant = new Grant(documentId, name, object.string("tenantId"), object.string("token"));
        } catch (ProtocolException e) {
            // A static host may answer any address with its front page.
            outcome.failed(Failure.permanent(0, "no token: the answer cannot be read"));
            return;
        }
        outcome.succeeded(grant);
    }
}
