package dev.thalweg.dds;

import dev.thalweg.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container of one channel, which keeps what is submitted until the test says what becomes of it. */
public final class RecordingHost implements ChannelHost, Roster {
    /** The connection of the client whose channel this is. */
    public static final String SELF = "self";
    /** The connection of another. */
    public static final String OTHER = "other";

    /** What was submitted and not yet acknowledged or rolled back. */
    public final ArrayDeque<ChannelOperation> pending = new ArrayDeque<>();
    /** Everything submitted, as JSON. */
    public final List<String> sent = new ArrayList<>();

    /** Work that waits for the message to be over. */
    public final List<Runnable> later = new ArrayList<>();
    /** Whether a channel said that its summary changed without an operation. */
    public boolean changed;

    private final Map<String, Integer> writers = new LinkedHashMap<>();
    private @Nullable String clientId = SELF;
    private boolean attached = true;
    private int sequenceNumber;

    /** A host of a channel that others cannot see yet. */
    public static RecordingHost detached() {
        RecordingHost host = new RecordingHost();
        host.attached = false;
        return host;
    }

    /** The service orders the oldest pending operation. */
    public void acknowledge(SharedObject<?, ?> channel) throws Exception {
        ChannelOperation operation = pending.removeFirst();
        channel.process(operation.toJson(), context(SELF), operation);
    }

    /** The service orders another client's operation. */
    public void remote(SharedObject<?, ?> channel, String contents) throws Exception {
        remote(channel, contents, OTHER);
    }

    /** The service orders an operation of a client by its connection. */
    public void remote(SharedObject<?, ?> channel, String contents, String client) throws Exception {
        channel.process(JsonValue.parse(contents), context(client), null);
    }

    /** Takes back the newest pending operation. */
    public void rollback(SharedObject<?, ?> channel) {
        channel.rollback(pending.removeLast());
    }

    /** The service orders a join. */
    public void join(String client) {
        writers.put(client, ++sequenceNumber);
    }

    /** The service orders a leave. */
    public void leave(SharedObject<?, ?> channel, String client) {
        writers.remove(client);
        channel.memberLeft(client, ++sequenceNumber);
    }

    /** The connection is lost. */
    public void disconnect(SharedObject<?, ?> channel) {
        clientId = null;
        channel.connectionChanged(false, null);
    }

    /** Another connection is there, and everything pending has been made again. */
    public void reconnect(SharedObject<?, ?> channel, String client) {
        clientId = client;
        List<ChannelOperation> again = new ArrayList<>(pending);
        pending.clear();
        again.forEach(channel::resubmit);
        channel.connectionChanged(true, client);
    }

    /** Others see the channel from now on. */
    public void attach(SharedObject<?, ?> channel) {
        channel.attaching();
        attached = true;
    }

    /** The message is over: what waited for that has its turn. */
    public void messageOver() {
        List<Runnable> due = new ArrayList<>(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    private OperationContext context(String client) {
        sequenceNumber++;
        return new OperationContext(sequenceNumber, sequenceNumber - 1, 0, client, this);
    }

    @Override
    public void submit(JsonValue contents, ChannelOperation operation) {
        sent.add(contents.toJson());
        pending.addLast(operation);
    }

    @Override
    public boolean attached() {
        return attached;
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void requireWritable() {}

    @Override
    public int reference() {
        return sequenceNumber;
    }

    @Override
    public @Nullable String clientId() {
        return clientId;
    }

    @Override
    public Roster roster() {
        return this;
    }

    @Override
    public List<String> clientIds() {
        return List.copyOf(writers.keySet());
    }

    @Override
    public int joinedAt(String client) {
        return writers.getOrDefault(client, -1);
    }

    @Override
    public void afterMessage(Runnable work) {
        later.add(work);
    }

    @Override
    public void changed() {
        changed = true;
    }
}
