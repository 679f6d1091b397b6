package dev.thalweg.server.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Everyone connected to a document, grouped by the loops that run them: a broadcast crosses to each loop once. */
final class Fanout {
    private static final class Lane {
        final Loop loop;
        // Replaced and never changed, since the lane's loop reads it while the document's loop goes on.
        Peer[] peers = {};

        Lane(Loop loop) {
            this.loop = loop;
        }
    }

    private final List<Lane> lanes = new ArrayList<>();

    void add(Peer peer) {
        Lane lane = lane(peer);
        if (lane == null) {
            lane = new Lane(peer.loop());
            lanes.add(lane);
        }
        Peer[] more = Arrays.copyOf(lane.peers, lane.peers.length + 1);
        more[lane.peers.length] = peer;
        lane.peers = more;
    }

    void remove(Peer peer) {
        Lane lane = lane(peer);
        if (lane == null) {
            return;
        }
        List<Peer> rest = new ArrayList<>(Arrays.asList(lane.peers));
        rest.remove(peer);
        lane.peers = rest.toArray(new Peer[0]);
        if (lane.peers.length == 0) {
            lanes.remove(lane);
        }
    }

    void send(List<Frame> frames) {
        for (Lane lane : lanes) {
            Peer[] peers = lane.peers;
            lane.loop.run(() -> {
                for (Frame frame : frames) {
                    for (Peer peer : peers) {
                        peer.send(frame);
                    }
                }
            });
        }
    }

    private @org.jspecify.annotations.Nullable Lane lane(Peer peer) {
        for (Lane lane : lanes) {
            if (lane.loop.equals(peer.loop())) {
                return lane;
            }
        }
        return null;
    }
}
