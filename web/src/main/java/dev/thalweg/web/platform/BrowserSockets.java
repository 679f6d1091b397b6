package dev.thalweg.web.platform;

import dev.thalweg.platform.TextSocket;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;
import org.teavm.jso.websocket.WebSocket;

/** The browser's WebSockets, or another class that works as they do. */
public final class BrowserSockets implements TextSocket.Factory {
    private static final int OPEN = 1;

    private final JSObject webSocket;

    /** The sockets of a class. @param webSocket with the constructor and the events of the browser's own */
    public BrowserSockets(JSObject webSocket) {
        this.webSocket = webSocket;
    }

    @Override
    public TextSocket open(String url, TextSocket.Listener listener) {
        WebSocket socket = create(webSocket, url);
        socket.onOpen(event -> listener.opened());
        socket.onMessage(event -> listener.received(event.getDataAsString()));
        socket.onClose(event -> listener.closed(event.getCode(), event.getReason()));
        return new Bound(socket);
    }

    /** The browser's own class, {@code undefined} where there is none. */
    @JSBody(script = "return typeof WebSocket === 'undefined' ? undefined : WebSocket;")
    public static native JSObject own();

    @JSBody(params = {"webSocket", "url"}, script = "return new webSocket(url);")
    private static native WebSocket create(JSObject webSocket, String url);

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
