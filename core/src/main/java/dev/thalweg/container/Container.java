package dev.thalweg.container;

import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Handle;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A document as one client has it: its structures, their edits that others have not seen yet, and the connection that
 * carries both ways. A document is created detached and edited at will before {@link #attach} gives it to the service,
 * or it is loaded. From then on the container connects by itself, reconnects when the link breaks, and sends every edit
 * that was made meanwhile.
 *
 * <p>Edits made in one turn of the thread travel as one batch; {@link #runTransaction(Runnable)} makes one by hand. A
 * container belongs to one thread, the one that runs its timers.
 */
public final class Container {
    private final ContainerRuntime runtime;

    Container(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    /** Its machines. */
    ContainerRuntime runtime() {
        return runtime;
    }

    /** A new document that nobody else can see yet. */
    public static Container create(ContainerServices services, ContainerSchema schema) {
        return new Container(ContainerRuntime.create(services, schema));
    }

    /**
     * Reads a document: the latest summary and what was sequenced since. The container then connects by itself.
     *
     * @param schema  the initial objects the program wants to use; each must be in the document with that structure
     * @param outcome fails with code 404 when there is no such document, with code 422 when it cannot be read or lacks
     *                an initial object
     */
    public static void load(ContainerServices services, String documentId, ContainerSchema schema,
            Outcome<Container> outcome) {
        ContainerRuntime.load(services, documentId, schema, outcome);
    }

    /**
     * Has a summary of a document written by a client of its own, which comes for this and leaves afterwards, since a
     * service lets no interactive client write one.
     *
     * @param outcome fails as {@link #load} and {@link #summarize(Outcome)} do
     */
    public static void summarize(ContainerServices services, String documentId, Outcome<SummaryReport> outcome) {
        SummaryErrand.run(services, documentId, outcome);
    }

    /** Gives a detached document to the service, which chooses its id. */
    public void attach(Outcome<String> outcome) {
        runtime.attach("", outcome);
    }

    /**
     * Gives a detached document to the service. Edits made from now on are sent as soon as it is there. When it fails,
     * the document stays as it is and this can be called again.
     *
     * @param documentId the id wished for
     * @param outcome    gives the id; the container then connects by itself
     * @throws IllegalStateException when it is attached already or is being attached
     */
    public void attach(String documentId, Outcome<String> outcome) {
        runtime.attach(documentId, outcome);
    }

    /** Whether others can see the document, or will as soon as the service has it. */
    public boolean attached() {
        return runtime.attached();
    }

    /** How far the document is on its way to the service. */
    public AttachState attachState() {
        return runtime.documentId().isEmpty()
                ? runtime.attached() ? AttachState.ATTACHING : AttachState.DETACHED
                : AttachState.ATTACHED;
    }

    /** The document's id, empty while it is detached. */
    public String documentId() {
        return runtime.documentId();
    }

    /**
     * An initial object.
     *
     * @throws IllegalArgumentException when the document has none under that key, or one of another structure
     */
    public <C extends SharedObject<?, ?>> C object(String key, ChannelType<C> type) {
        return runtime.object(key, type);
    }

    /**
     * A channel by its path, as handles name it.
     *
     * @param path for example {@code /A/_C} or {@code /rootDOId/_C}
     * @throws IllegalArgumentException when there is none, or one of another structure
     */
    public <C extends SharedObject<?, ?>> C channel(String path, ChannelType<C> type) {
        return runtime.channel(path, type);
    }

    /** The initial objects by key, those aside whose structure this program does not know; a copy. */
    public Map<String, SharedObject<?, ?>> initialObjects() {
        return runtime.initialObjects();
    }

    /** Adds an empty channel to the root data store; {@link #path} gives what others find it by. */
    public <C extends SharedObject<?, ?>> C create(ChannelType<C> type) {
        return runtime.create(type);
    }

    /**
     * Adds a data store with empty channels, for all to see. It belongs to the document for good once its handle is stored
     * where others find it.
     *
     * @param packagePath names under which programs know what it is for, as {@code .component} keeps them; a data object
     *                    of a stock client is {@code ["rootDO", <its type>]}
     * @param channels    what is in it: the keys are the channels' ids
     * @return its handle; a channel's is {@code path + "/" + key}
     */
    public Handle addStore(List<String> packagePath, ContainerSchema channels) {
        return runtime.addStore(packagePath, channels);
    }

    /** What a handle that was found in a value leads to, here and now. */
    public Resolved resolve(Handle handle) {
        return runtime.resolve(handle);
    }

    /** The handle of a channel, to be stored in a value. */
    public Handle handle(SharedObject<?, ?> channel) {
        return new Handle(path(channel));
    }

    /**
     * Uploads bytes that are too large for an operation and makes them part of the document.
     *
     * @param outcome gives a handle once every client can read them; fails as the storage does, or when the container is
     *                closed
     * @throws IllegalStateException when the document is detached, or the container takes no edits
     */
    public void uploadBlob(byte[] bytes, Outcome<Handle> outcome) {
        runtime.uploadBlob(bytes, outcome);
    }

    /** Reads a blob that a handle names. @param outcome fails with code 404 when the document has none of that name */
    public void readBlob(Handle handle, Outcome<byte[]> outcome) {
        runtime.readBlob(handle, outcome);
    }

    /** The path of a channel of this container, for example {@code /A/_C}. */
    public String path(SharedObject<?, ?> channel) {
        return runtime.channelOf(channel).path();
    }

    /** The channels that can no longer be kept up to date here: why not, by path. */
    public Map<String, String> quarantined() {
        return runtime.stores.quarantined();
    }

    /** How the container stands to its service. */
    public ConnectionState connectionState() {
        return runtime.connection.state();
    }

    /** The id of the present connection, or null when there is none. */
    public @Nullable String clientId() {
        return runtime.connection.clientId();
    }

    /** Connects, and keeps connecting until {@link #disconnect}. Does nothing when that is so already. */
    public void connect() {
        runtime.connect();
    }

    /** Drops the connection and stays off. Edits are kept and sent after the next {@link #connect}. */
    public void disconnect() {
        runtime.disconnect();
    }

    /** Closes the container for good. Edits that are not acknowledged are lost. */
    public void dispose() {
        runtime.dispose();
    }

    /** Whether the container is closed for good, on request or by an error. */
    public boolean disposed() {
        return runtime.connection.state() == ConnectionState.CLOSED;
    }

    /** Whether edits are refused because the client only reads or its token does not let it write. */
    public boolean readOnly() {
        return runtime.readOnly();
    }

    /** Who is connected. */
    public Audience audience() {
        return runtime.audience;
    }

    /** Who writes. */
    public Quorum quorum() {
        return runtime.quorum;
    }

    /** The last sequence number processed. */
    public int sequenceNumber() {
        return runtime.sequenceNumber();
    }

    /** What every writer has processed, as far as is known here. */
    public int minimumSequenceNumber() {
        return runtime.minimumSequenceNumber();
    }

    /** How many operations were made here and are not acknowledged. */
    public int pendingCount() {
        return runtime.submissions.count();
    }

    /** How many operations were made here on a channel and are not acknowledged. */
    public int pendingCount(SharedObject<?, ?> channel) {
        return runtime.channelOf(channel).pendingCount();
    }

    /** Whether there are edits that are not acknowledged. */
    public boolean dirty() {
        return runtime.submissions.count() > 0;
    }

    /**
     * Makes edits that travel as one batch: others see all of them or none. When they throw, what was edited is taken
     * back, newest first, and the exception goes on to the caller. An edit that makes the batch larger than can be sent
     * throws an {@link IllegalArgumentException}; that is 32 MB, or 716,800 bytes in a document whose schema does not
     * allow for compression. Transactions may be nested; an inner one that throws takes back only its own edits. While
     * the document is detached edits take effect at once and are not taken back.
     *
     * @throws IllegalStateException when the container is closed
     */
    public void runTransaction(Runnable edits) {
        runtime.runTransaction(edits);
    }

    /** The same as {@link #runTransaction(Runnable)}, with a result. */
    public <T extends @Nullable Object> T runTransaction(Supplier<T> edits) {
        List<T> result = new ArrayList<>(1);
        runtime.runTransaction(() -> result.add(edits.get()));
        return result.get(0);
    }

    /**
     * Which transaction is being run: a number that is the same all through the outermost one and in no other, or 0
     * outside of any.
     */
    public int transaction() {
        return runtime.submissions.transaction();
    }

    /** Sends the edits of this turn now. */
    public void flush() {
        runtime.submissions.flush();
    }

    /**
     * Writes a summary of what is sequenced, uploads it and waits until the service takes it. Fails with code 409 when
     * that cannot be done now, among others when operations were passed over whose effect the summary would lose.
     */
    public void summarize(Outcome<SummaryReport> outcome) {
        runtime.summarizer.summarize(outcome);
    }

    /** Says something to everyone who is connected, this client included. Lost when there is no connection. */
    public void signal(String type, JsonValue content) {
        runtime.signals.send(type, content, null);
    }

    /** Says something to one connection. Lost when there is no connection. */
    public void signal(String type, JsonValue content, String targetClientId) {
        runtime.signals.send(type, content, targetClientId);
    }

    /**
     * Proposes a value to the quorum; it is accepted once every writer has seen it. Not repeated when the connection
     * breaks before it is sequenced.
     *
     * @throws IllegalStateException when the container is not connected or may not write
     */
    public void propose(String key, JsonValue value) {
        runtime.propose(key, value);
    }

    /** Hears what happens from now on, until the subscription is cancelled. */
    public Subscription subscribe(Listener<? super ContainerEvent> listener) {
        return runtime.subscribe(listener);
    }
}
