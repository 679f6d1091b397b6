package dev.thalweg.container;

import dev.thalweg.driver.ConnectionRequest;
import dev.thalweg.driver.DeltaConnection;
import dev.thalweg.driver.DeltaListener;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The link to the service: opens it, gives what arrives to its owner, counts what is sent, and when it breaks opens
 * another after a back-off, with another client id.
 */
final class Connection {
    /** Hears of the connection. Nothing is told of a connection that was given up. */
    interface Owner {
        /** The service took the connection; what was missed has to be read before it counts as connected. */
        void greeted(Connected connected);

        void received(List<SequencedMessage> messages);

        void signalled(Signal signal);

        void nacked(Nack nack);

        /** The connection is gone; another will be tried. */
        void lost(Failure failure);

        /** The connection is gone and none will be tried. */
        void closed(Failure failure);
    }

    private static final int TOKEN_TRIES = 3;
    private static final int TOO_LARGE = 413;
    private static final int BUSY = 429;
    /** Refusals in a row, as many as the stock client takes reconnects without progress. */
    private static final int MOST_REFUSALS = 7;

    private final Client client;
    private final Timers timers;
    private final ContainerOptions options;
    private final Backoff backoff;
    private final Events events;
    private final Owner owner;
    private ConnectionState state = ConnectionState.DISCONNECTED;
    private @Nullable DocumentService service;
    private boolean wanted;
    private @Nullable Attempt attempt;
    private @Nullable String clientId;
    private @Nullable Subscription timer;
    private int clientSequenceNumber;
    private int refusedTokens;
    private int refusals;
    private double connectedAt;

    Connection(Client client, Timers timers, Ids ids, ContainerOptions options, Events events,
            Owner owner) {
        this.client = client;
        this.timers = timers;
        this.options = options;
        this.backoff = new Backoff(options, ids);
        this.events = events;
        this.owner = owner;
    }

    /** Says where to connect to. */
    void start(DocumentService service) {
        this.service = service;
    }

    ConnectionState state() {
        return state;
    }

    @Nullable
    String clientId() {
        return clientId;
    }

    /** Connects now, and again whenever the link breaks. */
    void connect() {
        wanted = true;
        if (state == ConnectionState.DISCONNECTED) {
            open("connect");
        }
    }

    /** Drops the link and stays off. */
    void disconnect(String reason) {
        wanted = false;
        stopTimer();
        if (attempt != null) {
            drop(Failure.passing(0, reason));
        }
    }

    /** Ends for good. */
    void close(Failure failure) {
        if (state == ConnectionState.CLOSED) {
            return;
        }
        disconnect(failure.message());
        change(ConnectionState.CLOSED, failure.message());
        owner.closed(failure);
    }

    /**
     * What was missed is read: from now on messages may be sent.
     *
     * @param first what has to be sent before anyone is told, who might send something too
     */
    void caughtUp(Runnable first) {
        state = ConnectionState.CONNECTED;
        first.run();
        if (state == ConnectionState.CONNECTED) {
            events.tell(new ContainerEvent.ConnectionChanged(state, clientId, "caught up"));
        }
    }

    /** Something sent here came back: the service works, so the next break starts with a short wait again. */
    void progress() {
        backoff.reset();
        refusals = 0;
    }

    /** The number the next message will have. */
    int nextClientSequenceNumber() {
        return clientSequenceNumber + 1;
    }

    /** Numbers messages and sends them as one batch. */
    void send(List<Draft> drafts, int referenceSequenceNumber) {
        Attempt open = attempt;
        if (open == null || open.delta == null) {
            throw new IllegalStateException("not connected");
        }
        List<DocumentMessage> messages = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            messages.add(new DocumentMessage(++clientSequenceNumber, referenceSequenceNumber, draft.type(),
                    draft.contents(), draft.metadata(), draft.compression()));
        }
        open.delta.submit(messages);
    }

    /** Sends a signal, or does nothing when there is no connection. */
    void signal(String content, @Nullable String targetClientId) {
        if (clientId != null && attempt != null && attempt.delta != null) {
            attempt.delta.signal(content, targetClientId);
        }
    }

    /** Gives up the present connection and tries another. */
    void reconnect(Failure failure) {
        boolean held = connectedAt > 0 && timers.now() - connectedAt >= options.stableAfterMillis();
        if (attempt != null) {
            drop(failure);
        }
        if (!wanted || state == ConnectionState.CLOSED) {
            return;
        }
        if (held) {
            backoff.reset();
        }
        boolean firstRefusal = failure.code() == 401 && refusedTokens == 1;
        double delay = Math.max(firstRefusal ? 0 : backoff.next(), failure.retryAfterMillis());
        stopTimer();
        timer = timers.schedule(delay, () -> {
            timer = null;
            if (wanted && state == ConnectionState.DISCONNECTED) {
                open(failure.message());
            }
        });
        events.tell(new ContainerEvent.ReconnectScheduled(delay, failure));
    }

    private void open(String reason) {
        DocumentService document = service;
        if (document == null) {
            throw new IllegalStateException("the document is detached: attach it first");
        }
        stopTimer();
        Attempt opening = new Attempt();
        attempt = opening;
        clientSequenceNumber = 0;
        connectedAt = 0;
        change(ConnectionState.CONNECTING, reason);
        if (attempt != opening) {
            return;
        }
        timer = timers.schedule(options.connectWaitMillis(), () -> {
            timer = null;
            if (attempt == opening && state == ConnectionState.CONNECTING) {
                reconnect(Failure.passing(0, "no answer to a connect"));
            }
        });
        opening.delta = document.connect(new ConnectionRequest(client, client.mode(), refusedTokens > 0), opening);
    }

    private void drop(Failure failure) {
        Attempt old = attempt;
        attempt = null;
        clientId = null;
        connectedAt = 0;
        stopTimer();
        if (old != null && old.delta != null) {
            old.delta.close();
        }
        owner.lost(failure);
        change(ConnectionState.DISCONNECTED, failure.message());
    }

    private void ended(Failure failure) {
        if (failure.code() == 401 && ++refusedTokens < TOKEN_TRIES) {
            reconnect(failure);
        } else if (failure.retryable() && failure.code() != 401) {
            reconnect(failure);
        } else {
            close(failure);
        }
    }

    private void change(ConnectionState next, String reason) {
        if (state != next && state != ConnectionState.CLOSED) {
            state = next;
            events.tell(new ContainerEvent.ConnectionChanged(next, clientId, reason));
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /* Nacked messages are refused for good on this connection. All of them are pending still, so another connection
       sends them again; unless the service says that it never will take them, or that they are too large, which they
       would be again. What it refuses over and over, and not for being busy, it will go on refusing. Either way edits
       that everybody here can see will never be anybody else's, so the container closes and says why. */
    private void refused(List<Nack> nacks) {
        Failure worst = null;
        for (Nack nack : nacks) {
            owner.nacked(nack);
            boolean hopeless = nack.code() == 403 || nack.code() == TOO_LARGE
                    || nack.type() == Nack.Type.INVALID_SCOPE || nack.type() == Nack.Type.LIMIT_EXCEEDED;
            Failure failure = new Failure(nack.code(), "refused: " + nack.message(), !hopeless,
                    nack.retryAfterSeconds() * 1000);
            if (worst == null || !failure.retryable() || worst.retryable()
                    && failure.retryAfterMillis() > worst.retryAfterMillis()) {
                worst = failure;
            }
        }
        if (worst != null && worst.retryable() && worst.code() != BUSY && ++refusals >= MOST_REFUSALS) {
            close(Failure.permanent(worst.code(), refusals + " times in a row " + worst.message()));
        } else if (worst != null && worst.retryable()) {
            reconnect(worst);
        } else if (worst != null) {
            close(worst);
        }
    }

    /** One try, and what becomes of it. Once it is given up nothing it says is heard. */
    private final class Attempt implements DeltaListener {
        @Nullable
        DeltaConnection delta;

        @Override
        public void connected(Connected connected) {
            if (attempt == this && state == ConnectionState.CONNECTING) {
                stopTimer();
                refusedTokens = 0;
                clientId = connected.clientId();
                connectedAt = timers.now();
                change(ConnectionState.CATCHING_UP, "connected");
                if (attempt == this) {
                    owner.greeted(connected);
                }
            }
        }

        @Override
        public void operations(List<SequencedMessage> messages) {
            if (attempt == this) {
                owner.received(messages);
            }
        }

        @Override
        public void nacked(List<Nack> nacks) {
            if (attempt == this) {
                refused(nacks);
            }
        }

        @Override
        public void signalled(Signal signal) {
            if (attempt == this) {
                owner.signalled(signal);
            }
        }

        @Override
        public void disconnected(Failure failure) {
            if (attempt == this) {
                ended(failure);
            }
        }
    }
}
