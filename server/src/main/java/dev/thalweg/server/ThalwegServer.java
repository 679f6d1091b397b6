package dev.thalweg.server;

import dev.thalweg.replication.Journal;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.server.http.Listener;
import dev.thalweg.server.session.Committer;
import dev.thalweg.server.session.Documents;
import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.server.storage.DocumentStore;
import dev.thalweg.server.storage.StoreException;
import dev.thalweg.server.sync.SyncService;
import dev.thalweg.sync.SyncLimits;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The ordering service: sockets, REST and pages on one port. Usage:
 *
 * <pre>{@code
 * try (ThalwegServer server = ThalwegServer.start(ServerOptions.DEFAULT, SqliteStore.open(directory))) {
 *     System.out.println(server.address());
 * }
 * }</pre>
 */
public final class ThalwegServer implements AutoCloseable {
    private static final int START_SECONDS = 30;
    private static final int STOP_SECONDS = 20;
    private static final int WORKERS = 8;

    private final ServerOptions options;
    private final DocumentStore store;
    private final Committer committer;
    private final Documents documents;
    private final SyncService sync;
    private final ExecutorService workers;
    private final Listener listener;
    private boolean closed;

    private ThalwegServer(ServerOptions options, DocumentStore store, Function<Executor, Journal> journals,
            LongSupplier clock) {
        this.options = options;
        this.store = store;
        committer = new Committer(store);
        workers = Executors.newFixedThreadPool(WORKERS, task -> {
            Thread thread = new Thread(task, "thalweg-worker");
            thread.setDaemon(true);
            return thread;
        });
        documents = new Documents(store, committer, options.limits().session(), workers, clock);
        sync = new SyncService(journals, SyncLimits.DEFAULT);
        listener = new Listener(options, store, committer, documents, sync, workers, clock);
    }

    /**
     * Starts a server and waits until it listens. Documents that need no order of its own are gone when it is.
     *
     * @param store where it keeps its documents; closed with the server
     * @throws ServerException when it cannot, for example because the port is taken; the store is closed then
     */
    public static ThalwegServer start(ServerOptions options, DocumentStore store) throws ServerException {
        return start(options, store, outcomes -> new MemoryJournal());
    }

    /**
     * Starts a server that keeps documents which need no order of its own in a journal, and waits until it listens.
     *
     * @param store    where it keeps its other documents; closed with the server
     * @param journals opens that journal; its outcomes are to arrive by the executor it is given. It is the caller's to
     *                 close, after the server
     * @throws ServerException when it cannot, for example because the port is taken; the store is closed then
     */
    public static ThalwegServer start(ServerOptions options, DocumentStore store, Function<Executor, Journal> journals)
            throws ServerException {
        ThalwegServer server = new ThalwegServer(options, store, journals, System::currentTimeMillis);
        try {
            server.listener.start().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
            return server;
        } catch (ExecutionException e) {
            server.close();
            throw new ServerException("cannot listen on " + options.host() + ":" + options.port() + ": "
                    + e.getMessage(), e);
        } catch (InterruptedException | TimeoutException e) {
            server.close();
            throw new ServerException("the server did not start within " + START_SECONDS + " s", e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return listener.port();
    }

    /** Its address, for example {@code http://127.0.0.1:7070/}. */
    public String address() {
        String host = options.host().equals("0.0.0.0") ? "localhost" : options.host();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port() + "/";
    }

    /** The documents that need no order of its own and are open here. */
    public List<DocumentKey> syncDocuments() {
        return sync.open();
    }

    /** Finishes what was accepted, takes leave of the clients, and stops. Calling it again does nothing. */
    @Override
    public synchronized void close() throws ServerException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            documents.stop("The server is stopping").get(STOP_SECONDS, TimeUnit.SECONDS);
            listener.stop().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ServerException("the server did not stop in an orderly way", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeStore();
        }
    }

    private void closeStore() throws ServerException {
        try {
            workers.shutdown();
            sync.stop(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            if (!committer.stop(TimeUnit.SECONDS.toMillis(STOP_SECONDS))) {
                throw new ServerException("the data could not be written within " + STOP_SECONDS + " s", null);
            }
            store.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreException e) {
            throw new ServerException("the data could not be closed", e);
        }
    }
}
