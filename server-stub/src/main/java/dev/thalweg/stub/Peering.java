package dev.thalweg.stub;

import dev.thalweg.driver.InsecureTokens;
import dev.thalweg.json.JsonObject;
import dev.thalweg.jvm.JvmPlatform;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.server.ThalwegServer;
import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.sync.HttpSyncTransport;
import dev.thalweg.sync.SyncBridge;
import dev.thalweg.sync.SyncLimits;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps a server in touch with others: carries the events of the documents that are open here, one after another, to them
 * and back. A document that is open there only, they carry, when they know of this one.
 */
final class Peering implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Peering.class.getName());
    private static final double PAUSE = 500;
    private static final double LONGEST_PAUSE = 30_000;
    private static final JsonObject USER = JsonObject.builder().put("id", "peer").put("name", "peer").build();

    private record Way(DocumentKey document, String peer) {}

    private final JvmPlatform machine = new JvmPlatform();
    private final ThalwegServer server;
    private final List<String> peers;
    private final Map<String, String> keys;
    /* Of a peer that does not answer: the pause that it gets, and until when. */
    private final Map<String, Double> pauses = new HashMap<>();
    private final Map<String, Double> until = new HashMap<>();

    private Peering(ThalwegServer server, List<String> peers, Map<String, String> keys) {
        this.server = server;
        this.peers = peers;
        this.keys = keys;
    }

    /** Begins. @param keys by tenant, the same here and there */
    static Peering start(ThalwegServer server, List<String> peers, Map<String, String> keys) {
        Peering peering = new Peering(server, List.copyOf(peers), Map.copyOf(keys));
        var unused = peering.machine.run(peering::round);
        return peering;
    }

    private Platform platform() {
        return machine.platform();
    }

    private void round() {
        ArrayDeque<Way> ways = new ArrayDeque<>();
        double now = platform().timers().now();
        for (DocumentKey document : server.syncDocuments()) {
            for (String peer : peers) {
                if (now >= until.getOrDefault(peer, 0.0)) {
                    ways.add(new Way(document, peer));
                }
            }
        }
        next(ways);
    }

    private void next(ArrayDeque<Way> ways) {
        Way way = ways.poll();
        if (way == null) {
            platform().timers().schedule(PAUSE, this::round);
            return;
        }
        new SyncBridge(transport(server.address(), way.document()), transport(way.peer(), way.document()),
                SyncLimits.DEFAULT.maxPull()).carry(new Outcome<>() {
                    @Override
                    public void succeeded(Integer carried) {
                        pauses.remove(way.peer());
                        next(ways);
                    }

                    @Override
                    public void failed(Failure failure) {
                        LOG.log(System.Logger.Level.DEBUG, "{0} and {1}: {2}", way.document(), way.peer(),
                                failure.message());
                        if (failure.retryable()) {
                            double pause = Math.min(LONGEST_PAUSE, 2 * pauses.getOrDefault(way.peer(), PAUSE));
                            pauses.put(way.peer(), pause);
                            until.put(way.peer(), platform().timers().now() + pause);
                            ways.removeIf(other -> other.peer().equals(way.peer()));
                        }
                        next(ways);
                    }
                });
    }

    private HttpSyncTransport transport(String base, DocumentKey document) {
        String key = keys.getOrDefault(document.tenantId(), "");
        return new HttpSyncTransport(platform().http(), base, () -> key.isEmpty() ? ""
                : new InsecureTokens(key, USER).sign(document.tenantId(), document.documentId(),
                        platform().timers().now()));
    }

    @Override
    public void close() {
        machine.close();
    }
}
