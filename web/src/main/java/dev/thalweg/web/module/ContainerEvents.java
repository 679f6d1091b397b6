package dev.thalweg.web.module;

import dev.thalweg.container.ConnectionState;
import dev.thalweg.container.ContainerEvent;
import dev.thalweg.json.JsonObject;
import dev.thalweg.platform.Failure;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.SequencedMessage;

/** What happens to a container, as JavaScript hears it. */
final class ContainerEvents {
    private ContainerEvents() {}

    /** Tells an event, and of a connection that came or went also by Fluid's name. */
    static void tell(ContainerEvent event, Hearer hearer) {
        if (event instanceof ContainerEvent.ListenerFailed failed) {
            hearer.hear("listenerFailed", "error", Errors.of(failed.failure()));
        } else {
            hearer.hear(describe(event));
        }
        if (event instanceof ContainerEvent.ConnectionChanged changed) {
            if (changed.state() == ConnectionState.CONNECTED) {
                hearer.hear(Plain.event("connected").put("clientId", changed.clientId()).build());
            } else if (changed.state() == ConnectionState.DISCONNECTED) {
                hearer.hear(Plain.event("disconnected").put("reason", changed.reason()).build());
            }
        }
    }

    private static JsonObject describe(ContainerEvent event) {
        return switch (event) {
            case ContainerEvent.ConnectionChanged changed -> Plain.event("connectionStateChanged")
                    .put("state", JsContainer.state(changed.state())).put("clientId", changed.clientId())
                    .put("reason", changed.reason()).build();
            case ContainerEvent.ReconnectScheduled scheduled -> failure("reconnectScheduled", scheduled.reason())
                    .put("delayMillis", scheduled.delayMillis()).build();
            case ContainerEvent.Sequenced sequenced -> op(sequenced.message()).put("local", sequenced.local()).build();
            case ContainerEvent.Dirty dirty -> Plain.event("dirty").build();
            case ContainerEvent.Saved saved -> Plain.event("saved").build();
            case ContainerEvent.Attached attached -> Plain.event("attached").put("id", attached.documentId()).build();
            case ContainerEvent.ChannelAttached attached -> Plain.event("channelAttached")
                    .put("path", "/" + attached.dataStoreId() + "/" + attached.channelId())
                    .put("channelType", attached.type()).put("local", attached.local()).build();
            case ContainerEvent.DataStoreAttached attached -> Plain.event("dataStoreAttached")
                    .put("path", "/" + attached.dataStoreId()).put("local", attached.local()).build();
            case ContainerEvent.ChannelQuarantined quarantined -> Plain.event("channelQuarantined")
                    .put("path", "/" + quarantined.dataStoreId() + "/" + quarantined.channelId())
                    .put("sequenceNumber", quarantined.sequenceNumber()).put("reason", quarantined.reason()).build();
            case ContainerEvent.OperationUnreadable unreadable -> Plain.event("operationUnreadable")
                    .put("sequenceNumber", unreadable.sequenceNumber()).put("reason", unreadable.reason()).build();
            case ContainerEvent.SignalReceived signal -> Plain.event("signal").put("clientId", signal.clientId())
                    .put("signalType", signal.type()).put("content", signal.content()).put("local", signal.local())
                    .put("address", signal.address()).build();
            case ContainerEvent.AudienceChanged changed -> client("audienceChanged", changed.clientId(),
                    changed.client()).put("present", changed.present()).build();
            case ContainerEvent.QuorumChanged changed -> client("quorumChanged", changed.clientId(), changed.client())
                    .put("sequenceNumber", changed.sequenceNumber()).put("present", changed.present()).build();
            case ContainerEvent.ProposalAccepted accepted -> Plain.event("proposalAccepted").put("key", accepted.key())
                    .put("value", accepted.value()).put("sequenceNumber", accepted.sequenceNumber()).build();
            case ContainerEvent.Nacked nacked -> Plain.event("nacked").put("reason", nacked.nack().toString()).build();
            case ContainerEvent.SummaryAcknowledged acknowledged -> Plain.event("summaryAcknowledged")
                    .put("handle", acknowledged.handle()).put("sequenceNumber", acknowledged.sequenceNumber()).build();
            case ContainerEvent.ListenerFailed failed -> Plain.event("listenerFailed").build();
            case ContainerEvent.Closed closed -> failure("closed", closed.failure()).build();
        };
    }

    private static Plain op(SequencedMessage message) {
        return Plain.event("op").put("sequenceNumber", message.sequenceNumber())
                .put("minimumSequenceNumber", message.minimumSequenceNumber()).put("clientId", message.clientId())
                .put("messageType", message.type().wireName());
    }

    private static Plain client(String event, String clientId, Client client) {
        return Plain.event(event).put("clientId", clientId).put("user", client.user())
                .put("interactive", client.interactive());
    }

    private static Plain failure(String event, Failure failure) {
        return Plain.event(event).put("status", failure.code()).put("reason", failure.message());
    }
}
