package dev.thalweg.bench.micro;

import dev.thalweg.dds.ChannelHost;
import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.Roster;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayDeque;

/** Stands where a container would: keeps what a channel submits, and hands it back with the next sequence number. */
final class Outbox implements ChannelHost {
    private static final String SELF = "self";
    private static final String OTHER = "other";

    private final ArrayDeque<Submitted> pending = new ArrayDeque<>();
    private int sequenceNumber;

    private record Submitted(JsonValue contents, ChannelOperation operation) {}

    /** A channel, bound to an outbox of its own. */
    static Outbox of(SharedObject<?, ?> channel) {
        Outbox outbox = new Outbox();
        channel.bind(outbox);
        return outbox;
    }

    @Override
    public void submit(JsonValue contents, ChannelOperation operation) {
        pending.addLast(new Submitted(contents, operation));
    }

    @Override
    public boolean attached() {
        return true;
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
    public String clientId() {
        return SELF;
    }

    @Override
    public Roster roster() {
        return Roster.NOBODY;
    }

    @Override
    public void afterMessage(Runnable work) {
        work.run();
    }

    @Override
    public void changed() {}

    /** Acknowledges the oldest pending operation. */
    void acknowledge(SharedObject<?, ?> channel) throws ProtocolException {
        Submitted oldest = pending.removeFirst();
        channel.process(oldest.contents(), next(SELF), oldest.operation());
    }

    /** The oldest pending operation's contents as text, with which it is still to be acknowledged. */
    String spellOldest() {
        return pending.getFirst().contents().toJson();
    }

    /** The oldest pending operation goes to another replica as JSON, and is then acknowledged. */
    void replicate(SharedObject<?, ?> channel, Outbox others, SharedObject<?, ?> other) throws ProtocolException {
        others.receive(other, JsonValue.parse(spellOldest()));
        acknowledge(channel);
    }

    /** Gives a channel an operation of somebody else. */
    void receive(SharedObject<?, ?> channel, JsonValue contents) throws ProtocolException {
        channel.process(contents, next(OTHER), null);
    }

    private OperationContext next(String clientId) {
        int reference = sequenceNumber++;
        return new OperationContext(sequenceNumber, reference, reference, clientId);
    }
}
