package dev.thalweg.jvm;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The server's side of RFC 6455, bare: takes one connection after another and does with frames what a test says. */
final class EchoServer implements AutoCloseable {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    final List<Frame> received = new CopyOnWriteArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Behaviour behaviour;

    /** What a test wants to happen with a frame. */
    @FunctionalInterface
    interface Behaviour {
        void on(Frame frame, Peer peer) throws IOException;
    }

    record Frame(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    EchoServer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        Thread thread = new Thread(this::accept, "echo-server");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "ws://127.0.0.1:" + server.getLocalPort() + "/socket";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread thread = new Thread(() -> serve(socket), "echo-peer");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            upgrade(in, socket.getOutputStream());
            Peer peer = new Peer(socket);
            while (true) {
                Frame frame = read(in);
                received.add(frame);
                behaviour.on(frame, peer);
            }
        } catch (IOException e) {
            /* The other side is gone: what the test wanted. */
        }
    }

    private static void upgrade(InputStream in, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("no handshake");
            }
            head.append((char) c);
        }
        String key = head.toString().lines().filter(line -> line.toLowerCase(java.util.Locale.ROOT)
                .startsWith("sec-websocket-key:")).findFirst().orElseThrow().substring(18).trim();
        try {
            byte[] accept = MessageDigest.getInstance("SHA-1").digest(
                    (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(accept) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static Frame read(DataInputStream in) throws IOException {
        int opcode = in.readUnsignedByte() & 15;
        int length = in.readUnsignedByte() & 127;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new Frame(opcode, payload);
    }

    /** Writes frames. */
    static final class Peer {
        private final Socket socket;

        Peer(Socket socket) {
            this.socket = socket;
        }

        void text(String text) throws IOException {
            send(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
        }

        /** One message in frames of so many bytes, which may cut a character in two. */
        void parts(String text, int size) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int from = 0; from < bytes.length; from += size) {
                int to = Math.min(bytes.length, from + size);
                send(to == bytes.length, from == 0 ? TEXT : 0, java.util.Arrays.copyOfRange(bytes, from, to));
            }
        }

        void send(boolean last, int opcode, byte[] payload) throws IOException {
            OutputStream out = socket.getOutputStream();
            byte[] frame = new byte[payload.length + (payload.length < 126 ? 2 : payload.length < 65536 ? 4 : 10)];
            frame[0] = (byte) ((last ? 128 : 0) | opcode);
            if (payload.length < 126) {
                frame[1] = (byte) payload.length;
            } else if (payload.length < 65536) {
                frame[1] = 126;
                frame[2] = (byte) (payload.length >> 8);
                frame[3] = (byte) payload.length;
            } else {
                frame[1] = 127;
                for (int i = 0; i < 4; i++) {
                    frame[6 + i] = (byte) (payload.length >> 24 - 8 * i);
                }
            }
            System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
            out.write(frame);
            out.flush();
        }

        void cut() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
