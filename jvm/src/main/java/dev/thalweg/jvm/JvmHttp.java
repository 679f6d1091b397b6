package dev.thalweg.jvm;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Http;
import dev.thalweg.platform.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletionException;

/** HTTP by {@code java.net.http}. Outcomes arrive on the event loop. */
final class JvmHttp implements Http {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client;
    private final EventLoop loop;

    JvmHttp(HttpClient client, EventLoop loop) {
        this.client = client;
        this.loop = loop;
    }

    @Override
    public void send(Request request, Outcome<Response> outcome) {
        HttpRequest built;
        try {
            built = build(request);
        } catch (IllegalArgumentException e) {
            loop.execute(() -> outcome.failed(Failure.permanent(0, request.url() + ": " + e.getMessage())));
            return;
        }
        var unused = client.sendAsync(built, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .whenComplete((response, error) -> loop.execute(() -> {
                    if (response != null) {
                        outcome.succeeded(new Response(response.statusCode(), response.body(), retryAfter(response)));
                    } else {
                        outcome.failed(Failure.passing(0,
                                request.method() + " " + request.url() + " got no answer: " + describe(error)));
                    }
                }));
    }

    private static HttpRequest build(Request request) {
        String body = request.body();
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(request.url())).timeout(TIMEOUT).method(
                request.method(), body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (request.url().startsWith("http:")) {
            /* Asking for an upgrade to HTTP/2 in clear text only costs, and confuses some servers. */
            builder.version(HttpClient.Version.HTTP_1_1);
        }
        request.headers().forEach(builder::header);
        return builder.build();
    }

    /** Seconds, given as a number or as a date. */
    private static double retryAfter(HttpResponse<String> response) {
        String value = response.headers().firstValue("Retry-After").orElse("").trim();
        if (value.isEmpty()) {
            return 0;
        }
        try {
            return Math.max(0, Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return untilDate(value);
        }
    }

    private static double untilDate(String value) {
        try {
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Math.max(0, Duration.between(Instant.now(), then).toMillis() / 1000.0);
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    /** What went wrong, without the wrapper that futures put around it. */
    static String describe(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        String message = cause.getMessage();
        return message == null || message.isEmpty() ? cause.getClass().getSimpleName() : message;
    }
}
