package dev.thalweg.sync;

import dev.thalweg.bytes.Percent;
import dev.thalweg.ephemeral.EphemeralChange;
import dev.thalweg.ephemeral.EphemeralEntry;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.eventgraph.EventDocument;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.TextSocket;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a document and an ephemeral store in touch with a hub for as long as it runs: hears of new events over a WebSocket,
 * exchanges events whenever it connects and whenever there are own ones, and connects anew when the connection breaks.
 *
 * @param <C> how the document changes
 */
public final class SyncSession<C> {
    /* What a server closes a socket with when the document is of another kind: 1003 of RFC 6455. */
    private static final int OTHER_KIND = 1003;
    private static final double FIRST_DELAY = 250;
    private static final double LONGEST_DELAY = 8_000;

    private final Platform platform;
    private final String socketUrl;
    private final Supplier<String> token;
    private final EphemeralStore presence;
    private final DocumentKind kind;
    private final Listener<C> listener;
    private final SyncClient<C> client;
    private @Nullable TextSocket socket;
    private @Nullable Subscription retry;
    private double delay = FIRST_DELAY;
    private boolean running;
    /* How many connections there were; what comes from an earlier one is passed over. */
    private int connections;

    /** Hears what happens. @param <C> how the document changes */
    public interface Listener<C> {
        /** The document changed by what came in. */
        void changed(C changes);

        /** Something is true, or not true any more. */
        void present(List<EphemeralChange> changes);

        /** The connection is up, and both have the same. */
        void synced();

        /** Something did not work. It is tried again, unless it is no use. */
        void failed(Failure failure);
    }

    /**
     * One that has not begun.
     *
     * @param base     the server's address
     * @param token    for the document, asked for whenever one is needed
     * @param document edited by whoever has the session, who says so by {@link #send}
     * @param presence of a peer called as the document's agent
     */
    public SyncSession(Platform platform, String base, Supplier<String> token, EventDocument<C> document,
            EphemeralStore presence, SyncLimits limits, Listener<C> listener) {
        this.platform = platform;
        this.token = token;
        this.presence = presence;
        this.listener = listener;
        kind = document.kind();
        if (!presence.peer().equals(document.agent())) {
            throw new IllegalArgumentException(
                    "a document of " + document.agent() + " and presence of " + presence.peer());
        }
        String web = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        socketUrl = (web.startsWith("http") ? "ws" + web.substring("http".length()) : web) + "/ws?peer_id="
                + Percent.encode(document.agent());
        client = new SyncClient<>(document, new HttpSyncTransport(platform.http(), web, token), limits,
                listener::changed);
    }

    /** Connects. */
    public void start() {
        if (!running) {
            running = true;
            connect();
        }
    }

    /** Lets go of the connection. It may be started again. */
    public void stop() {
        running = false;
        Subscription pending = retry;
        retry = null;
        if (pending != null) {
            pending.cancel();
        }
        TextSocket open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }

    /** Sends edits that were made since the last time, and fetches what is new. */
    public void sync() {
        client.sync(synced());
    }

    /** Sends edits that were made since the last time; once at the end of what is done at once is enough. */
    public void send() {
        if (socket != null) {
            client.push(synced());
        }
        // Otherwise events are exchanged when it connects.
    }

    private Outcome<SyncClient.SyncReport> synced() {
        return new Outcome<>() {
            @Override
            public void succeeded(SyncClient.SyncReport report) {
                listener.synced();
            }

            @Override
            public void failed(Failure failure) {
                listener.failed(failure);
                if (failure.retryable()) {
                    TextSocket open = socket;
                    if (open != null) {
                        // It connects anew, and exchanges events then.
                        open.close();
                    }
                }
            }
        };
    }

    /** Says that something is true now. */
    public void set(String namespace, String key, JsonValue value) {
        tell(namespace, key, presence.set(namespace, key, value, platform.timers().now()));
    }

    private void tell(String namespace, String key, EphemeralEntry entry) {
        TextSocket open = socket;
        if (open != null) {
            open.send(HubMessages.update(namespace, Map.of(key, entry)).toJson());
        }
    }

    private void connect() {
        int number = ++connections;
        socket = platform.sockets().open(socketUrl, new TextSocket.Listener() {
            private boolean told;

            private boolean isCurrent() {
                return running && number == connections;
            }

            @Override
            public void opened() {
                TextSocket open = socket;
                if (open != null && isCurrent()) {
                    open.send(HubMessages.join(token.get(), kind).toJson());
                }
            }

            @Override
            public void received(String text) {
                if (isCurrent()) {
                    take(text);
                    if (!told) {
                        told = true;
                        delay = FIRST_DELAY;
                        tellOwn();
                        sync();
                    }
                }
            }

            @Override
            public void closed(int code, String reason) {
                if (isCurrent()) {
                    socket = null;
                    if (code == OTHER_KIND) {
                        running = false;
                        listener.failed(Failure.permanent(409, reason));
                        return;
                    }
                    listener.failed(Failure.passing(0, "the connection is gone: " + code + " " + reason));
                    retry = platform.timers().schedule(delay * (0.5 + 0.5 * platform.ids().fraction()),
                            SyncSession.this::connect);
                    delay = Math.min(LONGEST_DELAY, 2 * delay);
                }
            }
        });
    }

    /* What this side says is forgotten there when the connection breaks, by a mark up to the clock of then. */
    private void tellOwn() {
        for (Map.Entry<String, Map<String, EphemeralEntry>> namespace : presence.state().entries().entrySet()) {
            for (Map.Entry<String, EphemeralEntry> entry : namespace.getValue().entrySet()) {
                JsonValue value = entry.getValue().value();
                if (entry.getValue().peer().equals(presence.peer()) && value != null) {
                    set(namespace.getKey(), entry.getKey(), value);
                }
            }
        }
    }

    private void take(String text) {
        try {
            switch (HubMessages.read(JsonValue.parse(text, SyncJson.LIMITS))) {
                case HubMessages.Told.Presence told -> {
                    List<EphemeralChange> changes = presence.merge(told.state()).changes();
                    if (!changes.isEmpty()) {
                        listener.present(changes);
                    }
                }
                case HubMessages.Told.Events told -> client.merge(told.kind(), told.runs());
            }
        } catch (ProtocolException e) {
            listener.failed(Failure.permanent(0, "the hub said what cannot be taken in: " + e.getMessage()));
        }
    }
}
