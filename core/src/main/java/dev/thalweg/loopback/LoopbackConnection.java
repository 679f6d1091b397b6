package dev.thalweg.loopback;

import dev.thalweg.driver.ConnectionRequest;
import dev.thalweg.driver.DeltaConnection;
import dev.thalweg.driver.DeltaListener;
import dev.thalweg.platform.Failure;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection, seen from the client as {@link DeltaConnection} and from the service as one of its peers. */
final class LoopbackConnection implements DeltaConnection {
    final LoopbackLink link;
    final DeltaListener listener;
    private final String documentId;
    private final ConnectionRequest request;
    private boolean open = true;
    private boolean told;
    private @Nullable LoopbackDocument document;
    private @Nullable Client client;
    private @Nullable String clientId;

    LoopbackConnection(LoopbackLink link, String documentId, ConnectionRequest request, DeltaListener listener) {
        this.link = link;
        this.documentId = documentId;
        this.request = request;
        this.listener = listener;
    }

    @Override
    public void submit(List<DocumentMessage> batch) {
        Client granted = client;
        if (told && open && granted != null && granted.mode() == ConnectionMode.WRITE) {
            List<DocumentMessage> messages = List.copyOf(batch);
            link.sendUp(() -> {
                if (document != null) {
                    document.submit(this, messages);
                }
            });
        }
    }

    @Override
    public void signal(String content, @Nullable String targetClientId) {
        if (told && open) {
            link.sendUp(() -> {
                if (document != null) {
                    document.signal(this, content, targetClientId);
                }
            });
        }
    }

    @Override
    public void close() {
        if (open) {
            link.sendUp(this::leave);
            link.lose(this, Failure.passing(0, "closed by this client"));
        }
    }

    /** The request has reached the service. */
    void arrive() {
        LoopbackDocument found = link.service.document(documentId);
        if (!open) {
            return;
        }
        if (found == null) {
            link.lose(this, Failure.permanent(404, "no document " + documentId));
        } else {
            found.connect(this, request);
        }
    }

    /** The service took the connection. */
    void enter(LoopbackDocument document, String clientId, Client client) {
        this.document = document;
        this.clientId = clientId;
        this.client = client;
        link.entered(this);
    }

    /** The client has heard that the service took the connection. */
    void tell(Connected connected) {
        told = true;
        listener.connected(connected);
    }

    /** The service has noticed that the client is gone. */
    void leave() {
        LoopbackDocument left = document;
        if (left != null) {
            forget();
            left.leave(this);
        }
    }

    /** The service knows nothing of this connection any more. */
    void forget() {
        document = null;
        link.left(this);
    }

    /** The client does not listen any more. */
    void deafen() {
        open = false;
    }

    /** Whether its client listens. */
    boolean open() {
        return open;
    }

    @Nullable
    String clientId() {
        return clientId;
    }

    @Nullable
    Client client() {
        return client;
    }
}
