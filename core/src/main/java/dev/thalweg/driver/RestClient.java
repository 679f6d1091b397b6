package dev.thalweg.driver;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonReader;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Http;
import dev.thalweg.platform.Outcome;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a service with its token. One that is refused with 401 is sent once more with another token; everything
 * else that is not a success becomes a {@link Failure} which says whether and when to try again.
 */
final class RestClient {
    /** How a token is shown. */
    enum Authorization {
        /** To the orderer: the token in place of credentials. */
        ORDERER,
        /** To the storage: as the password of the tenant. */
        STORAGE
    }

    /** Reads what an answer says, all of it. */
    @FunctionalInterface
    interface Reader<T extends @Nullable Object> {
        T read(JsonReader body) throws ProtocolException;
    }

    private final Http http;
    private final String tenant;
    private final Tokens tokens;

    RestClient(Http http, String tenant, Tokens tokens) {
        this.http = http;
        this.tenant = tenant;
        this.tokens = tokens;
    }

    <T extends @Nullable Object> void get(Authorization authorization, String url, Reader<T> reader,
            Outcome<T> outcome) {
        send(authorization, "GET", url, null, reader, outcome);
    }

    <T extends @Nullable Object> void post(Authorization authorization, String url, JsonValue body, Reader<T> reader,
            Outcome<T> outcome) {
        send(authorization, "POST", url, body.toJson(), reader, outcome);
    }

    private <T extends @Nullable Object> void send(Authorization authorization, String method, String url,
            @Nullable String body,
            Reader<T> reader, Outcome<T> outcome) {
        tokens.get(new Outcome<>() {
            @Override
            public void succeeded(String token) {
                attempt(authorization, method, url, body, token, true, reader, outcome);
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    private <T extends @Nullable Object> void attempt(Authorization authorization, String method, String url,
            @Nullable String body,
            String token, boolean first, Reader<T> reader, Outcome<T> outcome) {
        Http.Request request = new Http.Request(method, url, headers(authorization, token, body != null), body);
        http.send(request, new Outcome<>() {
            @Override
            public void succeeded(Http.Response response) {
                if (response.status() != 401 || !first) {
                    answered(method, url, response, reader, outcome);
                    return;
                }
                tokens.getInsteadOf(token, new Outcome<>() {
                    @Override
                    public void succeeded(String another) {
                        attempt(authorization, method, url, body, another, false, reader, outcome);
                    }

                    @Override
                    public void failed(Failure failure) {
                        outcome.failed(failure);
                    }
                });
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        });
    }

    private Map<String, String> headers(Authorization authorization, String token, boolean withBody) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Basic " + switch (authorization) {
            case ORDERER -> token;
            case STORAGE -> Base64.getEncoder().encodeToString(Utf8.encode(tenant + ":" + token));
        });
        if (withBody) {
            headers.put("Content-Type", "application/json");
        }
        return headers;
    }

    private static <T extends @Nullable Object> void answered(String method, String url, Http.Response response,
            Reader<T> reader,
            Outcome<T> outcome) {
        if (!response.ok()) {
            outcome.failed(failure(method, url, response));
            return;
        }
        T value;
        try {
            JsonReader body = new JsonReader(response.body(), JsonLimits.DEFAULT);
            value = reader.read(body);
            body.end();
        } catch (ProtocolException e) {
            outcome.failed(Failure.permanent(response.status(),
                    method + " " + url + " gave an answer that cannot be read: " + e.getMessage()));
            return;
        }
        outcome.succeeded(value);
    }

    private static Failure failure(String method, String url, Http.Response response) {
        int status = response.status();
        JsonObject error = errorOf(response.body());
        double seconds = response.retryAfterSeconds();
        String message = response.body();
        try {
            if (error != null) {
                message = error.get("message") instanceof JsonString text ? text.value() : message;
                seconds = seconds > 0 || !error.has("retryAfter") ? seconds : error.number("retryAfter");
            }
        } catch (ProtocolException e) {
            seconds = response.retryAfterSeconds();
        }
        boolean retryable = status == 408 || status == 429 || status >= 500 && status != 501;
        String text = method + " " + url + " gave " + status + (message.isEmpty() ? "" : ": " + shortened(message));
        return new Failure(status, text, retryable, seconds > 0 ? seconds * 1000 : 0);
    }

    private static @Nullable JsonObject errorOf(String body) {
        try {
            return JsonValue.parse(body) instanceof JsonObject object ? object : null;
        } catch (ProtocolException e) {
            return null;
        }
    }

    private static String shortened(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
