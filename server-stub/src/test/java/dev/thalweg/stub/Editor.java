package dev.thalweg.stub;

import dev.thalweg.driver.InsecureTokens;
import dev.thalweg.ephemeral.EphemeralChange;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.EventDocument;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.jvm.JvmPlatform;
import dev.thalweg.platform.Failure;
import dev.thalweg.sync.SyncLimits;
import dev.thalweg.sync.SyncSession;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A program that edits a document, on a thread of its own. @param <D> what it edits @param <C> how that changes */
final class Editor<D extends EventDocument<C>, C> implements AutoCloseable, SyncSession.Listener<C> {
    private static final JsonObject USER = JsonObject.builder().put("id", "u").put("name", "u").build();

    private final JvmPlatform machine = new JvmPlatform();
    private final D document;
    private final EphemeralStore presence;
    private final SyncSession<C> session;
    private final AtomicInteger synced = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final List<C> changes = new CopyOnWriteArrayList<>();

    /** What somebody does to a document. */
    @FunctionalInterface
    interface Edit<D> {
        void to(D document);
    }

    /** What somebody asks of a document. */
    @FunctionalInterface
    interface Question<D, T> {
        T of(D document);
    }

    /** Starts one. @param name of the document */
    Editor(D document, String name, String base) {
        this.document = document;
        presence = new EphemeralStore(document.agent());
        session = new SyncSession<>(machine.platform(), base,
                () -> new InsecureTokens("12345", USER).sign("tinylicious", name, System.currentTimeMillis()),
                document, presence, SyncLimits.DEFAULT, this);
        var unused = machine.run(session::start);
    }

    private <T> T on(Callable<T> task) throws Exception {
        return machine.call(task).get(10, TimeUnit.SECONDS);
    }

    private void run(Runnable task) throws Exception {
        machine.run(task).get(10, TimeUnit.SECONDS);
    }

    void edit(Edit<D> edit) throws Exception {
        run(() -> {
            edit.to(document);
            session.send();
        });
    }

    <T> T read(Question<D, T> question) throws Exception {
        return on(() -> question.of(document));
    }

    void start() throws Exception {
        run(session::start);
    }

    void stop() throws Exception {
        run(session::stop);
    }

    /** Says what is true of it at the moment, under its own name. */
    void say(String namespace, JsonValue value) throws Exception {
        run(() -> session.set(namespace, document.agent(), value));
    }

    /** Whether somebody says something. */
    boolean hears(String namespace, String key) throws Exception {
        return on(() -> presence.getAll(namespace).containsKey(key));
    }

    /** How often it had the same as its server. */
    int timesSynced() {
        return synced.get();
    }

    int failures() {
        return failures.get();
    }

    /** What it heard that is no use to try again. */
    List<String> refusals() {
        return refusals;
    }

    /** What merges changed, in order. */
    List<C> changes() {
        return changes;
    }

    @Override
    public void changed(C change) {
        changes.add(change);
    }

    @Override
    public void present(List<EphemeralChange> present) {}

    @Override
    public void synced() {
        synced.incrementAndGet();
    }

    @Override
    public void failed(Failure failure) {
        failures.incrementAndGet();
        if (!failure.retryable()) {
            refusals.add(failure.message());
        }
    }

    @Override
    public void close() {
        machine.close();
    }
}
