package dev.thalweg.loopback;

import dev.thalweg.driver.DocumentService;
import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way between one client program and the service, and all that can happen on it. It outlives connections: a client
 * that reconnects does so over its link.
 *
 * <p>Four lanes, each in order, none waiting for another: the stream to the service and back, requests and their
 * answers. So an answer to a request may overtake the stream and be overtaken, as on a real network.
 */
public final class LoopbackLink implements ServiceFactory {
    final LoopbackService service;
    private final Lane up;
    private final Lane down;
    private final Lane requests;
    private final Lane answers;
    /** What the client learns without the service: never lost and never paused. */
    private final Lane notices;
    /** Connections whose client listens. */
    private final Set<LoopbackConnection> connections = new LinkedHashSet<>();
    /** Connections of which the service knows; it may notice later that a client is gone. */
    private final Set<LoopbackConnection> known = new LinkedHashSet<>();
    private final Set<Call<?>> calls = new LinkedHashSet<>();
    private final List<Nack> refusals = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private boolean cut;
    private double latencyMillis;
    private double jitterMillis;
    private @Nullable Runnable lastOperations;

    LoopbackLink(LoopbackService service) {
        this.service = service;
        this.up = new Lane(service.post);
        this.down = new Lane(service.post);
        this.requests = new Lane(service.post);
        this.answers = new Lane(service.post);
        this.notices = new Lane(service.post);
    }

    @Override
    public void create(String documentId, SummaryNode.Tree summary, Outcome<String> outcome) {
        call(outcome, answer -> service.found(documentId, summary, answer));
    }

    @Override
    public DocumentService open(String documentId) {
        return new LoopbackDocumentService(this, documentId);
    }

    /** Lets nothing through in either direction until {@link #resume}. Nothing is lost. */
    public void pause() {
        hold(true);
    }

    /** Ends a pause. */
    public void resume() {
        hold(false);
    }

    /** Lets nothing of the client's through to the service, while what the service says arrives; or ends that. */
    public void pauseUp(boolean paused) {
        up.hold(paused);
    }

    /** Lets nothing of the stream through to the client, while what it says arrives; or ends that. */
    public void pauseDown(boolean paused) {
        down.hold(paused);
    }

    /**
     * Cuts the link: what is under way is lost, in both directions; connections end, and the service notices. Attempts
     * to connect and requests fail until {@link #restore}.
     */
    public void cut() {
        if (cut) {
            return;
        }
        cut = true;
        up.clear();
        down.clear();
        requests.clear();
        answers.clear();
        resume();
        for (LoopbackConnection connection : List.copyOf(connections)) {
            lose(connection, Failure.passing(0, "the link is cut"));
        }
        for (LoopbackConnection connection : known) {
            service.later(connection::leave);
        }
        for (Call<?> call : List.copyOf(calls)) {
            fail(call);
        }
    }

    /** Mends the link. Connections have to be made anew. */
    public void restore() {
        cut = false;
    }

    /** Whether the link is cut. */
    public boolean isCut() {
        return cut;
    }

    /** Delivers the last sequenced messages once more. False when there are none or their connection is gone. */
    public boolean duplicate() {
        Runnable again = lastOperations;
        if (again == null || connections.isEmpty()) {
            return false;
        }
        down.send(latency(), again);
        return true;
    }

    /** Refuses the next message that comes over this link, in this way, whatever the rules say of it. */
    public void refuseNext(Nack nack) {
        refusals.add(nack);
    }

    /** Lets the next attempt to connect fail in this way. */
    public void failNextConnect(Failure failure) {
        failures.add(failure);
    }

    /** How long each delivery is under way when delivery is automatic. @param jitterMillis what chance adds at most */
    public void latency(double latencyMillis, double jitterMillis) {
        if (!(latencyMillis >= 0 && jitterMillis >= 0)) {
            throw new IllegalArgumentException("latency and jitter must be 0 or more");
        }
        this.latencyMillis = latencyMillis;
        this.jitterMillis = jitterMillis;
    }

    /** The ids of the connections over this link, in the order in which they were made. */
    public List<String> clientIds() {
        List<String> ids = new ArrayList<>();
        for (LoopbackConnection connection : connections) {
            String id = connection.clientId();
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** How many deliveries are queued. */
    public int queued() {
        return up.size() + down.size() + requests.size() + answers.size() + notices.size();
    }

    void connect(LoopbackConnection connection) {
        connections.add(connection);
        if (cut) {
            lose(connection, Failure.passing(0, "the link is cut"));
        } else if (!failures.isEmpty()) {
            lose(connection, failures.remove(0));
        } else {
            up.send(latency(), connection::arrive);
        }
    }

    /** Something the client says on the stream. */
    void sendUp(Runnable task) {
        if (!cut) {
            up.send(latency(), task);
        }
    }

    /** Something the service says on the stream. */
    void sendDown(LoopbackConnection connection, Runnable task) {
        if (!cut) {
            down.send(latency(), () -> {
                if (connection.open()) {
                    task.run();
                }
            });
        }
    }

    void sendOperations(LoopbackConnection connection, List<SequencedMessage> messages) {
        Runnable task = () -> connection.listener.operations(messages);
        lastOperations = () -> {
            if (connection.open()) {
                task.run();
            }
        };
        sendDown(connection, task);
    }

    /** Ends a connection for its client. */
    void lose(LoopbackConnection connection, Failure failure) {
        if (connection.open()) {
            connection.deafen();
            connections.remove(connection);
            notices.send(0, () -> connection.listener.disconnected(failure));
        }
    }

    void entered(LoopbackConnection connection) {
        known.add(connection);
        service.remember(String.valueOf(connection.clientId()), this);
    }

    void left(LoopbackConnection connection) {
        known.remove(connection);
    }

    /** What this link was told to refuse next, or null. */
    @Nullable
    Nack nextRefusal() {
        return refusals.isEmpty() ? null : refusals.remove(0);
    }

    /** Asks the service something. */
    <T extends @Nullable Object> void call(Outcome<T> outcome, Request<T> request) {
        Call<T> call = new Call<>(this, outcome);
        calls.add(call);
        if (cut) {
            fail(call);
        } else {
            requests.send(latency(), () -> request.run(call));
        }
    }

    private void fail(Call<?> call) {
        notices.send(0, () -> {
            if (calls.remove(call)) {
                call.outcome.failed(Failure.passing(0, "the link is cut"));
            }
        });
    }

    private void hold(boolean hold) {
        up.hold(hold);
        down.hold(hold);
        requests.hold(hold);
        answers.hold(hold);
    }

    private double latency() {
        return latencyMillis + (jitterMillis == 0 ? 0 : jitterMillis * service.ids.fraction());
    }

    /** What the service does with a request. */
    interface Request<T extends @Nullable Object> {
        void run(Outcome<T> outcome);
    }

    /** A request that is under way: its answer travels back, unless the link is cut meanwhile. */
    private static final class Call<T extends @Nullable Object> implements Outcome<T> {
        private final LoopbackLink link;
        private final Outcome<T> outcome;

        Call(LoopbackLink link, Outcome<T> outcome) {
            this.link = link;
            this.outcome = outcome;
        }

        @Override
        public void succeeded(T value) {
            link.answers.send(link.latency(), () -> {
                if (link.calls.remove(this)) {
                    outcome.succeeded(value);
                }
            });
        }

        @Override
        public void failed(Failure failure) {
            link.answers.send(link.latency(), () -> {
                if (link.calls.remove(this)) {
                    outcome.failed(failure);
                }
            });
        }
    }
}
