package dev.thalweg.stub;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.claims.SharedClaims;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.dds.pncounter.SharedPnCounter;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.jvm.ThalwegClient;
import dev.thalweg.protocol.Client;
import dev.thalweg.server.http.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Clients of demo documents in this Java process: the same classes as in the page, over a socket of their own. Each edits
 * now and then, and leaves when nobody else is there or after a while.
 */
final class DemoClients implements Endpoint, AutoCloseable {
    static final String PATH = "/api/demo/jvm-client";
    /** What others see as the name of such a client. */
    static final String NAME = "JVM";

    /** So many at once, so often an edit: a demo that is left open must not cost a server much. */
    static final int MOST = 16;
    static final long EDIT_MILLIS = 2_500;

    private static final int MOST_EDITS = 240;
    private static final int LOAD_SECONDS = 15;

    static final ChannelTypes TYPES = ChannelTypes.of(SharedMap.TYPE, SharedCounter.TYPE, SharedPnCounter.TYPE,
            SharedOrMap.TYPE, SharedClaims.TYPE);
    static final ContainerSchema SCHEMA = ContainerSchema.builder().object("map", SharedMap.TYPE)
            .object("counter", SharedCounter.TYPE).object("pn-counter", SharedPnCounter.TYPE)
            .object("or-map", SharedOrMap.TYPE).object("claims", SharedClaims.TYPE).build();
    private static final String[] GAUGES = {"mill-race", "kettle-run", "low-ford"};

    private final DemoTokens tokens;
    private final Supplier<String> address;
    private final int most;
    private final Map<String, Session> sessions = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "thalweg-demo-clients");
        thread.setDaemon(true);
        return thread;
    });

    /** @param address of the service, asked for when a client is started */
    DemoClients(DemoTokens tokens, Supplier<String> address) {
        this(tokens, address, MOST, EDIT_MILLIS);
    }

    /** @param most at once @param editMillis from one edit of a client to its next */
    DemoClients(DemoTokens tokens, Supplier<String> address, int most, long editMillis) {
        this.tokens = tokens;
        this.address = address;
        this.most = most;
        var unused = clock.scheduleWithFixedDelay(this::edit, editMillis, editMillis, TimeUnit.MILLISECONDS);
    }

    /** Takes {@code {"document"}} and gives {@code {"started"}}: false when one is there already. */
    @Override
    public JsonObject answer(JsonObject request) throws ProtocolException {
        return JsonObject.of("started", JsonValue.of(start(request.string("document"))));
    }

    private boolean start(String documentId) throws ProtocolException {
        synchronized (sessions) {
            if (sessions.containsKey(documentId)) {
                return false;
            }
            if (sessions.size() >= most) {
                throw new ProtocolException("there are " + most + " Java clients already, the most at once");
            }
            sessions.put(documentId, Session.OPENING);
        }
        Session session = null;
        try {
            session = open(documentId);
            return true;
        } finally {
            synchronized (sessions) {
                if (session == null) {
                    sessions.remove(documentId);
                } else {
                    sessions.put(documentId, session);
                }
            }
        }
    }

    private Session open(String documentId) throws ProtocolException {
        ThalwegClient client = ThalwegClient.at(address.get(), tokens.tenant(), tokens.provider(NAME), TYPES);
        try {
            return new Session(client, client.getContainer(documentId, SCHEMA).get(LOAD_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            client.close();
            throw new ProtocolException("no demo document " + documentId + ": " + e.getMessage());
        } catch (InterruptedException e) {
            client.close();
            Thread.currentThread().interrupt();
            throw new ProtocolException("the server is stopping");
        }
    }

    private void edit() {
        List<Map.Entry<String, Session>> open;
        synchronized (sessions) {
            open = new ArrayList<>(sessions.entrySet());
        }
        for (Map.Entry<String, Session> entry : open) {
            Session session = entry.getValue();
            if (session == Session.OPENING) {
                continue;
            }
            if (session.over()) {
                synchronized (sessions) {
                    sessions.remove(entry.getKey());
                }
                session.close();
            } else {
                session.edit();
            }
        }
    }

    /** Ends all of them. */
    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (sessions) {
            sessions.values().forEach(Session::close);
            sessions.clear();
        }
    }

    /** One client on one document. */
    private static final class Session {
        /** Stands in while the document is being loaded. */
        static final Session OPENING = new Session(null, null);

        private final @Nullable ThalwegClient client;
        private final @Nullable Container container;
        private int edits;
        private volatile boolean alone;

        Session(@Nullable ThalwegClient client, @Nullable Container container) {
            this.client = client;
            this.container = container;
        }

        boolean over() {
            return alone || edits >= MOST_EDITS;
        }

        void edit() {
            ThalwegClient machine = client;
            Container document = container;
            if (machine == null || document == null) {
                return;
            }
            int turn = edits++;
            var unused = machine.run(() -> {
                alone = document.audience().members().values().stream().allMatch(Session::isOurs);
                if (!alone && document.pendingCount() == 0) {
                    edit(document, turn);
                }
            });
        }

        private static boolean isOurs(Client member) {
            return JsonValue.of(NAME).equals(member.user().get("name"));
        }

        private static void edit(Container document, int turn) {
            switch (turn % 3) {
                case 0 -> {
                    SharedMap map = document.object("map", SharedMap.TYPE);
                    String gauge = GAUGES[turn / 3 % GAUGES.length];
                    double level = map.get(gauge) instanceof JsonNumber number ? number.value() : 0;
                    map.set(gauge, JsonValue.of(turn / 9 % 2 == 0 ? level + 1 : Math.max(0, level - 1)));
                }
                case 1 -> document.object("counter", SharedCounter.TYPE).increment(1);
                default -> document.object("pn-counter", SharedPnCounter.TYPE).update(turn % 2 == 0 ? 1 : -1);
            }
        }

        void close() {
            ThalwegClient machine = client;
            if (machine != null) {
                machine.close();
            }
        }
    }
}
