package dev.thalweg.testkit;

import dev.thalweg.dds.ChannelEvent;
import dev.thalweg.dds.ChannelHost;
import dev.thalweg.dds.ChannelOperation;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.Roster;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One client of a script: its channel, what it has sent and not heard back, and how far it has read.
 *
 * @param <C> the channel's handle
 */
final class Replica<C extends SharedObject<?, ?>> implements ChannelHost, Roster {
    private record Pending(JsonValue contents, ChannelOperation operation) {}

    private final StructureModel<C> model;
    private final C channel;
    private final Line line;
    private final String name;
    private final boolean batched;
    private final @Nullable Follower follower;
    private final List<String> ownIds = new ArrayList<>();
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final Caller caller;
    private final Map<String, Integer> writers = new LinkedHashMap<>();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final List<JsonValue> batch = new ArrayList<>();
    private List<JsonValue> sent = new ArrayList<>();
    private List<JsonValue> events = new ArrayList<>();
    private String clientId;
    private @Nullable String present;
    private boolean connected;
    private boolean holding;
    private int clientSequenceNumber;
    private int sequenceNumber;
    private int minimumSequenceNumber;
    private int reconnects;

    /** @param sequenceNumber what the channel's state has behind it: 0, or that of the summary it was loaded from */
    Replica(StructureModel<C> model, C channel, Line line, String name, boolean batched, int sequenceNumber) {
        this.model = model;
        this.channel = channel;
        this.line = line;
        this.name = name;
        this.batched = batched;
        this.sequenceNumber = sequenceNumber;
        this.clientId = name;
        for (Line.Entry entry : line.log().subList(0, sequenceNumber)) {
            enrol(entry);
        }
        channel.bind(this);
        this.caller = model.caller(channel, this::answer);
        Listener<ChannelEvent> recorder = event -> events.addAll(model.events(event));
        channel.subscribe(recorder);
        this.follower = model.follow(channel);
    }

    /** Throws an {@link IllegalStateException} when an invariant of the channel does not hold, or its events lied. */
    void check() {
        channel.check();
        if (follower != null) {
            follower.check();
        }
    }

    C channel() {
        return channel;
    }

    boolean connected() {
        return connected;
    }

    int minimumSequenceNumber() {
        return minimumSequenceNumber;
    }

    int sequenceNumber() {
        return sequenceNumber;
    }

    int pendingCount() {
        return pending.size();
    }

    JsonValue state() {
        return model.state(channel);
    }

    /** The messages sent since the last call. */
    List<JsonValue> takeSent() {
        List<JsonValue> taken = sent;
        sent = new ArrayList<>();
        return taken;
    }

    /** The events told since the last call. */
    List<JsonValue> takeEvents() {
        List<JsonValue> taken = events;
        events = new ArrayList<>();
        return taken;
    }

    /** Joins, the first time or again, reads everything up to the join, and sends again what is pending. */
    void connect() {
        String id = ownIds.isEmpty() ? name : name + "r" + ++reconnects;
        line.join(id);
        line.drain();
        present = id;
        read(line.log().size());
        ownIds.add(id);
        clientId = id;
        clientSequenceNumber = 0;
        connected = true;
        List<Pending> again = new ArrayList<>(pending);
        pending.clear();
        for (Pending operation : again) {
            channel.resubmit(operation.operation());
        }
        flush();
        channel.connectionChanged(true, id);
        settle();
    }

    void disconnect(int keep) {
        flush();
        connected = false;
        present = null;
        line.drop(clientId, keep);
        channel.connectionChanged(false, null);
        settle();
    }

    /** Makes a call. */
    @Nullable
    JsonValue call(int id, JsonValue call) {
        JsonValue returned = caller.call(id, call);
        settle();
        return returned;
    }

    void flush() {
        if (!batch.isEmpty()) {
            send(List.copyOf(batch));
            batch.clear();
        }
    }

    void noop() {
        send(List.of());
    }

    /** Reads the next messages, as many as there are. What waits for a message to be over has its turn at the end. */
    void read(int count) {
        for (int i = 0; i < count && sequenceNumber < line.log().size(); i++) {
            receive(line.log().get(sequenceNumber));
        }
    }

    /** Reads the next messages, each in a turn of its own; what one gave rise to is sent before the next. */
    void receive(int count) {
        for (int i = 0; i < count && sequenceNumber < line.log().size(); i++) {
            flush();
            read(1);
            settle();
        }
    }

    /** Hears a message again; what comes twice stops here, and is only shown to structures that absorb it. */
    void hearAgain(int back) {
        int at = sequenceNumber - back;
        if (at < 1) {
            return;
        }
        for (JsonValue contents : line.log().get(at - 1).contents()) {
            model.redeliver(channel, contents);
        }
    }

    /** Makes calls of which nothing is sent, and takes them back, newest first. */
    void rollback(List<JsonValue> calls) {
        int before = pending.size();
        holding = true;
        for (JsonValue call : calls) {
            caller.call(0, call);
            check();
        }
        holding = false;
        while (pending.size() > before) {
            channel.rollback(pending.removeLast().operation());
            check();
        }
        settle();
    }

    @Override
    public void submit(JsonValue contents, ChannelOperation operation) {
        pending.addLast(new Pending(contents, operation));
        if (connected && !holding) {
            batch.add(contents);
            if (!batched) {
                flush();
            }
        }
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
    public @Nullable String clientId() {
        return present;
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
    public int joinedAt(String clientId) {
        Integer at = writers.get(clientId);
        return at == null ? -1 : at;
    }

    /* A turn of the thread, here as where the corpora come from: what was put off comes after all that was read in it. */
    @Override
    public void afterMessage(Runnable work) {
        later.addLast(work);
    }

    @Override
    public void changed() {}

    /* Each hop is one more way through the line. */
    private void answer(JsonValue event, int hops) {
        later.addLast(hops == 0 ? () -> events.add(event) : () -> answer(event, hops - 1));
    }

    private void settle() {
        for (Runnable work = later.pollFirst(); work != null; work = later.pollFirst()) {
            work.run();
        }
    }

    private void enrol(Line.Entry entry) {
        switch (entry.kind()) {
            case JOIN -> writers.put(entry.clientId(), entry.sequenceNumber());
            case LEAVE -> writers.remove(entry.clientId());
            case OP, NOOP -> {}
        }
    }

    private void send(List<JsonValue> contents) {
        clientSequenceNumber++;
        line.submit(clientId, clientSequenceNumber, sequenceNumber, contents);
        if (!contents.isEmpty()) {
            sent.add(JsonObject.builder().put("csn", clientSequenceNumber).put("refSeq", sequenceNumber)
                    .put("contents", new JsonArray(contents)).build());
        }
    }

    private void receive(Line.Entry entry) {
        sequenceNumber = entry.sequenceNumber();
        minimumSequenceNumber = entry.message().minimumSequenceNumber();
        enrol(entry);
        boolean own = ownIds.contains(entry.clientId());
        OperationContext context = new OperationContext(sequenceNumber, entry.message().referenceSequenceNumber(),
                minimumSequenceNumber, entry.clientId(), this);
        for (JsonValue contents : entry.contents()) {
            process(contents, context, own);
        }
        if (entry.kind() == Line.Kind.LEAVE) {
            channel.memberLeft(entry.clientId(), sequenceNumber);
        }
    }

    private void process(JsonValue contents, OperationContext context, boolean own) {
        Pending acknowledged = own ? pending.pollFirst() : null;
        if (own && (acknowledged == null || !acknowledged.contents().equals(contents))) {
            throw new IllegalStateException(name + " is told that its " + contents.toJson() + " was sequenced, due was "
                    + (acknowledged == null ? "nothing" : acknowledged.contents().toJson()));
        }
        try {
            channel.process(contents, context, acknowledged == null ? null : acknowledged.operation());
        } catch (ProtocolException e) {
            throw new IllegalStateException(name + " cannot read " + contents.toJson() + ": " + e.getMessage(), e);
        }
    }
}
