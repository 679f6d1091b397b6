package dev.thalweg.jvm.messenger;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Takes messages to one node, over one connection after another. */
/*
 * One thread connects and writes, another reads what comes back while there is a connection: signs of life, or what was
 * wrong. When none comes for too long the reader closes the socket, and so ends a write that waits for a machine which is
 * not there any more. Nothing connects before there is something to say.
 */
final class Caller {
    private final String self;
    private final String node;
    private final Handshake handshake;
    private final TcpOptions options;
    private final SocketFactory sockets;
    private final Directory directory;
    private final Consumer<String> reports;
    private final Outbox outbox;
    private final Thread thread;
    private volatile @Nullable Socket open;
    private volatile boolean closed;
    private volatile boolean full;
    private String lastFault = "";

    /** Where nodes are now. */
    @FunctionalInterface
    interface Directory {
        /** An address, or null when it is not known. */
        @Nullable
        InetSocketAddress of(String node);
    }

    Caller(String self, String node, Handshake handshake, TcpOptions options, SocketFactory sockets,
            Directory directory, Consumer<String> reports) {
        this.self = self;
        this.node = node;
        this.handshake = handshake;
        this.options = options;
        this.sockets = sockets;
        this.directory = directory;
        this.reports = reports;
        outbox = new Outbox(options.queueBytes());
        thread = Thread.ofVirtual().name("thalweg-to-" + node).start(this::work);
    }

    void send(byte[] message) {
        if (outbox.add(message) && !full) {
            full = true;
            reports.accept("more than " + options.queueBytes() + " bytes wait for it, the oldest are dropped");
        }
    }

    void close() {
        closed = true;
        thread.interrupt();
        hangUp(open);
    }

    /** Ends the connection that there is. The next message makes another. */
    void disconnect() {
        hangUp(open);
    }

    private void work() {
        int wait = options.retryMillis();
        while (!closed) {
            boolean reached = false;
            try {
                outbox.await();
                InetSocketAddress address = directory.of(node);
                if (address != null) {
                    try (Socket socket = sockets.createSocket()) {
                        open = socket;
                        DataOutputStream out = connect(socket, new InetSocketAddress(address.getHostString(),
                                address.getPort()));
                        reached = true;
                        full = false;
                        lastFault = "";
                        write(socket, out);
                    }
                }
            } catch (Handshake.FaultException e) {
                report(e.getMessage());
            } catch (IOException e) {
                // It is not there, or not any more; nobody is told, and another connection follows.
            } catch (InterruptedException e) {
                return;
            }
            wait = reached ? options.retryMillis() : Math.min(2 * wait, options.slowestMillis());
            try {
                Thread.sleep(ThreadLocalRandom.current().nextInt(wait / 2, wait + 1));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /* Said once, however often it is tried. */
    private void report(@Nullable String fault) {
        String what = String.valueOf(fault);
        if (!what.equals(lastFault)) {
            lastFault = what;
            reports.accept(what);
        }
    }

    private DataOutputStream connect(Socket socket, InetSocketAddress address) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(options.silenceMillis());
        socket.connect(address, options.silenceMillis());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
        handshake.connect(self, node, in, out);
        Thread.ofVirtual().name("thalweg-signs-of-" + node).start(() -> listen(socket, in));
        return out;
    }

    private void listen(Socket socket, DataInputStream in) {
        try {
            while (true) {
                int sign = in.readUnsignedByte();
                if (sign == Handshake.FAULT) {
                    report("it refused: " + Handshake.readFault(in));
                } else if (sign != Handshake.ALIVE) {
                    report("it gave sign " + sign + ", which has no meaning");
                } else {
                    continue;
                }
                break;
            }
        } catch (EOFException e) {
            // It has ended.
        } catch (IOException e) {
            // It is silent, or the connection is.
        }
        hangUp(socket);
        outbox.wake();
    }

    private void write(Socket socket, DataOutputStream out) throws IOException, InterruptedException {
        long beat = Math.max(1, options.silenceMillis() / 3);
        long pinged = System.nanoTime();
        out.writeInt(0);
        while (!closed && !socket.isClosed()) {
            byte[] message = outbox.poll(0);
            if (message == null) {
                out.flush();
                message = outbox.poll(beat);
            }
            if (message != null) {
                out.writeInt(message.length);
                out.write(message);
            }
            if (message == null || System.nanoTime() - pinged > beat * 1_000_000) {
                pinged = System.nanoTime();
                out.writeInt(0);
            }
        }
    }

    private static void hangUp(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // It is closed all the same.
        }
    }
}
