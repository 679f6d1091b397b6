package dev.thalweg.platform;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends HTTP requests. */
@FunctionalInterface
public interface Http {
    /** Sends a request. Any answer is a success, whatever its status; a failure means that there was no answer. */
    void send(Request request, Outcome<Response> outcome);

    /**
     * A request.
     *
     * @param method  {@code GET}, {@code POST}, {@code PATCH}
     * @param url     absolute, or relative to the page in a browser
     * @param headers by name
     * @param body    text, or null for none
     */
    record Request(String method, String url, Map<String, String> headers, @Nullable String body) {
        public Request {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * An answer.
     *
     * @param status            for example 200
     * @param body              as text, decoded from UTF-8
     * @param retryAfterSeconds of the header {@code Retry-After}, or 0
     */
    record Response(int status, String body, double retryAfterSeconds) {
        /** Whether the status is from 200 to 299. */
        public boolean ok() {
            return status >= 200 && status < 300;
        }
    }
}
