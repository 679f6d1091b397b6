package dev.thalweg.jvm.messenger;

import dev.thalweg.platform.Subscription;
import dev.thalweg.replication.Messenger;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages between nodes over TCP. Nodes that know one secret vouch for each other's names; nothing is encrypted,
 * unless the sockets are: the factories of an {@code SSLContext} make them so. Without that it is for networks on which
 * nobody else can write.
 *
 * <p>Connections are made when there is something to say, and again when they break, at growing intervals. What was on
 * its way then is lost, as with every messenger. What a slow node cannot take waits, up to a limit.
 */
/*
 * A connection carries messages one way, from the node that made it; two nodes that talk have two. So nobody has to decide
 * which of two connections that were made at once is the one, and a connection that broke is the business of one side.
 *
 * Threads are virtual: one for each node that is written to and one for what it says about that, one for each connection
 * that is read. Listeners are called by the executor, and a connection is not read on while many of its messages wait
 * for them.
 */
public final class TcpMessenger implements Messenger, AutoCloseable {
    /* How many connections may be open from others, whoever they are. */
    private static final int MAX_CONNECTIONS = 1024;

    private final Parameters with;
    private final Handshake handshake;
    private final ServerSocket door;
    private final Map<String, Caller> callers = new ConcurrentHashMap<>();
    private final Map<String, Answerer> answerers = new ConcurrentHashMap<>();
    private final Set<Answerer> connections = ConcurrentHashMap.newKeySet();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * What a messenger is made of.
     *
     * @param self      the name of this node, 1 to 255 bytes of UTF-8
     * @param address   where to listen; port 0 takes one that is free
     * @param addresses where the other nodes are, or null for one that is not known; asked before each connection, on
     *                  any thread
     * @param secret    the same on all nodes, at least 16 bytes
     * @param callers   makes sockets to others
     * @param door      makes the socket that listens
     * @param loop      runs what hears of messages and reports, one after another: the client's thread
     * @param reports   hears what was refused
     */
    public record Parameters(String self, InetSocketAddress address,
            Function<String, @Nullable InetSocketAddress> addresses, Secret secret, SocketFactory callers,
            ServerSocketFactory door, TcpOptions options, Executor loop, Reports reports) {
        /** Over plain sockets, with {@link TcpOptions#DEFAULT}. */
        public Parameters(String self, InetSocketAddress address,
                Function<String, @Nullable InetSocketAddress> addresses, Secret secret, Executor loop,
                Reports reports) {
            this(self, address, addresses, secret, SocketFactory.getDefault(), ServerSocketFactory.getDefault(),
                    TcpOptions.DEFAULT, loop, reports);
        }
    }

    /** What all nodes know and nobody else. Does not show itself. */
    public static final class Secret {
        private static final int SHORTEST = 16;
        private final byte[] bytes;

        /** @param bytes at least {@value #SHORTEST} */
        public Secret(byte[] bytes) {
            if (bytes.length < SHORTEST) {
                throw new IllegalArgumentException(
                        "a secret has at least " + SHORTEST + " bytes, this one " + bytes.length);
            }
            this.bytes = bytes.clone();
        }
    }

    /** Hears what was refused, for a log. */
    @FunctionalInterface
    public interface Reports {
        /** Something was not taken, or not sent. @param node the other side, or its address @param what for a person */
        void refused(String node, String what);
    }

    private TcpMessenger(Parameters with) throws IOException {
        this.with = with;
        var unused = Handshake.name(with.self);
        handshake = new Handshake(with.secret.bytes);
        door = with.door.createServerSocket();
        try {
            door.setReuseAddress(true);
            door.bind(with.address);
        } catch (IOException e) {
            door.close();
            throw e;
        }
        Thread.ofVirtual().name("thalweg-door-" + with.self).start(this::accept);
    }

    /** Starts to listen. @throws IOException when the address is taken or none of this machine's */
    public static TcpMessenger open(Parameters with) throws IOException {
        return new TcpMessenger(with);
    }

    /** Where it listens. */
    public int port() {
        return door.getLocalPort();
    }

    @Override
    public String self() {
        return with.self;
    }

    /**
     * Sends a message.
     *
     * @throws IllegalArgumentException when it is empty or larger than {@link TcpOptions#messageBytes}
     */
    @Override
    public void send(String node, byte[] message) {
        if (message.length == 0 || message.length > with.options.messageBytes()) {
            throw new IllegalArgumentException("a message has 1 to " + with.options.messageBytes() + " bytes, not "
                    + message.length);
        }
        if (closed) {
            return;
        }
        if (node.equals(with.self)) {
            // Not at once, whatever the executor does with a task of its own thread.
            Thread.ofVirtual().start(() -> received(node, message, () -> {
            }));
        } else {
            callers.computeIfAbsent(node, this::caller).send(message);
        }
    }

    private Caller caller(String node) {
        return new Caller(with.self, node, handshake, with.options, with.callers, with.addresses::apply,
                what -> report(node, what));
    }

    @Override
    public Subscription listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Forgets a node that is not to be written to any more, with what waits for it. */
    public void forget(String node) {
        Caller caller = callers.remove(node);
        if (caller != null) {
            caller.close();
        }
    }

    /** Ends all connections, as a network does that fails. Those that are needed are made again. */
    public void disconnect() {
        callers.values().forEach(Caller::disconnect);
        connections.forEach(Answerer::close);
    }

    /** Stops. Nothing is heard any more, and what was not sent yet is not sent. */
    @Override
    public void close() {
        closed = true;
        listeners.clear();
        try {
            door.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
        callers.values().forEach(Caller::close);
        connections.forEach(Answerer::close);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = door.accept();
                if (connections.size() >= MAX_CONNECTIONS) {
                    socket.close();
                    continue;
                }
                Answerer connection = new Answerer(with.self, socket, handshake, with.options, new Arrivals());
                connections.add(connection);
                Thread.ofVirtual().name("thalweg-from-" + socket.getRemoteSocketAddress()).start(connection::run);
                if (closed) {
                    connection.close();
                }
            } catch (IOException e) {
                if (!closed) {
                    report(with.self, "a connection could not be accepted: " + e.getMessage());
                    pause();
                }
            }
        }
    }

    /* As when there are no more files to be had: asking again at once would ask for ever. */
    private void pause() {
        try {
            Thread.sleep(with.options.retryMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void received(String node, byte[] message, Runnable done) {
        with.loop.execute(() -> {
            try {
                for (Listener listener : listeners) {
                    listener.received(node, message);
                }
            } finally {
                done.run();
            }
        });
    }

    private void report(String node, String what) {
        with.loop.execute(() -> with.reports.refused(node, what));
    }

    private final class Arrivals implements Answerer.Owner {
        @Override
        public void arrived(String node, Answerer connection) {
            // A node that calls again has given up the connection before.
            Answerer before = answerers.put(node, connection);
            if (before != null) {
                before.close();
            }
        }

        @Override
        public void received(String node, byte[] message, Runnable done) {
            TcpMessenger.this.received(node, message, done);
        }

        @Override
        public void refused(String source, String what) {
            report(source, what);
        }

        @Override
        public void ended(Answerer connection) {
            connections.remove(connection);
            answerers.values().remove(connection);
        }
    }
}
