package dev.thalweg.replication.log;

import dev.thalweg.crdt.VersionVector;
import dev.thalweg.json.CompactJson;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.JournalLimits;
import dev.thalweg.replication.log.LogEntry.Verb;

/**
 * The records of a replica's stream, as compact JSON.
 *
 * <p>{@code {"op":"insert","block":…,"at":…,"delta":{…}}}, likewise with {@code update}, {@code delete} and
 * {@code move}; {@code {"op":"seen","versions":{…}}}; and the snapshot {@code {"epoch":…,"versions":{…},"state":{…}}}.
 */
final class LogRecords {
    private static final JsonLimits LIMITS = new JsonLimits(128, JournalLimits.MAX_RECORD);
    private static final double MAX_TIME = 9007199254740991.0;
    private static final String SEEN = "seen";

    private LogRecords() {}

    /**
     * A replica's state, in place of the records it stands for.
     *
     * @param epoch    see {@link Source#writer}
     * @param versions how much of each replica's stream is in it
     */
    record Snapshot(int epoch, VersionVector versions, BlockDocument state) {}

    static byte[] change(Verb verb, String block, double at, BlockDocument delta) {
        return CompactJson.encode(JsonObject.builder().put("op", name(verb)).put("block", block).put("at", at)
                .put("delta", delta.toJson()).build());
    }

    static byte[] seen(VersionVector versions) {
        return CompactJson.encode(JsonObject.builder().put("op", SEEN).put("versions", versions.toJson()).build());
    }

    static byte[] snapshot(Snapshot snapshot) {
        return CompactJson.encode(JsonObject.builder().put("epoch", snapshot.epoch)
                .put("versions", snapshot.versions.toJson()).put("state", snapshot.state.toJson()).build());
    }

    /** What an entry of a journal says; one that does not say anything of use is set aside. */
    static LogEntry read(JournalEntry entry) {
        return switch (entry) {
            case JournalEntry.Damaged damaged -> new LogEntry.SetAside(damaged.version(), damaged.reason());
            case JournalEntry.Intact intact -> {
                try {
                    yield read(intact.version(), CompactJson.decode(intact.bytes(), LIMITS));
                } catch (ProtocolException e) {
                    yield new LogEntry.SetAside(intact.version(), String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private static LogEntry read(int version, JsonValue json) throws ProtocolException {
        JsonObject object = members(json, "record", json instanceof JsonObject some && some.has("delta") ? 4 : 2);
        String op = object.string("op");
        if (op.equals(SEEN)) {
            return new LogEntry.Seen(version, VersionVector.read(object.require("versions"), "versions"));
        }
        Verb verb = verb(op);
        double at = object.number("at");
        if (!(at >= 0 && at <= MAX_TIME) || at != Math.floor(at)) {
            throw new ProtocolException("at must be a whole number from 0 to 2^53 - 1, was "
                    + JsonValue.of(at).toJson());
        }
        return new LogEntry.Change(version, verb, object.string("block"), at,
                BlockDocument.read(object.require("delta"), "delta"));
    }

    static Snapshot readSnapshot(byte[] bytes) throws ProtocolException {
        JsonObject object = members(CompactJson.decode(bytes, LIMITS), "snapshot", 3);
        return new Snapshot(object.integer("epoch", 0, Integer.MAX_VALUE),
                VersionVector.read(object.require("versions"), "versions"),
                BlockDocument.read(object.require("state"), "state"));
    }

    private static JsonObject members(JsonValue json, String what, int count) throws ProtocolException {
        if (json instanceof JsonObject object && object.size() == count) {
            return object;
        }
        throw new ProtocolException(what + " must be an object of " + count + " members, was " + json.kind());
    }

    private static String name(Verb verb) {
        return switch (verb) {
            case INSERT -> "insert";
            case UPDATE -> "update";
            case DELETE -> "delete";
            case MOVE -> "move";
        };
    }

    private static Verb verb(String name) throws ProtocolException {
        for (Verb verb : Verb.values()) {
            if (name(verb).equals(name)) {
                return verb;
            }
        }
        throw new ProtocolException("op must be insert, update, delete, move or seen, was "
                + JsonValue.of(name).toJson());
    }
}
