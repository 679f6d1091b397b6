package dev.thalweg.container;

import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelHost;
import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.Roster;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import org.jspecify.annotations.Nullable;

/**
 * One channel of a data store: its structure where this program knows it, else the part of the summary it came from,
 * carried along unread.
 */
final class Channel implements ChannelHost, PendingOp.Owner {
    /** What a channel asks of the container. */
    interface Host {
        void submit(PendingOp operation);

        boolean attached();

        /** Whether the container takes edits. */
        boolean writable();

        /** Throws an {@link IllegalStateException} that says why when it takes none. */
        void requireWritable();

        /** Throws an {@link IllegalArgumentException} when a message is too large for the service. */
        void requireFits(String envelope);

        int sequenceNumber();

        int reference();

        @Nullable
        String clientId();

        Roster roster();

        void afterMessage(Runnable work);

        void quarantined(Channel channel, int sequenceNumber, String reason);

        /** A listener of the application threw. */
        void listenerFailed(RuntimeException failure);
    }

    private final Host host;
    private final String dataStoreId;
    private final String id;
    private final ChannelAttributes attributes;
    private final @Nullable SharedObject<?, ?> object;
    private final SummaryNode.@Nullable Tree carried;
    private final String prefix;
    private @Nullable String quarantine;
    private boolean withStore;
    private int attachedAt;
    private int changedAt;
    private int pending;
    private @Nullable JsonValue checked;
    private String checkedText = "";

    /**
     * @param object     the structure, or null when this program does not know it
     * @param carried    the part of the summary or of the attach message it came from, or null when it was made here
     * @param attachedAt since which sequence number others see it, -1 when they do not yet
     */
    Channel(Host host, String dataStoreId, String id, ChannelAttributes attributes,
            @Nullable SharedObject<?, ?> object, SummaryNode.@Nullable Tree carried, int attachedAt) {
        this.host = host;
        this.dataStoreId = dataStoreId;
        this.id = id;
        this.attributes = attributes;
        this.object = object;
        this.carried = carried;
        this.attachedAt = attachedAt;
        this.changedAt = attachedAt;
        this.prefix = "{\"type\":\"component\",\"contents\":{\"address\":" + quoted(dataStoreId)
                + ",\"contents\":{\"content\":{\"address\":" + quoted(id) + ",\"contents\":";
        if (object != null) {
            object.bind(this);
        }
    }

    String id() {
        return id;
    }

    String dataStoreId() {
        return dataStoreId;
    }

    /** As handles name it. */
    String path() {
        return "/" + dataStoreId + "/" + id;
    }

    ChannelAttributes attributes() {
        return attributes;
    }

    @Nullable
    SharedObject<?, ?> object() {
        return object;
    }

    int pendingCount() {
        return pending;
    }

    /** Why it takes part no more, or null when it does. */
    @Nullable
    String quarantine() {
        return quarantine;
    }

    /** The sequence number of the last message that changed it. */
    int changedAt() {
        return changedAt;
    }

    /** Since when others see it, -1 when they do not yet. */
    int attachedAt() {
        return attachedAt;
    }

    /** What it was made from, for a channel that is carried along. */
    SummaryNode.@Nullable Tree carried() {
        return carried;
    }

    /** It is given to the others as a part of its data store, not by an operation of its own. */
    void comesWithStore() {
        withStore = true;
    }

    boolean withStore() {
        return withStore;
    }

    /** Others see it. */
    void attachedAt(int sequenceNumber) {
        attachedAt = sequenceNumber;
        changedAt = Math.max(changedAt, sequenceNumber);
    }

    /** Another client's operation. */
    void process(JsonValue contents, OperationContext context) {
        changedAt = context.sequenceNumber();
        apply(contents, context, null);
    }

    /** This client's own oldest pending operation is sequenced. */
    @Override
    public void acknowledge(PendingOp operation, OperationContext context) {
        changedAt = context.sequenceNumber();
        if (operation instanceof PendingOp.Edit edit) {
            pending--;
            apply(JsonNull.NULL, context, edit.operation());
        }
    }

    /** Makes a pending operation again. One of a quarantined channel cannot be, and is given up. */
    @Override
    public void resubmit(PendingOp operation) {
        if (operation instanceof PendingOp.Edit edit) {
            pending--;
            if (object != null && quarantine == null) {
                remake(object, edit);
            }
        }
    }

    /** Takes back the newest pending operation. */
    @Override
    public void rollback(PendingOp operation) {
        if (operation instanceof PendingOp.Edit edit) {
            pending--;
            if (object != null && quarantine == null) {
                object.rollback(edit.operation());
            }
        }
    }

    /** Its creation was taken back. */
    void takeBack() {
        quarantine = "its creation was taken back";
        close(quarantine);
    }

    void quarantine(int sequenceNumber, String reason) {
        if (quarantine == null) {
            quarantine = reason;
            close(reason);
            host.quarantined(this, sequenceNumber, reason);
        }
    }

    /** It takes part no more, for the reason given. */
    void close(String reason) {
        guarded(known -> known.close(reason));
    }

    void attaching() {
        guarded(SharedObject::attaching);
    }

    void connectionChanged(boolean connected, @Nullable String clientId) {
        if (quarantine == null) {
            guarded(known -> known.connectionChanged(connected, clientId));
        }
    }

    void memberLeft(String clientId, int sequenceNumber) {
        if (quarantine == null) {
            guarded(known -> known.memberLeft(clientId, sequenceNumber));
        }
    }

    @Override
    public void submit(JsonValue contents, ChannelOperation operation) {
        pending++;
        host.submit(new PendingOp.Edit(this, operation, envelope(contents)));
    }

    @Override
    public boolean attached() {
        return host.attached();
    }

    @Override
    public boolean writable() {
        return quarantine == null && host.writable();
    }

    @Override
    public void requireWritable() {
        host.requireWritable();
        if (quarantine != null) {
            throw new IllegalStateException("channel " + path() + " takes no edits: " + quarantine);
        }
    }

    @Override
    public void requireWritable(JsonValue contents) {
        requireWritable();
        String text = envelope(contents);
        host.requireFits(text);
        // The same contents are submitted next: what was spelled to be measured is spelled for good.
        checked = contents;
        checkedText = text;
    }

    @Override
    public int reference() {
        return host.reference();
    }

    @Override
    public @Nullable String clientId() {
        return host.clientId();
    }

    @Override
    public Roster roster() {
        return host.roster();
    }

    @Override
    public void afterMessage(Runnable work) {
        host.afterMessage(() -> {
            if (quarantine == null) {
                work.run();
            }
        });
    }

    @Override
    public void changed() {
        changedAt = host.sequenceNumber();
    }

    private void guarded(Listener<SharedObject<?, ?>> action) {
        if (object != null) {
            try {
                action.on(object);
            } catch (RuntimeException e) {
                host.listenerFailed(e);
            }
        }
    }

    private void apply(JsonValue contents, OperationContext context, @Nullable ChannelOperation own) {
        if (object == null || quarantine != null) {
            return;
        }
        try {
            object.process(contents, context, own);
        } catch (ProtocolException e) {
            quarantine(context.sequenceNumber(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            host.listenerFailed(e);
        }
    }

    private void remake(SharedObject<?, ?> structure, PendingOp.Edit edit) {
        try {
            structure.resubmit(edit.operation());
        } catch (RuntimeException e) {
            quarantine(host.sequenceNumber(), "an edit cannot be made again: " + e);
        }
    }

    private String envelope(JsonValue contents) {
        if (contents == checked) {
            checked = null;
            return checkedText;
        }
        return prefix + contents.toJson() + "},\"type\":\"op\"}}}";
    }

    private static String quoted(String text) {
        return new JsonString(text).toJson();
    }
}
