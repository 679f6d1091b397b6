package dev.thalweg.container;

import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Failure;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import org.jspecify.annotations.Nullable;

/** What happens to a container, apart from what happens inside its structures. */
public sealed interface ContainerEvent {
    /**
     * The connection came, went or got further.
     *
     * @param state    where it stands now
     * @param clientId the id of the connection, or null when there is none
     * @param reason   for a person: why
     */
    record ConnectionChanged(ConnectionState state, @Nullable String clientId, String reason)
            implements
                ContainerEvent {}

    /** A connection will be tried. @param delayMillis in how long @param reason why the last one ended */
    record ReconnectScheduled(double delayMillis, Failure reason) implements ContainerEvent {}

    /** A message was processed, whatever its type. @param local whether this container sent it */
    record Sequenced(SequencedMessage message, boolean local) implements ContainerEvent {}

    /** The first edit that is not acknowledged yet was made. */
    record Dirty() implements ContainerEvent {}

    /** Every edit made here is acknowledged. */
    record Saved() implements ContainerEvent {}

    /** The document was created at the service. @param documentId its id */
    record Attached(String documentId) implements ContainerEvent {}

    /** A channel was added to the document. @param type the URL of its structure @param local whether from here */
    record ChannelAttached(String dataStoreId, String channelId, String type, boolean local)
            implements
                ContainerEvent {}

    /** A data store was added to the document. @param dataStoreId its address @param local whether from here */
    record DataStoreAttached(String dataStoreId, boolean local) implements ContainerEvent {}

    /**
     * A channel can no longer be kept up to date here: it takes no edits and applies no operations. The rest of the
     * document goes on.
     *
     * @param dataStoreId    where it is
     * @param channelId      which
     * @param sequenceNumber of the operation that could not be applied
     * @param reason         why not
     */
    record ChannelQuarantined(String dataStoreId, String channelId, int sequenceNumber, String reason)
            implements
                ContainerEvent {}

    /**
     * An operation that names no part of this document, or not readably, was passed over. The document goes on.
     *
     * @param reason which part of it or of the document, and why
     */
    record OperationUnreadable(int sequenceNumber, String reason) implements ContainerEvent {}

    /**
     * Someone said something that is neither ordered nor kept.
     *
     * @param clientId the connection it was said on
     * @param address  the data store or extension it is meant for, or null for the container
     * @param type     the application's
     * @param content  the application's
     * @param local    whether this connection said it
     */
    record SignalReceived(@Nullable String clientId, @Nullable String address, String type, JsonValue content,
            boolean local)
            implements
                ContainerEvent {}

    /** A connection began or ended. @param present whether it began */
    record AudienceChanged(String clientId, Client client, boolean present) implements ContainerEvent {}

    /** A writer entered or left the quorum. @param present whether it entered */
    record QuorumChanged(String clientId, Client client, int sequenceNumber, boolean present)
            implements
                ContainerEvent {}

    /** Every writer has seen a proposal and none can object any more. */
    record ProposalAccepted(String key, JsonValue value, int sequenceNumber) implements ContainerEvent {}

    /** The service refused what this container sent. */
    record Nacked(Nack nack) implements ContainerEvent {}

    /** A summary became the latest. @param handle its commit @param sequenceNumber of the summarize message */
    record SummaryAcknowledged(String handle, int sequenceNumber) implements ContainerEvent {}

    /** A listener of the application threw while it was told of something that came from the service. */
    record ListenerFailed(RuntimeException failure) implements ContainerEvent {}

    /** The container is closed for good. @param failure why; code 0 when it was disposed of */
    record Closed(Failure failure) implements ContainerEvent {}
}
