package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.driver.ConnectionRequest;
import dev.thalweg.driver.DeltaConnection;
import dev.thalweg.driver.DeltaListener;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.RawJson;
import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.loopback.LoopbackLink;
import dev.thalweg.loopback.LoopbackOptions;
import dev.thalweg.loopback.LoopbackService;
import dev.thalweg.loopback.LoopbackTimers;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.Connected;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.protocol.Signal;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service in memory and the clients of one document on it. */
final class Rig {
    static final ContainerSchema SCHEMA = ContainerSchema.builder().object("gauges", SharedMap.TYPE)
            .object("sandbags", SharedCounter.TYPE).build();
    static final Client SUMMARIZER = ContainerServices.SUMMARIZER;

    final LoopbackTimers timers = new LoopbackTimers(1_795_198_255_354.0);
    final LoopbackIds ids = new LoopbackIds(7);
    final LoopbackService service;
    ContainerOptions options = ContainerOptions.DEFAULT;
    ChannelTypes types = ChannelTypes.of(SharedMap.TYPE, SharedCounter.TYPE);
    String documentId = "";

    Rig() {
        this(LoopbackOptions.DEFAULT);
    }

    Rig(LoopbackOptions options) {
        service = new LoopbackService(timers, ids, options);
    }

    /** A client that created the document, connected. */
    Peer create() {
        LoopbackLink link = service.link();
        Peer peer = new Peer(link, Container.create(services(link, ContainerServices.WRITER), SCHEMA));
        attach(peer);
        return peer;
    }

    void attach(Peer peer) {
        Box<String> box = new Box<>();
        peer.container.attach(box);
        service.settle();
        documentId = box.value();
    }

    /** Another client, loaded and connected. */
    Peer join() {
        return join(ContainerServices.WRITER);
    }

    Peer join(Client client) {
        Peer peer = load(client, SCHEMA);
        assertThat(peer.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
        return peer;
    }

    Peer load(Client client, ContainerSchema schema) {
        LoopbackLink link = service.link();
        Box<Container> box = new Box<>();
        Container.load(services(link, client), documentId, schema, box);
        service.settle();
        return new Peer(link, box.value());
    }

    ContainerServices services(LoopbackLink link, Client client) {
        return new ContainerServices(link, timers, ids, types, options, client);
    }

    /** A document whose first summary is this tree. */
    void found(SummaryNode.Tree tree) {
        Box<String> box = new Box<>();
        service.link().create("", tree, box);
        service.settle();
        documentId = box.value();
    }

    SequencedMessage lastSequenced() {
        List<SequencedMessage> log = service.log(documentId);
        return log.get(log.size() - 1);
    }

    /** All runtime operations as they are on record. */
    List<SequencedMessage> operations() {
        return service.log(documentId).stream().filter(message -> message.type() == MessageType.OP).toList();
    }

    /** A connection without a container, to say what no container would. */
    final class Raw implements DeltaListener {
        final LoopbackLink link = service.link();
        final DeltaConnection connection;
        private int csn;
        @Nullable
        Connected connected;

        Raw() {
            connection = link.open(documentId).connect(
                    new ConnectionRequest(ContainerServices.WRITER, ConnectionMode.WRITE, false), this);
            service.settle();
        }

        /** Submits runtime operations as one batch, each with its metadata or null. */
        void submit(String... contentsAndMetadata) {
            List<DocumentMessage> batch = new ArrayList<>();
            for (int i = 0; i < contentsAndMetadata.length; i += 2) {
                String metadata = contentsAndMetadata[i + 1];
                batch.add(new DocumentMessage(++csn, service.sequenceNumber(documentId), MessageType.OP,
                        RawJson.of(new JsonString(contentsAndMetadata[i])),
                        metadata == null ? null : new RawJson(metadata), null));
            }
            connection.submit(batch);
            service.settle();
        }

        void submit(DocumentMessage message) {
            csn++;
            connection.submit(List.of(message));
            service.settle();
        }

        int nextCsn() {
            return csn + 1;
        }

        @Override
        public void connected(Connected now) {
            connected = now;
        }

        @Override
        public void operations(List<SequencedMessage> messages) {}

        @Override
        public void nacked(List<Nack> nacks) {
            throw new AssertionError(nacks.toString());
        }

        @Override
        public void signalled(Signal signal) {}

        @Override
        public void disconnected(Failure failure) {}
    }

    /** A container and what it has said. */
    static final class Peer {
        final LoopbackLink link;
        final Container container;
        final List<ContainerEvent> events = new ArrayList<>();

        Peer(LoopbackLink link, Container container) {
            this.link = link;
            this.container = container;
            container.subscribe(events::add);
        }

        SharedMap gauges() {
            return container.object("gauges", SharedMap.TYPE);
        }

        SharedCounter sandbags() {
            return container.object("sandbags", SharedCounter.TYPE);
        }

        void set(String key, int value) {
            gauges().set(key, JsonValue.of(value));
        }

        @Nullable
        JsonValue get(String key) {
            return gauges().get(key);
        }

        <E extends ContainerEvent> List<E> events(Class<E> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        List<ConnectionState> states() {
            return events(ContainerEvent.ConnectionChanged.class).stream()
                    .map(ContainerEvent.ConnectionChanged::state).toList();
        }
    }

    /** An outcome that is looked at later. */
    static final class Box<T> implements Outcome<T> {
        private @Nullable T value;
        private @Nullable Failure failure;

        @Override
        public void succeeded(T value) {
            assertThat(told()).as("told twice").isFalse();
            this.value = value;
        }

        @Override
        public void failed(Failure failure) {
            assertThat(told()).as("told twice").isFalse();
            this.failure = failure;
        }

        boolean told() {
            return value != null || failure != null;
        }

        T value() {
            assertThat(failure).as("failure").isNull();
            assertThat(value).as("value").isNotNull();
            return java.util.Objects.requireNonNull(value);
        }

        Failure failure() {
            assertThat(failure).as("failure").isNotNull();
            return java.util.Objects.requireNonNull(failure);
        }
    }

    static void assertSame(Peer... peers) {
        for (Peer peer : peers) {
            assertThat(peer.gauges().snapshot()).isEqualTo(peers[0].gauges().snapshot());
            assertThat(peer.sandbags().snapshot()).isEqualTo(peers[0].sandbags().snapshot());
            assertThat(peer.container.pendingCount()).isZero();
            assertThat(peer.container.dirty()).isFalse();
            peer.gauges().check();
            peer.sandbags().check();
        }
    }
}
