package dev.thalweg.jvm;

import dev.thalweg.platform.TextSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a socket tells, and on which thread. */
final class SocketRecorder implements TextSocket.Listener {
    final List<String> heard = new CopyOnWriteArrayList<>();
    final Set<String> threads = new ConcurrentSkipListSet<>();

    @Override
    public void opened() {
        note("opened");
    }

    @Override
    public void received(String text) {
        note("received " + text);
    }

    @Override
    public void closed(int code, String reason) {
        note("closed " + code + " " + reason);
    }

    private void note(String what) {
        threads.add(Thread.currentThread().getName());
        heard.add(what);
    }
}
