package dev.thalweg.notes;

import dev.thalweg.crdt.Dot;
import dev.thalweg.crdt.VersionVector;
import dev.thalweg.json.CompactJson;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Timers;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.JournalLimits;
import dev.thalweg.replication.Membership;
import dev.thalweg.replication.Messenger;
import dev.thalweg.replication.StreamExtent;
import dev.thalweg.replication.log.ReplicaLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Copies the logs of a document's replicas between journals, so that in the end each has them all. A log only grows, so a
 * node says how long each one is that it has, and whoever has more sends the rest.
 *
 * <p>{@code {"have":{<replica>:<version>…},"ask":…}}, where a node that is asked says what it has when it lacks something;
 * {@code {"replica":…,"after":…,"records":[…]}}, which are the records that follow a version.
 *
 * <p>Messages may be lost, late and doubled: records that do not continue a log are passed over, and everybody says again
 * what it has from time to time.
 */
final class LogExchange {
    /** Milliseconds between two times that a node says what it has. */
    static final double PERIOD = 2000;

    private static final int PAGE = 200;
    private static final JsonLimits LIMITS = new JsonLimits(128, JournalLimits.MAX_RECORD);

    private final Journal journal;
    private final String document;
    private final String own;
    private final Messenger messenger;
    private final Membership members;
    private final Timers timers;
    private final Listener listener;
    private final Set<String> replicas = new TreeSet<>();
    private VersionVector have = VersionVector.EMPTY;
    private boolean online;

    /** Hears what comes of it. */
    interface Listener {
        /** A log of another replica has grown. */
        void grown();

        /** Something could not be read, or not be kept. @param reason for a person */
        void failed(String reason);
    }

    /** Does nothing until it goes online. @param own the replica whose log grows here and nowhere else */
    LogExchange(Journal journal, String document, String own, Messenger messenger, Membership members, Timers timers,
            Listener listener) {
        this.journal = journal;
        this.document = document;
        this.own = own;
        this.messenger = messenger;
        this.members = members;
        this.timers = timers;
        this.listener = listener;
        replicas.add(own);
    }

    /** Looks what is in the journal, then listens. */
    void start(ReplicaLogs logs, Runnable then) {
        logs.replicas(new Then<>() {
            @Override
            public void succeeded(List<String> found) {
                look(logs, new ArrayList<>(found), then);
            }
        });
    }

    private void look(ReplicaLogs logs, List<String> left, Runnable then) {
        if (left.isEmpty()) {
            // For as long as the page is.
            var unused = messenger.listen(this::received);
            tick();
            then.run();
            return;
        }
        String replica = left.remove(left.size() - 1);
        logs.version(replica, new Then<>() {
            @Override
            public void succeeded(Integer version) {
                grown(replica, version);
                look(logs, left, then);
            }
        });
    }

    private void tick() {
        tell();
        var unused = timers.schedule(PERIOD, this::tick);
    }

    /** The replicas that have a log here, and this one. */
    Set<String> replicas() {
        return replicas;
    }

    /** Whether messages are sent and taken. */
    boolean isOnline() {
        return online;
    }

    /** Goes online or offline. */
    void online(boolean on) {
        online = on;
        tell();
    }

    /** A log is at least so long now. */
    void grown(String replica, int version) {
        if (version > have.get(replica)) {
            replicas.add(replica);
            have = have.with(new Dot(replica, version));
        }
    }

    /** Says to everybody what is here, and asks for more. */
    void tell() {
        if (online) {
            for (String node : members.others(messenger.self())) {
                tell(node, true);
            }
        }
    }

    private void tell(String node, boolean ask) {
        messenger.send(node,
                CompactJson.encode(JsonObject.builder().put("have", have.toJson()).put("ask", ask).build()));
    }

    private void received(String node, byte[] message) {
        if (!online) {
            return;
        }
        try {
            if (!(CompactJson.decode(message, LIMITS) instanceof JsonObject object)) {
                throw new ProtocolException("a message must be an object");
            }
            if (object.has("have")) {
                told(node, VersionVector.read(object.require("have"), "have"), object.optionalBool("ask", false));
            } else {
                take(node, object.string("replica"), object.integer("after", 0, Integer.MAX_VALUE),
                        object.array("records"));
            }
        } catch (ProtocolException e) {
            listener.failed("a message from tab " + node + " cannot be read: " + e.getMessage());
        }
    }

    private void told(String node, VersionVector theirs, boolean ask) {
        for (String replica : replicas) {
            int after = theirs.get(replica);
            if (after < have.get(replica)) {
                send(node, replica, after);
            }
        }
        if (ask && !have.covers(theirs)) {
            tell(node, false);
        }
    }

    private void send(String node, String replica, int after) {
        journal.read(ReplicaLogs.stream(document, replica), after, PAGE, new Then<>() {
            @Override
            public void succeeded(List<JournalEntry> entries) {
                List<JsonValue> records = readable(entries);
                if (!records.isEmpty() && online) {
                    messenger.send(node, CompactJson.encode(JsonObject.builder().put("replica", replica)
                            .put("after", after).put("records", new JsonArray(records)).build()));
                }
            }
        });
    }

    /* Up to the first that is damaged: behind it there would be a gap. */
    private static List<JsonValue> readable(List<JournalEntry> entries) {
        List<JsonValue> records = new ArrayList<>(entries.size());
        for (JournalEntry entry : entries) {
            switch (entry) {
                case JournalEntry.Damaged damaged -> {
                    return records;
                }
                case JournalEntry.Intact intact -> {
                    try {
                        records.add(CompactJson.decode(intact.bytes(), LIMITS));
                    } catch (ProtocolException e) {
                        return records;
                    }
                }
            }
        }
        return records;
    }

    private void take(String node, String replica, int after, JsonArray values) throws ProtocolException {
        if (!Notebook.isReplica(replica) || values.size() > PAGE) {
            throw new ProtocolException("a replica is a letter and 8 hexadecimal digits, with at most " + PAGE
                    + " records at once, was " + JsonValue.of(replica).toJson() + " with " + values.size());
        }
        int before = have.get(replica);
        if (replica.equals(own) || after > before || after + values.size() <= before) {
            return;
        }
        List<byte[]> records = new ArrayList<>();
        for (int i = before - after; i < values.size(); i++) {
            // Compact JSON has one form only, so these are the bytes that were written first.
            records.add(CompactJson.encode(values.get(i)));
        }
        journal.append(ReplicaLogs.stream(document, replica), before, records, new Outcome<>() {
            @Override
            public void succeeded(StreamExtent extent) {
                grown(replica, extent.version());
                listener.grown();
                tell(node, false);
            }

            @Override
            public void failed(Failure failure) {
                // The same records came twice, and the others were first.
                if (failure.code() != Journal.STALE) {
                    listener.failed(failure.message());
                }
            }
        });
    }

    private abstract class Then<T> implements Outcome<T> {
        @Override
        public void failed(Failure failure) {
            listener.failed(failure.message());
        }
    }
}
