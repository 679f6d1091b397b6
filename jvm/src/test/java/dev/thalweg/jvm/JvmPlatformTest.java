package dev.thalweg.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Http.Request;
import dev.thalweg.platform.Http.Response;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JvmPlatformTest {
    private final JvmPlatform machine = new JvmPlatform();

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void requestsAndAnswersKeepMethodHeadersBodyAndStatus() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String answer = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Test") + " " + exchange.getRequestHeaders()
                            .containsKey("Upgrade")
                    + " " + body;
            switch (exchange.getRequestURI().getPath()) {
                case "/slow" -> exchange.getResponseHeaders().set("Retry-After", "7");
                case "/date" -> exchange.getResponseHeaders().set("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME
                        .format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(600)));
                case "/odd" -> exchange.getResponseHeaders().set("Retry-After", "whenever");
                default -> {
                }
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/") ? 200 : 429, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(send(new Request("PATCH", url + "/?a=%20b", Map.of("X-Test", "y"), "grüße 😀")))
                    .isEqualTo(new Response(200, "PATCH /?a=%20b y false grüße 😀", 0));
            assertThat(send(new Request("GET", url + "/slow", Map.of(), null)))
                    .isEqualTo(new Response(429, "GET /slow null false ", 7));
            assertThat(send(new Request("GET", url + "/date", Map.of(), null)).retryAfterSeconds()).isBetween(500.0,
                    601.0);
            assertThat(send(new Request("GET", url + "/odd", Map.of(), null)).retryAfterSeconds()).isZero();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void noAnswerIsAFailureThatSaysWhatWasTried() {
        assertThatThrownBy(() -> send(new Request("GET", "http://127.0.0.1:1/x", Map.of(), null)))
                .hasRootCauseInstanceOf(ServiceException.class).satisfies(error -> {
                    Failure failure = ((ServiceException) error.getCause()).failure();
                    assertThat(failure.code()).isZero();
                    assertThat(failure.retryable()).isTrue();
                    assertThat(failure.message()).startsWith("GET http://127.0.0.1:1/x got no answer: ");
                });
        assertThatThrownBy(() -> send(new Request("GET", "no url", Map.of(), null))).satisfies(
                error -> assertThat(((ServiceException) error.getCause()).failure().retryable()).isFalse());
    }

    @Test
    void timersRingInOrderOnTheOneThreadAndCanBeCancelled() {
        List<String> rung = new CopyOnWriteArrayList<>();
        Timers timers = machine.platform().timers();
        machine.run(() -> {
            timers.schedule(30, () -> rung.add("late " + Thread.currentThread().getName()));
            Subscription never = timers.schedule(10, () -> rung.add("never"));
            timers.schedule(0, () -> rung.add("first"));
            timers.schedule(0, () -> {
                rung.add("second");
                throw new IllegalStateException("one task's fault");
            });
            never.cancel();
            never.cancel();
            rung.add("now");
        }).join();
        await().until(() -> rung.size() == 4);
        assertThat(rung.subList(0, 3)).containsExactly("now", "first", "second");
        assertThat(rung.get(3)).startsWith("late thalweg-");
        assertThatThrownBy(() -> timers.schedule(-1, () -> {
        })).hasMessageContaining("-1");
        assertThatThrownBy(() -> timers.schedule(Double.NaN, () -> {
        })).hasMessageContaining("NaN");
    }

    @Test
    void timeIsTheWallClockAndNeverGoesBack() {
        Timers timers = machine.platform().timers();
        assertThat(timers.now()).isBetween(System.currentTimeMillis() - 5_000.0, System.currentTimeMillis() + 5_000.0);
        double last = timers.now();
        for (int i = 0; i < 10_000; i++) {
            double now = timers.now();
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
    }

    @Test
    void idsAreRandomUuidsInLowerCase() {
        Ids ids = machine.platform().ids();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(ids.fraction()).isGreaterThanOrEqualTo(0).isLessThan(1);
            seen.add(ids.uuid());
        }
        assertThat(seen).hasSize(1_000).allMatch(
                id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    }

    @Test
    void callsRunOnTheThreadAndAtOnceWhenTheyComeFromThere() {
        assertThat(machine.call(() -> machine.call(() -> "inner").getNow("late")).join()).isEqualTo("inner");
        assertThatThrownBy(() -> machine.call(() -> {
            throw new IOException("fault");
        }).join()).isInstanceOf(CompletionException.class).hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> machine.ask(outcome -> outcome.failed(Failure.permanent(404, "gone"))).join())
                .hasCauseInstanceOf(ServiceException.class).hasMessageContaining("gone");
        assertThatThrownBy(() -> machine.ask(outcome -> {
            throw new IllegalArgumentException("misuse");
        }).join()).hasCauseInstanceOf(IllegalArgumentException.class);
    }

    private Response send(Request request) {
        return machine.<Response>ask(outcome -> machine.platform().http().send(request, outcome)).join();
    }
}
