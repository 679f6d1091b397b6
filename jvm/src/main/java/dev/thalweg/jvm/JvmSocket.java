package dev.thalweg.jvm;

import dev.thalweg.platform.TextSocket;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A WebSocket of {@code java.net.http} as a text socket whose listener is called on the event loop. */
final class JvmSocket implements TextSocket, WebSocket.Listener {
    /*
     * Two threads meet here. The loop calls send, buffered, close and hears the listener's calls; threads of the HTTP
     * client call onText and the like and complete sends. `java.net.http` takes one send at a time, so what is sent
     * meanwhile waits in `queue`; whichever thread sees a send complete starts the next (`pump`), without a detour over
     * the loop. `this` guards queue, sending, waiting, closing and socket. `over` and `listener` belong to the loop.
     *
     * Backpressure inwards: up to WINDOW messages may be on their way to the loop; each one that the listener has dealt
     * with lets the next one in.
     */
    private static final int WINDOW = 64;
    private static final int MAX_MESSAGE = 64 * 1024 * 1024;
    private static final double CLOSE_MILLIS = 3_000;

    private final EventLoop loop;
    private final Listener listener;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final ArrayDeque<String> queue = new ArrayDeque<>();
    private @Nullable WebSocket socket;
    private boolean sending;
    private boolean closing;
    private int waiting;
    /* Of the message that is coming in parts; only used by the client's reading thread. */
    private final StringBuilder partial = new StringBuilder();
    private boolean over;

    JvmSocket(EventLoop loop, Listener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /** Done when the last word is on the network, or there is no network any more. */
    CompletableFuture<@Nullable Void> ended() {
        return ended;
    }

    @Override
    public void send(String text) {
        synchronized (this) {
            if (closing) {
                return;
            }
            queue.add(text);
            waiting += text.length();
            if (sending || socket == null) {
                return;
            }
            sending = true;
        }
        pump();
    }

    @Override
    public synchronized int buffered() {
        return waiting;
    }

    @Override
    public void close() {
        boolean idle;
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
            idle = !sending && socket != null;
            sending |= idle;
            // Queued before anybody can send the last word, so that the answer to it does not come first.
            loop.execute(() -> finish(WebSocket.NORMAL_CLOSURE, "closed by this side"));
        }
        if (idle) {
            pump();
        }
        loop.schedule(CLOSE_MILLIS, this::abort);
    }

    /** Cuts the connection without a word. */
    void abort() {
        WebSocket open;
        synchronized (this) {
            closing = true;
            queue.clear();
            open = socket;
        }
        if (open != null) {
            open.abort();
        }
        ended.complete(null);
    }

    /** The connection could not be made. */
    void failed(Throwable error) {
        ended.complete(null);
        loop.execute(() -> finish(1006, "could not connect: " + JvmHttp.describe(error)));
    }

    @Override
    public void onOpen(WebSocket opened) {
        loop.execute(() -> {
            if (!over) {
                listener.opened();
            }
        });
        boolean start;
        synchronized (this) {
            socket = opened;
            start = closing || !queue.isEmpty();
            sending = start;
        }
        opened.request(WINDOW);
        if (start) {
            pump();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        if (partial.length() + data.length() > MAX_MESSAGE) {
            loop.execute(() -> finish(1009, "a message of more than " + MAX_MESSAGE + " characters"));
            abort();
            return null;
        }
        if (!last) {
            partial.append(data);
            from.request(1);
            return null;
        }
        String text = partial.isEmpty() ? data.toString() : partial.append(data).toString();
        partial.setLength(0);
        loop.execute(() -> {
            if (!over) {
                listener.received(text);
            }
            from.request(1);
        });
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        loop.execute(() -> finish(1003, "a binary message, only text is understood"));
        abort();
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        ended.complete(null);
        loop.execute(() -> finish(statusCode, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        ended.complete(null);
        loop.execute(() -> finish(1006, JvmHttp.describe(error)));
    }

    /* Only whoever has set `sending` is in here. Loops while sends complete at once, so that a long queue is no deep
       recursion. */
    private void pump() {
        while (true) {
            String next;
            WebSocket open;
            synchronized (this) {
                open = socket;
                next = queue.poll();
                if (open == null || next == null && !closing) {
                    sending = false;
                    return;
                }
            }
            if (next == null) {
                /* `sending` stays set: nothing can be sent after this. */
                var unused = open.sendClose(WebSocket.NORMAL_CLOSURE, "")
                        .whenComplete((same, error) -> ended.complete(null));
                return;
            }
            int length = next.length();
            CompletableFuture<WebSocket> sent = open.sendText(next, true);
            if (!sent.isDone()) {
                var unused = sent.whenComplete((same, error) -> {
                    if (sent(length, error)) {
                        pump();
                    }
                });
                return;
            }
            if (!sent(length, sent.isCompletedExceptionally() ? sent.exceptionNow() : null)) {
                return;
            }
        }
    }

    private boolean sent(int length, @Nullable Throwable error) {
        synchronized (this) {
            waiting -= length;
        }
        if (error != null) {
            loop.execute(() -> finish(1006, "could not send: " + JvmHttp.describe(error)));
            abort();
        }
        return error == null;
    }

    private void finish(int code, String reason) {
        if (over) {
            return;
        }
        over = true;
        synchronized (this) {
            closing = true;
            if (code != WebSocket.NORMAL_CLOSURE) {
                queue.clear();
                waiting = 0;
            }
        }
        listener.closed(code, reason);
    }
}
