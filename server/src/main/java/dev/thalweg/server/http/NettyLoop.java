package dev.thalweg.server.http;

import dev.thalweg.platform.Subscription;
import dev.thalweg.server.session.Loop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** An event loop of the network library. Equal to every other view of the same loop. */
record NettyLoop(EventLoop loop) implements Loop {
    @Override
    public boolean inside() {
        return loop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Subscription after(long millis, Runnable task) {
        ScheduledFuture<?> future = loop.schedule(task, millis, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }
}
