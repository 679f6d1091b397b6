package dev.thalweg.web.platform;

import dev.thalweg.platform.TextSocket;
import org.teavm.jso.websocket.WebSocket;

/** The browser's WebSockets. */
public final class BrowserSockets implements TextSocket.Factory {
    private static final int OPEN = 1;

    @Override
    public TextSocket open(String url, TextSocket.Listener listener) {
        WebSocket socket = new WebSocket(url);
        socket.onOpen(event -> listener.opened());
        socket.onMessage(event -> listener.received(event.getDataAsString()));
        socket.onClose(event -> listener.closed(event.getCode(), event.getReason()));
        return new Bound(socket);
    }

    private record Bound(WebSocket socket) implements TextSocket {
        @Override
        public void send(String text) {
            if (socket.getReadyState() == OPEN) {
                socket.send(text);
            }
        }

        @Override
        public int buffered() {
            return socket.getBufferedAmount();
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
