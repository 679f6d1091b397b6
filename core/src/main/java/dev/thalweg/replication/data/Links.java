package dev.thalweg.replication.data;

import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The links to all other nodes. */
final class Links {
    private final String asker;
    private final DataOptions options;
    private final Timers timers;
    private final Link.Carrier carrier;
    private final Map<String, Link> byNode = new TreeMap<>();
    private @Nullable Subscription flush;

    Links(String asker, DataOptions options, Timers timers, Link.Carrier carrier) {
        this.asker = asker;
        this.options = options;
        this.timers = timers;
        this.carrier = carrier;
    }

    /** Something was changed, which some nodes are to have. @param change its number, higher than those before */
    void add(Iterable<String> nodes, Entry<?> delta, int change) {
        for (String node : nodes) {
            Link link = byNode.get(node);
            if (link == null) {
                link = new Link(node, asker, options, timers, carrier);
                byNode.put(node, link);
            }
            link.add(delta, change);
        }
    }

    /** Sends what waits, soon. */
    void flushSoon() {
        if (flush == null && !byNode.isEmpty()) {
            flush = timers.schedule(options.flushMillis(), this::flush);
        }
    }

    /** Sends what waits. */
    void flush() {
        cancel();
        byNode.values().forEach(Link::flush);
    }

    private void cancel() {
        if (flush != null) {
            flush.cancel();
            flush = null;
        }
    }

    /** A node has answered. */
    void acknowledged(String node, Message.Ack ack) {
        Link link = byNode.get(node);
        if (link != null) {
            link.acknowledged(ack);
        }
    }

    /** All that waits goes to a round of pruning. */
    void lift(Horizon next) {
        byNode.values().forEach(link -> link.lift(next));
    }

    /** Forgets the nodes that are not among these. @return which they were */
    List<String> retain(Set<String> nodes) {
        List<String> gone = new ArrayList<>();
        for (Map.Entry<String, Link> each : byNode.entrySet()) {
            if (!nodes.contains(each.getKey())) {
                gone.add(each.getKey());
                each.getValue().close();
            }
        }
        gone.forEach(byNode::remove);
        return gone;
    }

    /** Forgets everything. */
    void clear() {
        cancel();
        byNode.values().forEach(Link::close);
        byNode.clear();
    }
}
