package dev.thalweg.topology;

import dev.thalweg.ephemeral.EphemeralState;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayDeque;

/** The way from one to another: what goes in comes out after a while, in order. */
final class Pipe {
    private record Packet(int arrives, EphemeralState state) {}

    private final int delay;
    private final ArrayDeque<Packet> packets = new ArrayDeque<>();

    /** @param ping there and back, in milliseconds; one way takes whole ticks, at least one when it takes any time */
    Pipe(int ping) {
        delay = ping == 0 ? 0 : Math.max(1, ping / 2 / SimulationSetting.TICK);
    }

    /** @return the tick in which it arrives */
    int send(int tick, EphemeralState state) {
        if (!state.isEmpty()) {
            packets.add(new Packet(tick + delay, state));
        }
        return tick + delay;
    }

    /** Hands over what has arrived. @return whether there was anything new in it */
    boolean receive(int tick, EphemeralStore store) {
        boolean fresh = false;
        for (Packet next = packets.peek(); next != null && next.arrives() <= tick; next = packets.peek()) {
            packets.poll();
            try {
                fresh |= !store.merge(next.state()).fresh().isEmpty();
            } catch (ProtocolException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
        return fresh;
    }
}
