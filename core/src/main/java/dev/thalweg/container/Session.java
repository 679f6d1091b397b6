package dev.thalweg.container;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Subscription;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection from the greeting to its end: decides when it has caught up and may send. */
/*
 * A writer has caught up when it has processed its own join: from there on it sees what every other sees. A reader has
 * none and reads the record to its end instead.
 *
 * What was in flight when the last connection broke may have been sequenced or not. All that was is before the leave of
 * that connection, so edits are made again only after that leave was processed; what was acknowledged until then, under
 * the old client id, is not made again. A service that never sequences the leave is waited for so long, and no longer.
 */
final class Session implements Connection.Owner, Inbound.Members {
    private final ContainerRuntime runtime;
    private final double leaveWaitMillis;
    private boolean writes;
    private boolean refused;
    private boolean joined;
    private boolean readToTheEnd;
    private boolean leaveOverdue;
    private boolean announced;
    private @Nullable Subscription leaveTimer;
    private @Nullable Subscription joinTimer;

    Session(ContainerRuntime runtime, double leaveWaitMillis) {
        this.runtime = runtime;
        this.leaveWaitMillis = leaveWaitMillis;
    }

    /** Whether the present connection takes part in the quorum. */
    boolean writes() {
        return writes;
    }

    /** Whether the service did not let this client write when it was asked last. */
    boolean readOnly() {
        return refused;
    }

    @Override
    public void greeted(Connected connected) {
        writes = connected.mode() == ConnectionMode.WRITE;
        refused = !writes || !connected.claims().allows(Scopes.WRITE);
        joined = false;
        readToTheEnd = false;
        leaveOverdue = false;
        if (writes) {
            runtime.submissions.limit(connected.maxMessageSize());
        }
        runtime.audience.greet(connected.initialClients(), connected.clientId(),
                runtime.services.client().granted(connected.claims().user(), connected.claims().scopes()));
        for (Signal signal : connected.initialSignals()) {
            runtime.signals.received(signal);
        }
        runtime.deltas.receive(connected.initialMessages());
        runtime.deltas.catchUp();
    }

    @Override
    public void received(List<SequencedMessage> messages) {
        runtime.deltas.receive(messages);
    }

    @Override
    public void signalled(Signal signal) {
        runtime.signals.received(signal);
    }

    @Override
    public void nacked(Nack nack) {
        runtime.events.tell(new ContainerEvent.Nacked(nack));
    }

    @Override
    public void lost(Failure failure) {
        stopTimers();
        writes = false;
        runtime.lost(failure);
        if (announced) {
            announced = false;
            runtime.stores.connectionChanged(false, null);
        }
    }

    @Override
    public void closed(Failure failure) {
        stopTimers();
        runtime.closed(failure);
    }

    @Override
    public void joined(String clientId) {
        joined |= clientId.equals(runtime.connection.clientId());
    }

    @Override
    public void left(String clientId) {
        if (clientId.equals(runtime.connection.clientId())) {
            runtime.connection.reconnect(Failure.passing(0, "the service ended the connection"));
        }
    }

    /** A message was processed. */
    void advanced() {
        if (runtime.connection.state() == ConnectionState.CATCHING_UP) {
            proceed();
        }
    }

    /** The record was read to its end. */
    void caughtUp() {
        readToTheEnd = true;
        if (runtime.connection.state() == ConnectionState.CATCHING_UP) {
            proceed();
        }
    }

    private void proceed() {
        if (writes && !joined) {
            awaitJoin();
        } else if (!writes && !readToTheEnd) {
            return;
        } else if (writes && leaveAwaited()) {
            awaitLeave();
        } else {
            ready();
        }
    }

    private void ready() {
        stopTimers();
        if (writes && !refused) {
            runtime.submissions.flush();
            runtime.connection.caughtUp(runtime.submissions::resubmit);
            // Its join holds the minimum where it was; whatever was read since has to be answered once.
            runtime.owesNoop();
        } else {
            runtime.connection.caughtUp(() -> {});
        }
        if (runtime.connection.state() == ConnectionState.CONNECTED) {
            announced = true;
            runtime.stores.connectionChanged(true, runtime.connection.clientId());
        }
    }

    private boolean leaveAwaited() {
        String old = runtime.submissions.inFlightOn();
        return old != null && !leaveOverdue && !old.equals(runtime.connection.clientId())
                && runtime.quorum.member(old) != null;
    }

    private void awaitLeave() {
        if (leaveTimer == null) {
            leaveTimer = runtime.services.timers().schedule(leaveWaitMillis, () -> {
                leaveTimer = null;
                leaveOverdue = true;
                advanced();
            });
        }
    }

    /* The join was broadcast when nobody was listening yet: it is on record. */
    private void awaitJoin() {
        if (readToTheEnd && joinTimer == null) {
            joinTimer = runtime.services.timers().schedule(runtime.services.options().initialBackoffMillis(), () -> {
                joinTimer = null;
                readToTheEnd = false;
                runtime.deltas.catchUp();
            });
        }
    }

    private void stopTimers() {
        if (leaveTimer != null) {
            leaveTimer.cancel();
            leaveTimer = null;
        }
        if (joinTimer != null) {
            joinTimer.cancel();
            joinTimer = null;
        }
    }
}
