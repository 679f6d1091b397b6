package dev.thalweg.testkit;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a script. A step that makes no sense where it stands, such as a client connecting twice, does nothing: so
 * a script from which steps were taken is a script.
 */
public sealed interface Step {
    /** How many clients a script may have. */
    int MAX_CLIENTS = 64;

    /** A client with an empty channel joins, reads everything up to its own join, and is connected. */
    record Join(int client) implements Step {}

    /** A client calls a verb. @param id numbers the calls of a script @param call as the model made it up */
    record Call(int client, int id, JsonValue call) implements Step {}

    /** A client sends what it has gathered, when the script is batched. */
    record Flush(int client) implements Step {}

    /** The service numbers the next messages of its queue. */
    record Sequence(int count) implements Step {}

    /** A client sends what it has gathered and reads the next messages. */
    record Receive(int client, int count) implements Step {}

    /** A client says how far it has read. */
    record Noop(int client) implements Step {}

    /** Every connected client says how far it has read. */
    record NoopAll() implements Step {}

    /** A client drops. @param keep how many of its messages that are still queued survive */
    record Disconnect(int client, int keep) implements Step {}

    /** A client comes back under another id and sends its pending operations again. */
    record Reconnect(int client) implements Step {}

    /**
     * A client loads a summary, reads everything after it up to its own join, and is connected.
     *
     * @param from    the client whose summary it is
     * @param summary texts by path as recorded, or null for what {@code from} would write now
     * @param at      the sequence number of a recorded summary
     */
    record Load(int client, int from, @Nullable JsonObject summary, int at) implements Step {}

    /** A client is delivered a message a second time. @param back how many messages before its last one */
    record Duplicate(int client, int back) implements Step {}

    /** A client makes calls as one transaction, which then fails and is rolled back. */
    record Rollback(int client, List<JsonValue> calls) implements Step {
        public Rollback {
            calls = List.copyOf(calls);
        }
    }

    /** Reads a step; what a recorded one says of its outcome is passed over. */
    static Step read(JsonValue value) throws ProtocolException {
        JsonObject step = JsonCasts.object(value, "step");
        String action = step.string("a");
        return switch (action) {
            case "join" -> new Join(client(step));
            case "op" -> new Call(client(step), count(step, "id", 0), step.require("op"));
            case "flush" -> new Flush(client(step));
            case "seq" -> new Sequence(count(step, "n", 1));
            case "recv" -> new Receive(client(step), count(step, "n", 1));
            case "noop" -> new Noop(client(step));
            case "noopAll" -> new NoopAll();
            case "disc" -> new Disconnect(client(step), count(step, "keep", 0));
            case "reconn" -> new Reconnect(client(step));
            case "load" -> new Load(client(step), step.optionalInteger("from", 0, MAX_CLIENTS - 1, 0),
                    step.optionalObject("summary"), count(step, "atSeq", 0));
            case "dup" -> new Duplicate(client(step), count(step, "n", 0));
            case "rollback" -> new Rollback(client(step), step.array("ops").values());
            default -> throw new ProtocolException("unknown step " + action);
        };
    }

    /** The step as it stands in a script. */
    default JsonObject toJson() {
        return switch (this) {
            case Join join -> start("join", join.client()).build();
            case Call call -> start("op", call.client()).put("id", call.id()).put("op", call.call()).build();
            case Flush flush -> start("flush", flush.client()).build();
            case Sequence sequence -> action("seq").put("n", sequence.count()).build();
            case Receive receive -> start("recv", receive.client()).put("n", receive.count()).build();
            case Noop noop -> start("noop", noop.client()).build();
            case NoopAll all -> action("noopAll").build();
            case Disconnect disconnect -> start("disc", disconnect.client()).put("keep", disconnect.keep()).build();
            case Reconnect reconnect -> start("reconn", reconnect.client()).build();
            case Load load -> load(load);
            case Duplicate duplicate -> start("dup", duplicate.client()).put("n", duplicate.back()).build();
            case Rollback rollback -> start("rollback", rollback.client()).put("ops", new JsonArray(rollback.calls()))
                    .build();
        };
    }

    private static JsonObject load(Load load) {
        JsonObject.Builder step = start("load", load.client()).put("from", load.from());
        return load.summary() == null ? step.build()
                : step.put("atSeq", load.at()).put("summary", load.summary()).build();
    }

    private static JsonObject.Builder action(String action) {
        return JsonObject.builder().put("a", action);
    }

    private static JsonObject.Builder start(String action, int client) {
        return action(action).put("c", client);
    }

    private static int client(JsonObject step) throws ProtocolException {
        return step.integer("c", 0, MAX_CLIENTS - 1);
    }

    private static int count(JsonObject step, String name, int absent) throws ProtocolException {
        return step.optionalInteger(name, 0, Integer.MAX_VALUE, absent);
    }
}
