package dev.thalweg.replication.data;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What another node has not acknowledged yet of what was changed here. */
final class Link {
    /*
     * Changes to one key are joined while they wait. At most one message is under way; until it is acknowledged it is sent
     * again as it was, byte for byte, at growing intervals. A node that is away for long costs no more than one delta for
     * each key changed, up to a limit: beyond it the deltas are dropped, and the node finds what it missed by digests.
     */
    private static final int MAX_WAITING = 10_000;
    private static final int SLOWEST = 16;

    private final String node;
    private final String asker;
    private final DataOptions options;
    private final Timers timers;
    private final Carrier carrier;
    private Map<String, Outgoing> waiting = new LinkedHashMap<>();
    private @Nullable Sent sent;
    private int number;
    private boolean closed;

    /** Where messages go, and where it is told what arrived. */
    interface Carrier {
        void send(String node, byte[] message);

        /** Up to where this node has pruned. */
        String tag();

        /** A node has the changes of a key, up to one. */
        void acknowledged(String node, String key, int change);
    }

    private record Outgoing(Entry<?> delta, int change) {}

    private static final class Sent {
        final int number;
        final List<Outgoing> changes;
        final byte[] message;
        @Nullable
        Subscription retry;

        Sent(int number, List<Outgoing> changes, byte[] message) {
            this.number = number;
            this.changes = changes;
            this.message = message;
        }

        void cancel() {
            if (retry != null) {
                retry.cancel();
            }
        }
    }

    Link(String node, String asker, DataOptions options, Timers timers, Carrier carrier) {
        this.node = node;
        this.asker = asker;
        this.options = options;
        this.timers = timers;
        this.carrier = carrier;
    }

    /** Something was changed. @param change its number, higher than those before */
    void add(Entry<?> delta, int change) {
        String name = delta.key.name();
        Outgoing before = waiting.remove(name);
        if (before == null && waiting.size() >= MAX_WAITING) {
            waiting.clear();
        }
        waiting.put(name, new Outgoing(before == null ? delta : joined(before.delta, delta), change));
    }

    /* The names are equal, and so are the types. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Entry<?> joined(Entry one, Entry other) {
        return one.join(other);
    }

    /** Sends what waits, unless something is under way. */
    void flush() {
        if (sent != null || waiting.isEmpty() || closed) {
            return;
        }
        List<Outgoing> changes = new ArrayList<>();
        List<JsonValue> entries = new ArrayList<>();
        int room = options.messageBytes();
        Map<String, Outgoing> left = new LinkedHashMap<>();
        for (Map.Entry<String, Outgoing> next : waiting.entrySet()) {
            JsonValue json = room > 0 ? next.getValue().delta.toJson() : null;
            room -= json == null ? 0 : Message.weight(json);
            if (json != null && (room >= 0 || changes.isEmpty())) {
                changes.add(next.getValue());
                entries.add(json);
            } else {
                room = 0;
                left.put(next.getKey(), next.getValue());
            }
        }
        waiting = left;
        number++;
        byte[] message = new Message.Delta(asker, number, new JsonArray(entries)).toBytes(carrier.tag());
        Sent next = new Sent(number, changes, message);
        sent = next;
        send(next, 1);
    }

    private void send(Sent message, int slowness) {
        carrier.send(node, message.message);
        message.retry = timers.schedule(options.retryMillis() * slowness,
                () -> send(message, Math.min(SLOWEST, 2 * slowness)));
    }

    /** The node has answered. */
    void acknowledged(Message.Ack ack) {
        Sent message = sent;
        if (message == null || ack.number() != message.number || !ack.asker().equals(asker)) {
            return;
        }
        message.cancel();
        sent = null;
        Set<Integer> refused = new HashSet<>(ack.refused());
        for (int i = 0; i < message.changes.size(); i++) {
            Outgoing change = message.changes.get(i);
            if (!refused.contains(i)) {
                carrier.acknowledged(node, change.delta.key.name(), change.change);
            }
        }
        flush();
    }

    /**
     * What has not been acknowledged goes through a round of pruning and on its way anew. What that forgets of it the node
     * has: it has consented.
     */
    void lift(Horizon horizon) {
        Map<String, Outgoing> later = waiting;
        waiting = new LinkedHashMap<>();
        Sent message = sent;
        if (message != null) {
            message.cancel();
            sent = null;
            for (Outgoing each : message.changes) {
                lift(horizon, each);
            }
        }
        for (Outgoing each : later.values()) {
            lift(horizon, each);
        }
        flush();
    }

    private void lift(Horizon horizon, Outgoing change) {
        Entry<?> lifted = horizon.lift(change.delta);
        if (lifted == null) {
            carrier.acknowledged(node, change.delta.key.name(), change.change);
        } else {
            add(lifted, change.change);
        }
    }

    /** Forgets everything. */
    void close() {
        closed = true;
        waiting.clear();
        Sent message = sent;
        if (message != null) {
            message.cancel();
            sent = null;
        }
    }
}
