package dev.thalweg.sync;

import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import org.jspecify.annotations.Nullable;

/** Somebody who listens at a hub. */
public final class HubMember {
    private final SyncHub hub;
    private final String peer;
    private final @Nullable DocumentKind kind;
    private final SyncHub.Listener listener;
    private boolean gone;

    HubMember(SyncHub hub, String peer, @Nullable DocumentKind kind, SyncHub.Listener listener) {
        this.hub = hub;
        this.peer = peer;
        this.kind = kind;
        this.listener = listener;
    }

    /** Who it is. */
    public String peer() {
        return peer;
    }

    /**
     * Takes what it says: entries of its own that are true at the moment.
     *
     * @param now the time, in the unit of the entries' timestamps
     * @throws ProtocolException when that cannot be read, or is more than is taken; then nothing has changed
     */
    public void received(String text, double now) throws ProtocolException {
        if (!gone) {
            hub.received(this, text, now);
        }
    }

    /** It listens no more. Calling it again does nothing. */
    public void leave() {
        gone = true;
        hub.leave(this);
    }

    /** Of what kind it takes the document to be, or null when that makes no difference. */
    @Nullable
    DocumentKind kind() {
        return kind;
    }

    void tell(String text) {
        if (!gone) {
            listener.told(text);
        }
    }

    void close(Failure why) {
        leave();
        listener.closed(why);
    }
}
