package dev.thalweg.jvm;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.platform.TextSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The JVM as a client's machine: one thread on which everything of the client runs, with its clock, and sockets and HTTP
 * whose results arrive on that thread.
 *
 * <p>Containers and their objects may be used on this thread only: enter it with {@link #call} or {@link #ask}. Nothing
 * that waits belongs there. Futures complete on this thread, too, so use the {@code Async} methods of
 * {@link CompletableFuture} for what takes long.
 */
public final class JvmPlatform implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final long CLOSE_MILLIS = 1_000;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final EventLoop loop = new EventLoop("thalweg-" + COUNT.incrementAndGet());
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    /* The open ones, each with the moment at which it is no more; touched on the loop only. */
    private final Map<JvmSocket, CompletableFuture<@Nullable Void>> sockets = new HashMap<>();
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
    private final Platform platform = new Platform(loop, new JvmIds(), this::open, new JvmHttp(http, loop));

    /** The interfaces by which the core knows this machine. */
    public Platform platform() {
        return platform;
    }

    /**
     * Runs tasks on the client's thread, one after another and never at once, for whatever tells it something. One that
     * fails is logged and does not hurt the next.
     */
    public Executor executor() {
        return loop::execute;
    }

    /**
     * Runs something on the client's thread.
     *
     * @return its result, or what it threw; cancelled when the platform is closed
     */
    public <T extends @Nullable Object> CompletableFuture<T> call(Callable<T> task) {
        CompletableFuture<T> future = new CompletableFuture<>();
        enter(future, () -> {
            try {
                future.complete(task.call());
            } catch (Exception e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    /** Runs something on the client's thread. */
    public CompletableFuture<@Nullable Void> run(Runnable task) {
        return this.<@Nullable Void>call(() -> {
            task.run();
            return null;
        });
    }

    /**
     * Asks something that takes time, on the client's thread.
     *
     * @return what succeeded, or a {@link ServiceException}
     */
    public <T extends @Nullable Object> CompletableFuture<T> ask(Consumer<Outcome<T>> question) {
        CompletableFuture<T> future = new CompletableFuture<>();
        enter(future, () -> {
            try {
                question.accept(new Outcome<T>() {
                    @Override
                    public void succeeded(T value) {
                        future.complete(value);
                    }

                    @Override
                    public void failed(Failure failure) {
                        future.completeExceptionally(new ServiceException(failure));
                    }
                });
            } catch (RuntimeException e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    /**
     * Closes all sockets, after what was sent on them, and ends the thread. What is still asked for is never answered.
     * Returns when that is done; on the client's own thread, at once.
     */
    @Override
    public void close() {
        loop.execute(() -> {
            List.copyOf(sockets.keySet()).forEach(JvmSocket::close);
            CompletableFuture<?>[] farewells = sockets.values().toArray(CompletableFuture[]::new);
            var unused = CompletableFuture.allOf(farewells).orTimeout(CLOSE_MILLIS, TimeUnit.MILLISECONDS)
                    .whenComplete((nothing, error) -> loop.execute(() -> {
                        loop.end();
                        http.shutdownNow();
                        closed.complete(null);
                    }));
        });
        if (!loop.inside() && !loop.ended()) {
            closed.join();
        }
    }

    private void enter(CompletableFuture<?> future, Runnable task) {
        if (loop.inside()) {
            task.run();
        } else if (loop.ended()) {
            future.cancel(false);
        } else {
            loop.execute(task);
        }
    }

    private TextSocket open(String url, TextSocket.Listener listener) {
        JvmSocket socket = new JvmSocket(loop, listener);
        sockets.put(socket, socket.ended().thenRun(() -> loop.execute(() -> sockets.remove(socket))));
        try {
            var unused = http.newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT)
                    .buildAsync(URI.create(url), socket).whenComplete((opened, error) -> {
                        if (error != null) {
                            socket.failed(error);
                        }
                    });
        } catch (IllegalArgumentException e) {
            socket.failed(e);
        }
        return socket;
    }
}
