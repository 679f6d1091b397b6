package dev.thalweg.jvm;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.platform.TextSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final EventLoop loop = new EventLoop("thalweg-" + COUNT.incrementAndGet());
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final Set<JvmSocket> sockets = new HashSet<>();
    private final Platform platform = new Platform(loop, new JvmIds(), this::open, new JvmHttp(http, loop));

    /** The interfaces by which the core knows this machine. */
    public Platform platform() {
        return platform;
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

    /** Closes all sockets and ends the thread. What is still asked for is never answered. */
    @Override
    public void close() {
        if (loop.ended()) {
            return;
        }
        loop.execute(() -> {
            List.copyOf(sockets).forEach(JvmSocket::abort);
            loop.end();
        });
        http.shutdownNow();
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
        JvmSocket[] self = new JvmSocket[1];
        JvmSocket socket = new JvmSocket(loop, listener, () -> sockets.remove(self[0]));
        self[0] = socket;
        sockets.add(socket);
        try {
            var unused = http.newWebSocketBuilder().connectTimeout(CONNECT_TIMEOUT).buildAsync(URI.create(url), socket)
                    .whenComplete((opened, error) -> {
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
