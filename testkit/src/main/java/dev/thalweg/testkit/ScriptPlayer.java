package dev.thalweg.testkit;

import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Plays the steps of a script over channels of one structure and says of each step what came of it, in the form of the
 * corpora: what was sent, returned, told and seen.
 *
 * <p>A wrong turn that shows at once (an invariant that does not hold, an acknowledgement out of order, a rollback that
 * leaves something behind) is an {@link IllegalStateException}; {@link Convergence} looks for the rest.
 *
 * @param <C> the handle of the structure
 */
public final class ScriptPlayer<C extends SharedObject<?, ?>> {
    private final StructureModel<C> model;
    private final boolean batched;
    private final Line line = new Line();
    private final Map<Integer, Replica<C>> replicas = new TreeMap<>();
    private final Map<Integer, JsonValue> recorded = new TreeMap<>();

    /** A script that has not begun. @param batched whether clients gather operations until they flush */
    public ScriptPlayer(StructureModel<C> model, boolean batched) {
        this.model = model;
        this.batched = batched;
    }

    /** Plays a step. @return the step and its outcome as corpora record them */
    public JsonObject play(Step step) {
        return switch (step) {
            case Step.Join join -> enter(step, join.client(), model.type().create("channel", name(join.client())), 0);
            case Step.Call call -> call(call);
            case Step.Flush flush -> act(step, flush.client(), Replica::flush);
            case Step.Sequence sequence -> {
                line.sequence(sequence.count());
                yield step.toJson();
            }
            case Step.Receive receive -> act(step, receive.client(), replica -> {
                if (replica.connected()) {
                    replica.flush();
                    replica.receive(receive.count());
                }
            });
            case Step.Noop noop -> act(step, noop.client(), ScriptPlayer::noop);
            case Step.NoopAll all -> {
                replicas.values().forEach(ScriptPlayer::noop);
                yield step.toJson();
            }
            case Step.Disconnect disconnect -> act(step, disconnect.client(), replica -> {
                if (replica.connected()) {
                    replica.disconnect(disconnect.keep());
                }
            });
            case Step.Reconnect reconnect -> act(step, reconnect.client(), replica -> {
                if (!replica.connected()) {
                    replica.connect();
                }
            });
            case Step.Load load -> load(load);
            case Step.Duplicate duplicate -> act(step, duplicate.client(), replica -> hearAgain(replica, duplicate));
            case Step.Rollback rollback -> act(step, rollback.client(), replica -> rollback(replica, rollback));
        };
    }

    /** Brings every client back, numbers and delivers everything, so that nothing is pending anywhere. */
    public void settle() {
        for (Replica<C> replica : replicas.values()) {
            if (!replica.connected()) {
                replica.connect();
            }
        }
        flushAll();
        do {
            line.drain();
            for (Replica<C> replica : replicas.values()) {
                replica.receive(line.log().size());
                replica.check();
            }
            // What is received may have an answer, which everybody has to receive as well.
            flushAll();
        } while (line.queued() > 0);
    }

    /** Every client sends what it has gathered; the next step of each will say what that was. */
    public void flushAll() {
        for (Replica<C> replica : replicas.values()) {
            replica.flush();
        }
    }

    /** The clients there are, lowest first. */
    public List<Integer> clients() {
        return List.copyOf(replicas.keySet());
    }

    /** A client's channel. */
    public C channel(int client) {
        return replica(client).channel();
    }

    /** Whether a client is connected. */
    public boolean connected(int client) {
        return replica(client).connected();
    }

    /** How many operations of a client are on their way. */
    public int pendingCount(int client) {
        return replica(client).pendingCount();
    }

    /** What a client's reader sees. */
    public JsonValue state(int client) {
        return replica(client).state();
    }

    /** The last sequence number a client has processed. */
    public int sequenceNumber(int client) {
        return replica(client).sequenceNumber();
    }

    /** The minimum sequence number a client knows of. */
    public int minimumSequenceNumber(int client) {
        return replica(client).minimumSequenceNumber();
    }

    /** How many messages wait to be numbered. */
    public int queued() {
        return line.queued();
    }

    /** Everything numbered so far, as corpora spell it. */
    public JsonArray log() {
        List<JsonValue> entries = new ArrayList<>(line.log().size());
        for (Line.Entry entry : line.log()) {
            entries.add(entry.toJson());
        }
        return new JsonArray(entries);
    }

    /** The operations numbered so far, one by one. */
    public List<LogOperation> operations() {
        List<LogOperation> operations = new ArrayList<>();
        for (Line.Entry entry : line.log()) {
            for (JsonValue contents : entry.contents()) {
                operations.add(new LogOperation(entry.sequenceNumber(), entry.message().referenceSequenceNumber(),
                        entry.clientId(), contents));
            }
        }
        return operations;
    }

    /** What a summary of a client's channel holds, text by path. */
    public JsonObject summary(int client) {
        return Summaries.toJson(replica(client).channel().summarize());
    }

    /**
     * A reader who takes no part: it has a summary, or nothing, and reads the log from there on.
     *
     * @param summary of the state at {@code from}, or null for an empty channel at 0
     * @param to      the last sequence number it reads
     */
    public C bystander(SummaryNode.@Nullable Tree summary, int from, int to) throws ProtocolException {
        C channel = summary == null ? model.type().create("channel", "bystander")
                : model.type().load("channel", "bystander", summary);
        Replica<C> replica = new Replica<>(model, channel, line, "bystander", batched, from);
        replica.read(to - from);
        replica.check();
        return channel;
    }

    private Replica<C> replica(int client) {
        Replica<C> replica = replicas.get(client);
        if (replica == null) {
            throw new IllegalArgumentException("there is no client " + client);
        }
        return replica;
    }

    private static String name(int client) {
        return "c" + client;
    }

    private static void noop(Replica<?> replica) {
        if (replica.connected()) {
            replica.noop();
        }
    }

    private JsonObject enter(Step step, int client, C channel, int at) {
        if (replicas.containsKey(client)) {
            return step.toJson();
        }
        Replica<C> replica = new Replica<>(model, channel, line, name(client), batched, at);
        replicas.put(client, replica);
        replica.connect();
        return outcome(step.toJson(), client, replica, null);
    }

    private JsonObject call(Step.Call call) {
        Replica<C> replica = replicas.get(call.client());
        if (replica == null) {
            return call.toJson();
        }
        JsonValue returned = replica.call(call.id(), call.call());
        return outcome(call.toJson(), call.client(), replica, returned);
    }

    private JsonObject load(Step.Load load) {
        Replica<C> source = replicas.get(load.from());
        if (replicas.containsKey(load.client()) || load.summary() == null && source == null) {
            return load.toJson();
        }
        JsonObject.Builder step = JsonObject.builder().put("a", "load").put("c", load.client()).put("from",
                load.from());
        JsonObject written = source == null ? load.summary() : Summaries.toJson(source.channel().summarize());
        JsonObject summary = load.summary() == null ? written : load.summary();
        int at = load.summary() == null && source != null ? source.sequenceNumber() : load.at();
        if (summary == null || at > line.log().size()) {
            return load.toJson();
        }
        step.put("atSeq", source == null ? at : source.sequenceNumber());
        step.put("msn", source == null ? 0 : source.minimumSequenceNumber());
        step.putIfPresent("summary", written);
        C channel;
        try {
            channel = model.type().load("channel", name(load.client()), Summaries.fromJson(summary));
        } catch (ProtocolException e) {
            throw new IllegalStateException("a summary cannot be loaded: " + e.getMessage(), e);
        }
        step.put("loaded", model.state(channel));
        Replica<C> replica = new Replica<>(model, channel, line, name(load.client()), batched, at);
        replicas.put(load.client(), replica);
        recorded.put(load.client(), model.state(channel));
        replica.connect();
        recorded.remove(load.client());
        return outcome(step.build(), load.client(), replica, null);
    }

    private void hearAgain(Replica<C> replica, Step.Duplicate duplicate) {
        String before = replica.state().toJson();
        replica.hearAgain(duplicate.back());
        requireUnchanged("a message that came twice", before, replica.state().toJson());
    }

    private void rollback(Replica<C> replica, Step.Rollback rollback) {
        String before = model.restored(replica.state(), rollback.calls()).toJson();
        replica.rollback(rollback.calls());
        requireUnchanged("a rollback", before, model.restored(replica.state(), rollback.calls()).toJson());
    }

    private static void requireUnchanged(String what, String before, String after) {
        if (!after.equals(before)) {
            throw new IllegalStateException(what + " turned " + before + " into " + after);
        }
    }

    private JsonObject act(Step step, int client, Action<C> action) {
        Replica<C> replica = replicas.get(client);
        if (replica == null) {
            return step.toJson();
        }
        action.on(replica);
        return outcome(step.toJson(), client, replica, null);
    }

    /** Adds to a step what was sent, returned and told, and the state when it is not the one recorded last. */
    private JsonObject outcome(JsonObject step, int client, Replica<C> replica, @Nullable JsonValue returned) {
        replica.check();
        JsonObject.Builder outcome = JsonObject.builder();
        for (int i = 0; i < step.size(); i++) {
            outcome.put(step.name(i), step.value(i));
        }
        outcome.putIfPresent("ret", returned);
        List<JsonValue> sent = replica.takeSent();
        List<JsonValue> events = replica.takeEvents();
        if (!sent.isEmpty()) {
            outcome.put("sent", new JsonArray(sent));
        }
        if (!events.isEmpty()) {
            outcome.put("events", new JsonArray(events));
        }
        JsonValue state = replica.state();
        JsonValue before = recorded.put(client, state);
        if (before == null || !before.toJson().equals(state.toJson())) {
            outcome.put("state", state);
        }
        return outcome.build();
    }

    private interface Action<C extends SharedObject<?, ?>> {
        void on(Replica<C> replica);
    }
}
