package dev.thalweg.server.http;

import dev.thalweg.protocol.Nack;
import dev.thalweg.server.session.Frame;
import dev.thalweg.server.session.Loop;
import dev.thalweg.server.session.Peer;
import dev.thalweg.wire.ServerFrames;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.List;

/** Writes to one socket, and gives it up when it does not keep up. Used on its loop only. */
/*
 * Vert.x encodes a text anew for each socket it is written to. Frames are therefore handed to the channel below it,
 * where many sockets share one array of bytes. All text goes this way, so that nothing overtakes; only the closing frame
 * is Vert.x's, behind what was written before.
 *
 * The channel's high-water mark is the bound on what may wait to be sent. It is looked at before writing, so that one
 * frame, however long, always gets through to a socket that keeps up.
 */
final class SocketPeer implements Peer {
    private static final short GOING_AWAY = 1001;
    private static final short TRY_AGAIN_LATER = 1013;
    /* What a client that does not read is given to read the reason. */
    private static final int GRACE_MILLIS = 5000;

    private final ServerWebSocket socket;
    private final ChannelHandlerContext channelContext;
    private final Channel channel;
    private final NettyLoop loop;
    private final int maxQueued;
    private final Runnable givenUp;
    private boolean closing;

    /** @param givenUp called in a task of its own when this side closes the socket: nobody is to wait for the other */
    SocketPeer(ServerWebSocket socket, int maxQueued, Runnable givenUp) {
        this.socket = socket;
        this.maxQueued = maxQueued;
        this.givenUp = givenUp;
        channelContext = ((WebSocketInternal) socket).channelHandlerContext();
        channel = channelContext.channel();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(maxQueued / 2, maxQueued));
        loop = new NettyLoop(channel.eventLoop());
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public void send(Frame frame) {
        if (closing) {
            return;
        }
        if (channel.isWritable()) {
            write(frame);
            return;
        }
        String reason = "Too slow: more than " + maxQueued + " bytes were waiting to be sent";
        write(new Frame(ServerFrames.nack("", List.of(Nack.throttled(reason, 1, null)))));
        close(TRY_AGAIN_LATER, reason);
    }

    void send(String text) {
        send(new Frame(text));
    }

    @Override
    public void close(String reason) {
        close(GOING_AWAY, reason);
    }

    void close(short status, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        loop.execute(givenUp);
        // The protocol takes 123 bytes of reason.
        Future<Void> unused = socket.close(status, reason.length() > 120 ? reason.substring(0, 120) : reason);
        loop.after(GRACE_MILLIS, () -> {
            // Not the channel's own close(), which Vert.x takes for a wish to close in an orderly way once more.
            ChannelFuture ignored = channelContext.close();
        });
    }

    private void write(Frame frame) {
        ChannelFuture unused = channelContext.writeAndFlush(
                new TextWebSocketFrame(Unpooled.wrappedBuffer(frame.bytes())),
                channelContext.voidPromise());
    }
}
