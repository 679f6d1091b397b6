package dev.thalweg.container;

import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Something this container made that has to come back sequenced. */
sealed interface PendingOp {
    /** Whoever made it and hears what becomes of it. */
    interface Owner {
        /** It is the oldest pending operation and is sequenced. */
        void acknowledge(PendingOp operation, OperationContext context);

        /** Makes it again, or gives it up. */
        void resubmit(PendingOp operation);

        /** Takes it back; it is the newest. */
        void rollback(PendingOp operation);
    }

    /** Who made it. */
    Owner owner();

    /** The runtime's envelope as JSON text, ready to be sent. */
    String text();

    /** What its message says beside the envelope, or null for nothing. */
    default @Nullable JsonObject metadata() {
        return null;
    }

    /** An operation of a structure. */
    record Edit(Channel owner, ChannelOperation operation, String text) implements PendingOp {}

    /** A channel that is added to the document. */
    record Attach(DataStores owner, DataStore store, Channel channel, String text) implements PendingOp {}

    /** A data store that is added to the document. */
    record AttachStore(DataStores owner, DataStore store, String text) implements PendingOp {}

    /** A blob that is made part of the document. */
    record AttachBlob(AttachmentBlobs owner, String localId, String storageId) implements PendingOp {
        @Override
        public String text() {
            return "{\"type\":\"blobAttach\"}";
        }

        @Override
        public JsonObject metadata() {
            return JsonObject.builder().put("localId", localId).put("blobId", storageId).build();
        }
    }
}
