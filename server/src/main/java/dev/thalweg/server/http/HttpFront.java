package dev.thalweg.server.http;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.ProtocolException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers plain HTTP requests: health, further routes, REST and pages. Work that blocks is done by workers. */
final class HttpFront {
    private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());
    /** Where replicas of tables listen. */
    static final String SYNC_PATH = "/ws";

    private static final String ALLOWED_METHODS = "GET, HEAD, POST, PATCH, DELETE, OPTIONS";
    private static final String DEFAULT_HEADERS = "authorization, content-type, x-driver-version";

    private final RestRoutes routes;
    private final SyncRoutes sync;
    private final Map<String, Endpoint> endpoints;
    private final StaticPages pages;
    private final Supplier<JsonObject> health;
    private final Executor workers;
    private final int maxBodyBytes;

    HttpFront(RestRoutes routes, SyncRoutes sync, Map<String, Endpoint> endpoints, StaticPages pages,
            Supplier<JsonObject> health,
            Executor workers, int maxBodyBytes) {
        this.routes = routes;
        this.sync = sync;
        this.endpoints = Map.copyOf(endpoints);
        this.pages = pages;
        this.health = health;
        this.workers = workers;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Lets through what asks for a socket where there is one. */
    void handshake(ServerWebSocketHandshake handshake) {
        String path = handshake.path();
        if (path.equals(SYNC_PATH)) {
            handshake.accept();
            return;
        }
        boolean known = path.equals("/socket.io/") || path.equals("/socket.io");
        String query = handshake.query() == null ? "" : handshake.query();
        if (known && ("&" + query + "&").contains("&EIO=4&")) {
            handshake.accept();
        } else {
            handshake.reject(known ? 400 : 404);
        }
    }

    void request(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.OPTIONS)) {
            preflight(request);
            return;
        }
        if (request.path() != null && request.path().startsWith("/socket.io")) {
            // As Engine.IO answers a transport that it does not have.
            send(request, new RestResponse(400, "{\"code\":0,\"message\":\"Transport unknown\"}", null));
            return;
        }
        String length = request.getHeader("content-length");
        if (length != null && length.length() < 19 && Long.parseLong(length) > maxBodyBytes) {
            tooLarge(request);
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() <= maxBodyBytes) {
                body.appendBuffer(part);
            }
        });
        request.exceptionHandler(failure -> LOG.log(System.Logger.Level.DEBUG, "a request broke off", failure));
        request.endHandler(end -> {
            if (body.length() > maxBodyBytes) {
                tooLarge(request);
            } else {
                workers.execute(() -> work(request, body));
            }
        });
    }

    private void tooLarge(HttpServerRequest request) {
        request.response().putHeader("connection", "close");
        send(request, RestResponse.error(413, "The body is larger than the limit of " + maxBodyBytes + " bytes"));
    }

    private void work(HttpServerRequest request, Buffer body) {
        RestResponse response;
        String path = request.path() == null ? "/" : request.path();
        try {
            Map<String, String> headers = new HashMap<>();
            request.headers().forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
            RestRequest read = RestRequest.read(request.method().name(), request.uri(), headers, body.toString());
            response = answer(read);
            if (response == null && (read.method().equals("GET") || read.method().equals("HEAD"))) {
                StaticPages.Page page = pages.find(read.path(), path.endsWith("/"));
                if (page != null) {
                    send(request, page);
                    return;
                }
            }
            if (response == null) {
                response = RestResponse.error(404, "Not Found");
            }
        } catch (ProtocolException e) {
            response = RestResponse.error(400, String.valueOf(e.getMessage()));
        } catch (RestException e) {
            response = RestResponse.error(e.status(), String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot answer " + request.method() + " " + path, e);
            response = RestResponse.error(500, "Internal error");
        }
        send(request, response);
    }

    private @Nullable RestResponse answer(RestRequest request) throws RestException, ProtocolException {
        String path = "/" + String.join("/", request.path());
        if (path.equals("/health") && request.method().equals("GET")) {
            return RestResponse.ok(health.get());
        }
        Endpoint endpoint = endpoints.get(path);
        if (endpoint != null) {
            if (!request.method().equals("POST")) {
                return RestResponse.error(405, "Only POST is answered here");
            }
            return RestResponse.ok(endpoint.answer(request.json()));
        }
        RestResponse answer = sync.answer(request);
        return answer == null ? routes.answer(request) : answer;
    }

    private void preflight(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String asked = request.getHeader("access-control-request-headers");
        response.putHeader("access-control-allow-origin", "*").putHeader("access-control-allow-methods",
                ALLOWED_METHODS).putHeader("access-control-allow-headers", asked == null ? DEFAULT_HEADERS : asked)
                .putHeader("access-control-max-age", "86400").putHeader("vary", "access-control-request-headers");
        response.setStatusCode(204).end();
    }

    private static void send(HttpServerRequest request, RestResponse answer) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.putHeader("access-control-allow-origin", "*").putHeader("x-content-type-options", "nosniff");
        if (answer.tag() == null) {
            response.putHeader("cache-control", "no-store");
        } else {
            String tag = "\"" + answer.tag() + "\"";
            response.putHeader("cache-control", "private, max-age=31536000, immutable").putHeader("etag", tag);
            if (has(request, tag)) {
                response.setStatusCode(304).end();
                return;
            }
        }
        response.putHeader("content-type", "application/json; charset=utf-8").setStatusCode(answer.status());
        end(request, Buffer.buffer(answer.body()));
    }

    private static void send(HttpServerRequest request, StaticPages.Page page) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.putHeader("access-control-allow-origin", "*").putHeader("x-content-type-options", "nosniff")
                .putHeader("cache-control", "no-cache").putHeader("etag", page.tag());
        if (has(request, page.tag())) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("content-type", page.type());
        end(request, page.bytes());
    }

    private static void end(HttpServerRequest request, Buffer body) {
        HttpServerResponse response = request.response();
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("content-length", String.valueOf(body.length())).end();
        } else {
            response.end(body);
        }
    }

    private static boolean has(HttpServerRequest request, String tag) {
        String known = request.getHeader("if-none-match");
        return known != null && known.contains(tag);
    }
}
