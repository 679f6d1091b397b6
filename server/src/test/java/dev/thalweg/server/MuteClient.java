package dev.thalweg.server;

import dev.thalweg.protocol.Scopes;
import dev.thalweg.server.auth.TestTokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that connects to a document to read it, and then does not read. Speaks WebSocket by hand, to the byte. */
final class MuteClient implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    MuteClient(TestServer server, String documentId) throws IOException {
        URI uri = server.socketUri();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.setSoTimeout(20_000);
        in = socket.getInputStream();
        socket.getOutputStream().write(("GET " + uri.getPath() + "?" + uri.getQuery() + " HTTP/1.1\r\nHost: "
                + uri.getAuthority() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        readUntil("0{\"sid\"");
        send("40");
        send("42[\"connect_document\",{\"id\":\"" + documentId + "\",\"tenantId\":\"tinylicious\",\"mode\":\"read\","
                + "\"client\":{\"mode\":\"read\"},\"versions\":[\"^0.4.0\"],\"token\":\""
                + TestTokens.of(documentId, Scopes.ALL) + "\"}]");
        readUntil("connect_document_success");
    }

    /* A masked text frame whose mask is zero, which leaves the text as it is. */
    private void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (bytes.length < 126) {
            frame.write(0x80 | bytes.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(bytes.length >> 8);
            frame.write(bytes.length);
        }
        frame.write(new byte[4]);
        frame.write(bytes);
        socket.getOutputStream().write(frame.toByteArray());
    }

    /** Reads on until a text has come. Returns false when the connection ended before. */
    boolean readUntil(String wanted) throws IOException {
        StringBuilder seen = new StringBuilder();
        byte[] part = new byte[4096];
        while (seen.indexOf(wanted) < 0) {
            int count = in.read(part);
            if (count < 0) {
                return false;
            }
            seen.append(new String(part, 0, count, StandardCharsets.ISO_8859_1));
            if (seen.length() > 1_000_000) {
                seen.delete(0, seen.length() - 10_000);
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
