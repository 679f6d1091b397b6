package dev.thalweg.dds;

import dev.thalweg.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A container of one channel, which keeps what is submitted until the test says what becomes of it. */
public final class RecordingHost implements ChannelHost {
    /** What was submitted and not yet acknowledged or rolled back. */
    public final ArrayDeque<ChannelOperation> pending = new ArrayDeque<>();
    /** Everything submitted, as JSON. */
    public final List<String> sent = new ArrayList<>();

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
        channel.process(operation.toJson(), context(), operation);
    }

    /** The service orders another client's operation. */
    public void remote(SharedObject<?, ?> channel, String contents) throws Exception {
        channel.process(JsonValue.parse(contents), context(), null);
    }

    /** Takes back the newest pending operation. */
    public void rollback(SharedObject<?, ?> channel) {
        channel.rollback(pending.removeLast());
    }

    private OperationContext context() {
        sequenceNumber++;
        return new OperationContext(sequenceNumber, sequenceNumber - 1, 0, "client");
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
    public void requireWritable() {}

    @Override
    public int sequenceNumber() {
        return sequenceNumber;
    }
}
