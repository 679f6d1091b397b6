package dev.thalweg.web.rig;

import dev.thalweg.container.ConnectionState;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerEvent;
import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.platform.Failure;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.web.link.LinkObserver;
import dev.thalweg.web.sheet.Board;
import dev.thalweg.web.sheet.Sheet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears what containers, structures and links report, and puts down in the log and says what a reader should know. */
final class Witness {
    private final Rig rig;
    private final Names names;
    private final Map<String, Sheet<?>> paths = new HashMap<>();

    Witness(Rig rig, Names names) {
        this.rig = rig;
        this.names = names;
    }

    /** The sheet whose structure is at a path, or null. */
    @Nullable
    Sheet<?> sheetAt(String path) {
        return paths.get(path);
    }

    /** Hears a replica's new container. */
    void attend(Replica replica, Container container) {
        Map<Board<?>, List<ChannelEvent>> caused = new HashMap<>();
        for (Board<?> board : replica.boards()) {
            paths.put(container.path(board.object()), board.sheet());
            List<ChannelEvent> events = new ArrayList<>();
            caused.put(board, events);
            board.subscribe(event -> {
                events.add(event);
                rig.changed();
            });
        }
        container.subscribe(event -> heard(replica, caused, event));
        named(container.clientId(), replica.name());
    }

    /** Sees what sets out on a replica's link. */
    LinkObserver watch(Replica replica) {
        return new LinkObserver() {
            @Override
            public void submitted(List<DocumentMessage> messages, String frame, double travelMillis) {
                for (DocumentMessage message : messages) {
                    travel(replica, true, ChannelOp.in(message.contents()), "", travelMillis);
                }
            }

            @Override
            public void sequenced(List<SequencedMessage> messages, String frame, double travelMillis) {
                rig.log().sequenced(messages, frame, rig.now());
                for (SequencedMessage message : messages) {
                    travel(replica, false, ChannelOp.in(message.contents()), LogEntry.mark(message.sequenceNumber()),
                            travelMillis);
                }
                rig.changed();
            }
        };
    }

    private void travel(Replica replica, boolean up, List<ChannelOp> operations, String number, double millis) {
        if (operations.isEmpty() || millis <= 0) {
            return;
        }
        Sheet<?> of = paths.get(operations.get(0).path());
        String words = of == null ? "op" : of.describe(operations.get(0).contents());
        String more = operations.size() > 1 ? " +" + (operations.size() - 1) : "";
        rig.audience().travelled(replica, up, (number.isEmpty() ? words : number) + more, millis);
    }

    private void heard(Replica replica, Map<Board<?>, List<ChannelEvent>> caused, ContainerEvent event) {
        switch (event) {
            case ContainerEvent.ConnectionChanged connection -> connection(replica, connection);
            case ContainerEvent.ReconnectScheduled scheduled -> disconnected(replica);
            case ContainerEvent.Sequenced sequenced -> judge(sequenced.message().sequenceNumber(), caused);
            case ContainerEvent.ChannelQuarantined quarantined -> rig.say(
                    replica.name() + " has set " + quarantined.channelId() + " aside: " + quarantined.reason());
            case ContainerEvent.Nacked nacked -> rig.say(replica.name() + " was refused: " + nacked.nack().message());
            case ContainerEvent.Closed closed -> closed(replica, closed.failure());
            case ContainerEvent.ListenerFailed failed -> throw failed.failure();
            case ContainerEvent.Dirty dirty -> rig.changed();
            case ContainerEvent.Saved saved -> rig.changed();
            case ContainerEvent.Attached attached -> rig.changed();
            case ContainerEvent.ChannelAttached attached -> rig.changed();
            case ContainerEvent.DataStoreAttached attached -> rig.changed();
            case ContainerEvent.OperationUnreadable unreadable -> rig.changed();
            case ContainerEvent.SignalReceived signal -> rig.changed();
            case ContainerEvent.AudienceChanged changed -> {
                // Names are learned while their bearers are present.
                names.of(changed.clientId());
                rig.changed();
            }
            case ContainerEvent.QuorumChanged changed -> rig.changed();
            case ContainerEvent.ProposalAccepted accepted -> rig.changed();
            case ContainerEvent.SummaryAcknowledged acknowledged -> rig.changed();
        }
    }

    private void connection(Replica replica, ContainerEvent.ConnectionChanged connection) {
        if (connection.state() == ConnectionState.CONNECTED && replica.answered()) {
            rig.say("The server answers " + replica.name() + " again.");
        }
        named(connection.clientId(), replica.name());
    }

    private void disconnected(Replica replica) {
        if (replica.unanswered()) {
            rig.say("The server does not answer. Is it still running? Edit on: what you do is kept, and sent when it is"
                    + " back.");
        }
        rig.changed();
    }

    /* The events of a structure come while its operation is being processed, so they belong to that number. */
    private void judge(int sequenceNumber, Map<Board<?>, List<ChannelEvent>> caused) {
        caused.forEach((board, events) -> {
            String why = events.isEmpty() ? "" : board.sheet().refusal(events);
            if (!why.isEmpty()) {
                rig.log().refused(sequenceNumber, board.sheet(), why);
            }
            events.clear();
        });
        rig.changed();
    }

    private void closed(Replica replica, Failure failure) {
        if (failure.code() != 0) {
            rig.say(replica.name() + " is closed: " + failure.message());
        }
    }

    private void named(@Nullable String clientId, String name) {
        if (clientId != null && names.own(clientId, name)) {
            rig.log().named();
        }
        rig.changed();
    }
}
