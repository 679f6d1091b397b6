package dev.thalweg.sync;

import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventRun;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Http;
import dev.thalweg.platform.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A hub behind {@code /api/state}, {@code /api/push} and {@code /api/pull} of a server. */
public final class HttpSyncTransport implements SyncTransport {
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final Http http;
    private final String base;
    private final Supplier<String> token;

    /**
     * One of a document.
     *
     * @param base  the server's address, with or without a slash at its end
     * @param token for the document, asked for before each request; an empty one is not sent
     */
    public HttpSyncTransport(Http http, String base, Supplier<String> token) {
        this.http = http;
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.token = token;
    }

    /** Makes something of an answer. */
    private interface Reader<T> {
        T read(JsonValue json) throws ProtocolException;
    }

    @Override
    public void state(Outcome<SyncState> outcome) {
        send("GET", "/api/state", null, SyncJson::readState, outcome);
    }

    @Override
    public void push(DocumentKind kind, String peer, List<EventRun> events, Outcome<PushReply> outcome) {
        send("POST", "/api/push", SyncJson.push(kind, peer, events), SyncJson::readPushReply, outcome);
    }

    @Override
    public void pull(DocumentKind kind, Map<String, Integer> known, int limit, Outcome<PullReply> outcome) {
        send("POST", "/api/pull", SyncJson.pull(kind, known, limit), json -> SyncJson.readPullReply(kind, json),
                outcome);
    }

    private <T> void send(String method, String path, @Nullable JsonObject body, Reader<T> reader,
            Outcome<T> outcome) {
        Map<String, String> headers = new HashMap<>();
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        String credentials = token.get();
        if (!credentials.isEmpty()) {
            headers.put("Authorization", "Bearer " + credentials);
        }
        http.send(new Http.Request(method, base + path, headers, body == null ? null : body.toJson()), new Outcome<>() {
            @Override
            public void succeeded(Http.Response response) {
                if (!response.ok()) {
                    outcome.failed(refusal(path, response));
                    return;
                }
                T answer;
                try {
                    answer = reader.read(JsonValue.parse(response.body(), SyncJson.LIMITS));
                } catch (ProtocolException e) {
                    outcome.failed(Failure.permanent(response.status(), path + ": " + e.getMessage()));
                    return;
                }
                outcome.succeeded(answer);
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    private static Failure refusal(String path, Http.Response response) {
        String message = response.body();
        try {
            if (JsonValue.parse(response.body(), SyncJson.LIMITS) instanceof JsonObject json) {
                String said = json.has("error") ? json.string("error") : json.string("message");
                message = said;
            }
        } catch (ProtocolException e) {
            // Then it is shown as it came.
        }
        boolean passing = response.status() == TOO_MANY || response.status() >= SERVER_ERROR;
        return new Failure(response.status(), path + ": " + response.status() + " " + message, passing,
                1000 * response.retryAfterSeconds());
    }
}
