package dev.thalweg.container;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Handle;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.Roster;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.SummaryNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The machines of a container, wired together. */
final class ContainerRuntime implements Channel.Host, DeltaManager.Handler {
    final ContainerServices services;
    /** What the program knows, with what the schema names. */
    final ChannelTypes types;
    final Events events = new Events();
    final Quorum quorum = new Quorum(events);
    final Audience audience = new Audience(events);
    final DeltaManager deltas;
    final Connection connection;
    final Submissions submissions;
    final DataStores stores;
    final DocumentParts parts;
    final SummaryWriter writer;
    final Summarizer summarizer;
    final Inbound inbound;
    final Session session;
    final Signals signals;
    final Election election;
    private final NoopClock noops;
    private final Map<String, Channel> objects = new LinkedHashMap<>();
    private SummaryNode.@Nullable Tree attaching;
    private boolean creating;
    private String documentId = "";
    private @Nullable DocumentService service;
    private @Nullable Outcome<Container> loading;

    ContainerRuntime(ContainerServices services, ContainerSchema schema) {
        this.services = services;
        ContainerOptions options = services.options();
        deltas = new DeltaManager(services.timers(), services.ids(), options, this);
        session = new Session(this, options.leaveWaitMillis());
        connection = new Connection(services.client(), services.timers(), services.ids(), options, events, session);
        signals = new Signals(connection, audience, events);
        noops = new NoopClock(services.timers(), options, this::sendNoop);
        DocumentMetadata metadata = new DocumentMetadata();
        submissions = new Submissions(connection, deltas, noops, events, services.timers(), services.ids(), metadata,
                options.maxMessageSize());
        parts = new DocumentParts(metadata, new RecentBatches(), new AttachmentBlobs(submissions, services.ids()));
        election = new Election(connection, quorum, submissions);
        types = services.types().and(schema.objects().values());
        stores = new DataStores(this, events, types::find, services.ids().uuid());
        writer = new SummaryWriter(stores, parts);
        summarizer = new Summarizer(connection, deltas, writer, quorum, services.timers(), options);
        inbound = new Inbound(connection, submissions, stores, quorum, audience, summarizer, writer, parts, noops,
                events, session, election);
    }

    static ContainerRuntime create(ContainerServices services, ContainerSchema schema) {
        ContainerRuntime runtime = new ContainerRuntime(services, schema);
        Loader.create(runtime, schema);
        return runtime;
    }

    static void load(ContainerServices services, String documentId, ContainerSchema schema,
            Outcome<Container> outcome) {
        new Loader(services, documentId, schema, outcome).load();
    }

    /** Begins to read the document's record; the outcome is told when all of it was processed. */
    void begin(DocumentService service, @Nullable SummaryBase base, int minimumSequenceNumber,
            @Nullable Outcome<Container> loading) {
        this.loading = loading;
        documentId = service.documentId();
        this.service = service;
        connection.start(service);
        summarizer.start(service, inbound, base);
        deltas.start(service, base == null ? 0 : base.sequenceNumber(), minimumSequenceNumber,
                loading == null ? 0 : services.options().loadAttempts());
        SummaryPolicy policy = services.summaries();
        if (policy != null) {
            policy.watch(new Watched(this));
        }
        if (loading != null) {
            deltas.catchUp();
        }
    }

    void attach(String wish, Outcome<String> outcome) {
        requireOpen();
        if (!documentId.isEmpty() || creating) {
            throw new IllegalStateException("the document is attached already, or is being attached");
        }
        // What is edited from now on is not in the tree: it is pending until the document is there. The tree stays the
        // same when this fails and is tried again.
        if (attaching == null) {
            stores.attaching();
            attaching = writer.create();
        }
        SummaryNode.Tree tree = attaching;
        creating = true;
        services.service().create(wish, tree, new Outcome<>() {
            @Override
            public void succeeded(String id) {
                creating = false;
                if (connection.state() == ConnectionState.CLOSED) {
                    outcome.failed(Failure.permanent(0, "the container was closed meanwhile"));
                    return;
                }
                attaching = null;
                begin(services.service().open(id), null, 0, null);
                events.tell(new ContainerEvent.Attached(id));
                connection.connect();
                outcome.succeeded(id);
            }

            @Override
            public void failed(Failure failure) {
                creating = false;
                outcome.failed(failure);
            }
        });
    }

    @Override
    public boolean attached() {
        return attaching != null || !documentId.isEmpty();
    }

    String documentId() {
        return documentId;
    }

    void initialObject(String key, Channel channel) {
        objects.put(key, channel);
    }

    <C extends SharedObject<?, ?>> C object(String key, ChannelType<C> type) {
        return Loader.typed(objects.get(key), "initial object " + key, type);
    }

    Map<String, SharedObject<?, ?>> initialObjects() {
        Map<String, SharedObject<?, ?>> known = new LinkedHashMap<>();
        objects.forEach((key, channel) -> {
            SharedObject<?, ?> object = channel.object();
            if (object != null) {
                known.put(key, object);
            }
        });
        return known;
    }

    <C extends SharedObject<?, ?>> C channel(String path, ChannelType<C> type) {
        return Loader.typed(stores.resolve(path), "channel " + path, type);
    }

    <C extends SharedObject<?, ?>> C create(ChannelType<C> type) {
        if (attached()) {
            requireWritable();
        }
        return Creation.channel(this, type);
    }

    Handle addStore(List<String> packagePath, ContainerSchema channels) {
        if (packagePath.isEmpty()) {
            throw new IllegalArgumentException("a data store needs the name of its package");
        }
        if (attached()) {
            requireWritable();
        }
        return Creation.store(this, packagePath, channels);
    }

    Resolved resolve(Handle handle) {
        return stores.find(handle, parts.blobs);
    }

    void uploadBlob(byte[] bytes, Outcome<Handle> outcome) {
        requireWritable();
        parts.blobs.upload(service(), bytes, outcome);
    }

    void readBlob(Handle handle, Outcome<byte[]> outcome) {
        if (resolve(handle) instanceof Resolved.Attachment blob) {
            service().readBlob(blob.storageId(), outcome);
        } else {
            outcome.failed(Failure.permanent(404, "the document has no blob " + handle.path()));
        }
    }

    private DocumentService service() {
        DocumentService present = service;
        if (present == null) {
            throw new IllegalStateException("the document is detached: attach it first");
        }
        return present;
    }

    Channel channelOf(SharedObject<?, ?> object) {
        Channel channel = stores.of(object);
        if (channel == null) {
            throw new IllegalArgumentException("channel " + object.id() + " is not in this container");
        }
        return channel;
    }

    void connect() {
        requireOpen();
        connection.connect();
    }

    void disconnect() {
        submissions.flush();
        connection.disconnect("disconnected on request");
    }

    void dispose() {
        connection.close(Failure.permanent(0, "disposed"));
    }

    boolean readOnly() {
        return services.client().mode() == ConnectionMode.READ || session.readOnly();
    }

    int minimumSequenceNumber() {
        return deltas.minimumSequenceNumber();
    }

    void runTransaction(Runnable edits) {
        requireOpen();
        submissions.batch(edits);
    }

    void propose(String key, JsonValue value) {
        requireWritable();
        if (connection.state() != ConnectionState.CONNECTED) {
            throw new IllegalStateException("not connected");
        }
        submissions.flush();
        JsonObject proposal = JsonObject.builder().put("key", key).put("value", value).build();
        noops.sent();
        connection.send(List.of(Draft.of(MessageType.PROPOSE, proposal.toJson(), null)), deltas.sequenceNumber());
    }

    Subscription subscribe(Listener<? super ContainerEvent> listener) {
        return events.add(listener);
    }

    @Override
    public void aboutToProcess() {
        submissions.flush();
    }

    @Override
    public void process(SequencedMessage message) {
        inbound.process(message, connection.state() == ConnectionState.CONNECTED);
        session.advanced();
    }

    @Override
    public void caughtUp() {
        Outcome<Container> told = loading;
        loading = null;
        if (told != null) {
            connection.connect();
            told.succeeded(new Container(this));
        } else {
            session.caughtUp();
        }
    }

    @Override
    public void unreadable(Failure failure) {
        Outcome<Container> told = loading;
        loading = null;
        connection.close(failure);
        if (told != null) {
            told.failed(failure);
        }
    }

    /** The connection is gone. */
    void lost(Failure failure) {
        deltas.pause();
        summarizer.lost(failure);
    }

    /** The container is closed for good. */
    void closed(Failure failure) {
        deltas.stop();
        summarizer.lost(failure);
        parts.blobs.closed(failure);
        stores.close("the container was closed: " + failure.message());
        events.tell(new ContainerEvent.Closed(failure));
    }

    @Override
    public void submit(PendingOp operation) {
        submissions.submit(operation);
    }

    @Override
    public boolean writable() {
        return connection.state() != ConnectionState.CLOSED && !readOnly();
    }

    @Override
    public void requireWritable() {
        requireOpen();
        if (readOnly()) {
            throw new IllegalStateException("the container is read-only: "
                    + (services.client().mode() == ConnectionMode.READ
                            ? "the client asked to read"
                            : "the service does not let this client write"));
        }
    }

    @Override
    public void requireFits(String envelope) {
        submissions.requireFits(envelope);
    }

    @Override
    public int sequenceNumber() {
        return deltas.sequenceNumber();
    }

    @Override
    public int reference() {
        return submissions.reference();
    }

    @Override
    public @Nullable String clientId() {
        return connection.clientId();
    }

    @Override
    public Roster roster() {
        return quorum;
    }

    @Override
    public void afterMessage(Runnable work) {
        inbound.afterMessage(work);
    }

    @Override
    public void quarantined(Channel channel, int sequenceNumber, String reason) {
        events.tell(new ContainerEvent.ChannelQuarantined(channel.dataStoreId(), channel.id(), sequenceNumber,
                reason));
    }

    @Override
    public void listenerFailed(RuntimeException failure) {
        events.failed(failure);
    }

    /** Something happened that every other has to know this client has seen. */
    void owesNoop() {
        noops.received();
    }

    private void sendNoop() {
        if (connection.state() == ConnectionState.CONNECTED && session.writes()) {
            noops.sent();
            connection.send(List.of(Draft.NOOP), deltas.sequenceNumber());
        }
    }

    private void requireOpen() {
        if (connection.state() == ConnectionState.CLOSED) {
            throw new IllegalStateException("the container is closed");
        }
    }
}
