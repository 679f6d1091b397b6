package dev.thalweg.server;

import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.server.storage.DocumentStore;
import dev.thalweg.server.storage.LoggedMessage;
import dev.thalweg.server.storage.StoreException;
import dev.thalweg.server.storage.StoreWrite;
import dev.thalweg.storage.GitObject;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real store whose disk can be made to hang, to fail and to lose what it is given. */
final class HeldStore implements DocumentStore {
    private final DocumentStore store;
    private volatile @Nullable CountDownLatch gate;
    private volatile CountDownLatch held = new CountDownLatch(1);
    private volatile boolean failing;
    private volatile int losingAfter = Integer.MAX_VALUE;
    private volatile int writes;

    HeldStore(DocumentStore store) {
        this.store = store;
    }

    void hold() {
        held = new CountDownLatch(1);
        gate = new CountDownLatch(1);
    }

    void awaitHeld() throws InterruptedException {
        if (!held.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("nothing was written");
        }
    }

    void release() {
        CountDownLatch closed = gate;
        gate = null;
        if (closed != null) {
            closed.countDown();
        }
    }

    void failNextAppend() {
        failing = true;
    }

    void lose() {
        losingAfter = 0;
    }

    void loseAfterAppends(int count) {
        losingAfter = count;
    }

    int writes() {
        return writes;
    }

    @Override
    public void write(List<StoreWrite> group) throws StoreException {
        writes++;
        CountDownLatch closed = gate;
        if (closed != null) {
            held.countDown();
            try {
                // A test that fails while it holds the disk must not hold the build.
                boolean released = closed.await(20, TimeUnit.SECONDS);
                if (!released) {
                    throw new StoreException("the disk hangs");
                }
            } catch (InterruptedException e) {
                throw new StoreException("interrupted", e);
            }
        }
        boolean appends = group.stream().anyMatch(StoreWrite.Append.class::isInstance);
        if (appends && failing) {
            failing = false;
            throw new StoreException("the disk is full");
        }
        if (losingAfter > 0) {
            store.write(group);
        }
        if (appends && losingAfter > 0 && losingAfter < Integer.MAX_VALUE) {
            losingAfter--;
        }
    }

    @Override
    public @Nullable Header header(DocumentKey document) throws StoreException {
        return store.header(document);
    }

    @Override
    public List<LoggedMessage> messages(DocumentKey document, int after, int before, int limit)
            throws StoreException {
        return store.messages(document, after, before, limit);
    }

    @Override
    public List<LoggedMessage> quorumMessages(DocumentKey document, int after, int before) throws StoreException {
        return store.quorumMessages(document, after, before);
    }

    @Override
    public @Nullable GitObject object(DocumentKey document, String id) throws StoreException {
        return store.object(document, id);
    }

    @Override
    public @Nullable String ref(DocumentKey document, String name) throws StoreException {
        return store.ref(document, name);
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public void close() throws StoreException {
        release();
        store.close();
    }
}
