package dev.thalweg.samples.nodes;

import dev.thalweg.platform.Subscription;
import dev.thalweg.replication.Messenger;
import java.util.Set;

/** A messenger with a switch: what goes to some nodes, or comes from them, can be cut off. For showing what happens. */
public final class Wire implements Messenger {
    private final Messenger carrier;
    private Set<String> apart = Set.of();

    Wire(Messenger carrier) {
        this.carrier = carrier;
    }

    /** Cuts this node off from some others, and from no more than those. */
    public void cut(Set<String> nodes) {
        apart = Set.copyOf(nodes);
    }

    @Override
    public String self() {
        return carrier.self();
    }

    @Override
    public void send(String node, byte[] message) {
        if (!apart.contains(node)) {
            carrier.send(node, message);
        }
    }

    @Override
    public Subscription listen(Listener listener) {
        return carrier.listen((node, message) -> {
            if (!apart.contains(node)) {
                listener.received(node, message);
            }
        });
    }
}
