package dev.thalweg.web.link;

import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.TextSocket;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.SequencedMessage;
import java.util.List;

/**
 * Opens real sockets and holds back their frames as a {@link Link} says. Only frames with operations are delayed; the
 * others, a connection's beginning among them, go through at once unless something is on the way before them.
 */
public final class LinkConditioner implements TextSocket.Factory {
    /** What a listener is told when the link is cut under it: the code of a connection that broke. */
    static final int BROKEN = 1006;

    private final TextSocket.Factory sockets;
    private final Link link;
    private final LinkObserver observer;

    /** @param sockets opens the real ones */
    public LinkConditioner(TextSocket.Factory sockets, Link link, LinkObserver observer) {
        this.sockets = sockets;
        this.link = link;
        this.observer = observer;
    }

    @Override
    public TextSocket open(String url, TextSocket.Listener listener) {
        Conditioned socket = new Conditioned(listener);
        socket.open(url);
        return socket;
    }

    private final class Conditioned implements TextSocket, TextSocket.Listener {
        private final TextSocket.Listener listener;
        private final Lane up = link.laneUp();
        private final Lane down = link.laneDown();
        private TextSocket real = NONE;
        private Subscription cut = () -> {};
        private boolean over;

        Conditioned(TextSocket.Listener listener) {
            this.listener = listener;
        }

        void open(String url) {
            if (link.isCut()) {
                link.timers().schedule(0, () -> end(BROKEN, "the link is cut"));
                return;
            }
            cut = link.whenCut(this::cut);
            real = sockets.open(url, this);
        }

        @Override
        public void send(String text) {
            List<DocumentMessage> messages = Frames.submitted(text);
            up.send(Operations.submitted(messages), millis -> {
                if (!messages.isEmpty()) {
                    observer.submitted(messages, text, millis);
                }
            }, () -> real.send(text));
        }

        @Override
        public int buffered() {
            return real.buffered();
        }

        @Override
        public void close() {
            up.send(() -> real.close());
        }

        @Override
        public void opened() {
            down.send(listener::opened);
        }

        @Override
        public void received(String text) {
            List<SequencedMessage> messages = Frames.sequenced(text);
            down.send(Operations.sequenced(messages), millis -> {
                if (!messages.isEmpty()) {
                    observer.sequenced(messages, text, millis);
                }
            }, () -> listener.received(text));
        }

        @Override
        public void closed(int code, String reason) {
            down.send(() -> end(code, reason));
        }

        private void cut() {
            up.drop();
            down.drop();
            real.close();
            link.timers().schedule(0, () -> end(BROKEN, "the link was cut"));
        }

        private void end(int code, String reason) {
            if (!over) {
                over = true;
                cut.cancel();
                up.drop();
                down.drop();
                listener.closed(code, reason);
            }
        }
    }

    /** Stands in until a real socket is there. */
    private static final TextSocket NONE = new TextSocket() {
        @Override
        public void send(String text) {}

        @Override
        public int buffered() {
            return 0;
        }

        @Override
        public void close() {}
    };
}
