package dev.thalweg.jvm.messenger;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/** Takes messages from one node over a connection that it made. */
final class Answerer {
    /* So many messages may be on their way to the client's thread; each one that it has dealt with lets another in. */
    private static final int WINDOW = 64;

    private final String self;
    private final Socket socket;
    private final Handshake handshake;
    private final TcpOptions options;
    private final Owner owner;
    private final Semaphore window = new Semaphore(WINDOW);

    /** Whose connections these are. Called on the connection's thread. */
    interface Owner {
        /** A node has proven who it is. */
        void arrived(String node, Answerer connection);

        /** A message came. @param done to be run when it has been dealt with */
        void received(String node, byte[] message, Runnable done);

        /** Something was wrong, and the connection is over. @param source the node, or its address */
        void refused(String source, String what);

        /** The connection is over. */
        void ended(Answerer connection);
    }

    Answerer(String self, Socket socket, Handshake handshake, TcpOptions options, Owner owner) {
        this.self = self;
        this.socket = socket;
        this.handshake = handshake;
        this.options = options;
        this.owner = owner;
    }

    void run() {
        String source = String.valueOf(socket.getRemoteSocketAddress());
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(options.silenceMillis());
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            try {
                source = handshake.accept(self, in, out);
                owner.arrived(source, this);
                read(source, in, out);
            } catch (Handshake.FaultException e) {
                owner.refused(source, String.valueOf(e.getMessage()));
                Handshake.writeFault(out, String.valueOf(e.getMessage()));
            }
        } catch (IOException e) {
            // The other side is gone; it comes again when it has something to say.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            owner.ended(this);
        }
    }

    private void read(String node, DataInputStream in, DataOutputStream out) throws IOException, InterruptedException {
        while (true) {
            int length = in.readInt();
            if (length < 0 || length > options.messageBytes()) {
                throw new Handshake.FaultException("a message has at most " + options.messageBytes()
                        + " bytes, one came with " + Integer.toUnsignedString(length));
            }
            if (length == 0) {
                out.writeByte(Handshake.ALIVE);
                continue;
            }
            byte[] message = in.readNBytes(length);
            if (message.length < length) {
                return;
            }
            window.acquire();
            owner.received(node, message, window::release);
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }
}
