package dev.thalweg.server.http;

import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventRun;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.TokenClaims;
import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.server.sync.SyncService;
import dev.thalweg.sync.SyncHub;
import dev.thalweg.sync.SyncJson;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The routes by which replicas of tables, texts and lists meet; the token says of which document. Blocks. */
final class SyncRoutes {
    private static final int SECONDS = 30;

    private final SyncService service;
    private final RestAccess access;

    SyncRoutes(SyncService service, RestAccess access) {
        this.service = service;
        this.access = access;
    }

    /** Answers a request, or null when there is no such route. */
    @Nullable
    RestResponse answer(RestRequest request) throws ProtocolException {
        if (request.path().size() != 2 || !request.path().get(0).equals("api")) {
            return null;
        }
        String route = request.method() + " " + request.path().get(1);
        try {
            return switch (route) {
                case "GET state" -> ask(key(request, false), SyncHub::state, SyncJson::state);
                case "POST pull" -> {
                    DocumentKey key = key(request, false);
                    JsonObject body = request.json();
                    DocumentKind kind = SyncJson.readKind(body);
                    Map<String, Integer> known = SyncJson.readKnown(body);
                    int limit = SyncJson.readLimit(body);
                    yield ask(key, (hub, outcome) -> hub.pull(kind, known, limit, outcome), SyncJson::pullReply);
                }
                case "POST push" -> {
                    DocumentKey key = key(request, true);
                    JsonObject body = request.json();
                    DocumentKind kind = SyncJson.readKind(body);
                    String peer = SyncJson.readPeer(body);
                    List<EventRun> events = SyncJson.readEvents(kind, body);
                    yield ask(key, (hub, outcome) -> hub.push(kind, peer, events, outcome), SyncJson::pushReply);
                }
                default -> null;
            };
        } catch (RestException e) {
            return error(Failure.permanent(e.status(), String.valueOf(e.getMessage())));
        } catch (ProtocolException e) {
            return error(Failure.permanent(400, String.valueOf(e.getMessage())));
        }
    }

    private DocumentKey key(RestRequest request, boolean writes) throws RestException {
        TokenClaims claims = access.forAny(request);
        if (claims.documentId().isEmpty()) {
            throw new RestException(403, "Token names no document");
        }
        if (writes && !claims.allows(Scopes.WRITE)) {
            throw new RestException(403, "Token missing required scope: " + Scopes.WRITE);
        }
        return new DocumentKey(claims.tenantId(), claims.documentId());
    }

    private <T> RestResponse ask(DocumentKey key, BiConsumer<SyncHub, Outcome<T>> question,
            Function<T, JsonObject> answer) {
        CompletableFuture<RestResponse> future = new CompletableFuture<>();
        service.ask(key, question, new Outcome<T>() {
            @Override
            public void succeeded(T value) {
                future.complete(RestResponse.ok(answer.apply(value)));
            }

            @Override
            public void failed(Failure failure) {
                future.complete(error(failure));
            }
        });
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return error(Failure.passing(503, "There was no answer within " + SECONDS + " s"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error(Failure.passing(503, "The server is stopping"));
        }
    }

    /* As the rest of the service says it, and as mizchi/converge does. */
    private static RestResponse error(Failure failure) {
        return new RestResponse(failure.code(), JsonObject.builder().put("code", failure.code())
                .put("message", failure.message()).put("error", failure.message()).build().toJson(), null);
    }
}
