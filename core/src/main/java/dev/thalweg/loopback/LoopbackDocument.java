package dev.thalweg.loopback;

import dev.thalweg.driver.ConnectionRequest;
import dev.thalweg.driver.DocumentService.StoredSummary;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectRequest;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.ServiceConfiguration;
import dev.thalweg.protocol.Signal;
import dev.thalweg.protocol.TokenClaims;
import dev.thalweg.sequencing.Sequencer;
import dev.thalweg.sequencing.Ticket;
import dev.thalweg.storage.Scribe;
import dev.thalweg.storage.SummaryNode;
import dev.thalweg.storage.SummaryStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One document at the service: its line, its record of it, its summaries and who is connected. */
final class LoopbackDocument {
    private static final int MAX_DELTAS = 2000;

    private final LoopbackService service;
    private final String documentId;
    private final SummaryStore store;
    private final Map<String, LoopbackConnection> connections = new LinkedHashMap<>();
    private final List<SequencedMessage> log = new ArrayList<>();
    private Scribe scribe;
    private Sequencer sequencer;
    private @Nullable Subscription noopTimer;

    LoopbackDocument(LoopbackService service, String documentId, SummaryStore store, Scribe scribe) {
        this.service = service;
        this.documentId = documentId;
        this.store = store;
        this.scribe = scribe;
        this.sequencer = new Sequencer(service.options.limits());
    }

    List<SequencedMessage> log() {
        return log;
    }

    Sequencer sequencer() {
        return sequencer;
    }

    void connect(LoopbackConnection connection, ConnectionRequest request) {
        String clientId = service.ids.uuid();
        Client client = granted(request);
        List<Connected.Member> members = new ArrayList<>();
        for (LoopbackConnection other : connections.values()) {
            members.add(new Connected.Member(String.valueOf(other.clientId()), clientOf(other)));
        }
        connection.enter(this, clientId, client);
        connections.put(clientId, connection);
        boolean writes = client.mode() == ConnectionMode.WRITE;
        // A writer learns from its own join where the document stands; a reader, which has none, from the last message.
        List<SequencedMessage> latest = writes || log.isEmpty() ? List.of() : List.of(log.get(log.size() - 1));
        int maxMessageSize = service.options.limits().maxMessageSize();
        TokenClaims claims = new TokenClaims(documentId, "loopback", service.options.scopes(), client.user(), 0,
                service.timers.now() / 1000 + 3600);
        Connected connected = new Connected(clientId, claims, client.mode(), maxMessageSize,
                new ServiceConfiguration(ServiceConfiguration.DEFAULT.blockSize(), maxMessageSize), members, latest,
                List.of(), ConnectRequest.VERSIONS.get(0), true, service.timers.now());
        connection.link.sendDown(connection, () -> connection.tell(connected));
        signal(Signal.join(clientId, client));
        if (writes) {
            publish(List.of(record(sequencer.join(clientId, client, service.timers.now()))));
        }
    }

    void leave(LoopbackConnection connection) {
        String clientId = String.valueOf(connection.clientId());
        connections.remove(clientId);
        signal(Signal.leave(clientId));
        SequencedMessage leave = sequencer.leave(clientId, service.timers.now());
        if (leave != null) {
            publish(List.of(record(leave)));
        }
    }

    void submit(LoopbackConnection connection, List<DocumentMessage> batch) {
        List<SequencedMessage> sequenced = new ArrayList<>();
        List<Nack> nacks = new ArrayList<>();
        for (DocumentMessage message : batch) {
            switch (decide(connection, message)) {
                case Ticket.Sequenced ticket -> {
                    sequenced.add(record(ticket.message()));
                    if (message.type() == MessageType.SUMMARIZE) {
                        sequenced.add(answer(ticket.message()));
                    }
                }
                case Ticket.Refused ticket -> nacks.add(ticket.nack());
                case Ticket.Absorbed ignored -> awaitNews();
                case Ticket.Duplicate ignored -> {
                    // It was sequenced before; its sender has been told or will be.
                }
            }
        }
        publish(sequenced);
        if (!nacks.isEmpty()) {
            connection.link.sendDown(connection, () -> connection.listener.nacked(nacks));
        }
    }

    private Ticket decide(LoopbackConnection connection, DocumentMessage message) {
        Nack injected = connection.link.nextRefusal();
        if (injected != null) {
            return new Ticket.Refused(new Nack(injected.sequenceNumber(), injected.code(), injected.type(),
                    injected.message(), injected.retryAfterSeconds(), message));
        }
        return sequencer.ticket(String.valueOf(connection.clientId()), message, service.timers.now());
    }

    void signal(LoopbackConnection from, String content, @Nullable String targetClientId) {
        Signal signal = new Signal(from.clientId(), content, targetClientId);
        if (targetClientId == null) {
            signal(signal);
            return;
        }
        LoopbackConnection target = connections.get(targetClientId);
        if (target != null) {
            target.link.sendDown(target, () -> target.listener.signalled(signal));
        }
    }

    List<SequencedMessage> deltas(int from, int to) {
        int first = Math.max(0, from);
        int last = Math.min(Math.min(to - 1, log.size()), first + MAX_DELTAS);
        return first >= last ? List.of() : List.copyOf(log.subList(first, last));
    }

    void latestSummary(Outcome<@Nullable StoredSummary> outcome) {
        try {
            String commit = scribe.latest();
            outcome.succeeded(new StoredSummary(commit, store.read(store.commit(commit).tree())));
        } catch (ProtocolException missing) {
            outcome.failed(Failure.permanent(500, "cannot read the latest summary: " + missing.getMessage()));
        }
    }

    void upload(SummaryNode.Tree tree, @Nullable String parent, Outcome<String> outcome) {
        try {
            outcome.succeeded(store.write(tree, parent));
        } catch (ProtocolException refused) {
            outcome.failed(Failure.permanent(400, "cannot keep the summary: " + refused.getMessage()));
        }
    }

    String createBlob(byte[] bytes) {
        return store.putBlob(bytes.clone()).id();
    }

    void readBlob(String id, Outcome<byte[]> outcome) {
        try {
            outcome.succeeded(store.blob(id).body().clone());
        } catch (ProtocolException missing) {
            outcome.failed(Failure.permanent(404, String.valueOf(missing.getMessage())));
        }
    }

    /** The service's process ends and another one takes its place, which knows only what is on record. */
    void restart() {
        for (LoopbackConnection connection : List.copyOf(connections.values())) {
            connection.forget();
            connection.link.lose(connection, Failure.passing(0, "the service went away"));
        }
        connections.clear();
        cancelNoop();
        sequencer = new Sequencer(service.options.limits());
        try {
            scribe = LoopbackService.require(Scribe.open(store, documentId));
            for (SequencedMessage message : log) {
                sequencer.replay(message);
                if (message.sequenceNumber() > scribe.summarySequenceNumber()) {
                    scribe.sequenced(message);
                }
            }
        } catch (ProtocolException unreadable) {
            throw new IllegalStateException("the record of " + documentId + " cannot be read", unreadable);
        }
        for (String clientId : sequencer.clients()) {
            SequencedMessage leave = sequencer.leave(clientId, service.timers.now());
            if (leave != null) {
                record(leave);
            }
        }
    }

    private SequencedMessage answer(SequencedMessage summarize) {
        int reference = summarize.referenceSequenceNumber();
        Scribe.Answer answer = scribe.summarize(summarize,
                reference == 0 ? 0 : log.get(reference - 1).minimumSequenceNumber(), service.timers.now());
        return record(sequencer.system(answer.type(), answer.contents(), service.timers.now()));
    }

    /** On record first, then to anyone. */
    private SequencedMessage record(SequencedMessage message) {
        log.add(message);
        try {
            scribe.sequenced(message);
        } catch (ProtocolException unreadable) {
            throw new IllegalStateException("the service wrote what it cannot read", unreadable);
        }
        return message;
    }

    private void publish(List<SequencedMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        cancelNoop();
        List<SequencedMessage> all = List.copyOf(messages);
        for (LoopbackConnection connection : connections.values()) {
            connection.link.sendOperations(connection, all);
        }
    }

    private void signal(Signal signal) {
        for (LoopbackConnection connection : connections.values()) {
            connection.link.sendDown(connection, () -> connection.listener.signalled(signal));
        }
    }

    private void awaitNews() {
        if (noopTimer == null) {
            noopTimer = service.timers.schedule(service.options.noopDelayMillis(), () -> {
                noopTimer = null;
                SequencedMessage noop = sequencer.noop(service.timers.now());
                if (noop != null) {
                    publish(List.of(record(noop)));
                }
            });
        }
    }

    private void cancelNoop() {
        Subscription timer = noopTimer;
        noopTimer = null;
        if (timer != null) {
            timer.cancel();
        }
    }

    private Client granted(ConnectionRequest request) {
        Client asked = request.client();
        List<String> scopes = new ArrayList<>();
        for (String scope : service.options.scopes()) {
            if (asked.summarizer() || !scope.equals(Scopes.SUMMARY_WRITE)) {
                scopes.add(scope);
            }
        }
        ConnectionMode mode = Scopes.contain(scopes, Scopes.WRITE) ? request.mode() : ConnectionMode.READ;
        return new Client(mode, asked.interactive(), asked.type(), asked.environment(), asked.user(), scopes);
    }

    private static Client clientOf(LoopbackConnection connection) {
        return LoopbackService.require(connection.client());
    }
}
