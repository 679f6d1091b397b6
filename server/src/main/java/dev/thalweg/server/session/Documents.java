package dev.thalweg.server.session;

import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.ConnectError;
import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.server.storage.DocumentStore;
import dev.thalweg.server.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The documents that somebody is connected to. Loads them when they are asked for and forgets them when they are idle. */
public final class Documents {
    private static final System.Logger LOG = System.getLogger(Documents.class.getName());

    private final DocumentStore store;
    private final SessionContext context;
    private final ConcurrentMap<DocumentKey, Entry> entries = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * @param workers threads that may block
     * @param clock   milliseconds since 1970
     */
    public Documents(DocumentStore store, Committer committer, SessionLimits limits, Executor workers,
            LongSupplier clock) {
        this.store = store;
        this.context = new SessionContext(limits, committer, new Summaries(store), workers, clock);
    }

    /**
     * Gives a connection a place at a document, or refuses it. A document that nobody was connected to is run by the
     * loop of its first connection.
     */
    public void connect(DocumentKey key, Newcomer newcomer) {
        Entry entry = entries.computeIfAbsent(key, absent -> new Entry(absent, newcomer.peer().loop()));
        entry.loop.run(() -> entry.connect(newcomer));
    }

    /** How many documents are in memory. */
    public int count() {
        return entries.size();
    }

    /** Finishes what was accepted, and takes leave of everyone. */
    public CompletableFuture<Void> stop(String reason) {
        stopping = true;
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (Entry entry : entries.values()) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            entry.loop.run(() -> entry.stop(reason, end));
        }
        return CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]));
    }

    /** One document, from the first connection that asks for it. Used on its loop only. */
    private final class Entry {
        final DocumentKey key;
        final Loop loop;
        final List<Newcomer> waiting = new ArrayList<>();
        @Nullable
        DocumentSession session;
        boolean loading;
        boolean gone;

        Entry(DocumentKey key, Loop loop) {
            this.key = key;
            this.loop = loop;
        }

        void connect(Newcomer newcomer) {
            if (stopping) {
                refuse(newcomer, new ConnectError(503, "The server is stopping", 1));
            } else if (gone) {
                Documents.this.connect(key, newcomer);
            } else if (session != null) {
                session.connect(newcomer);
            } else {
                waiting.add(newcomer);
                load();
            }
        }

        private void load() {
            if (loading) {
                return;
            }
            loading = true;
            context.workers().execute(() -> {
                LoadedDocument document = null;
                ConnectError error = null;
                try {
                    document = LoadedDocument.load(store, context.summaries(), key,
                            context.limits().maxMessageSize());
                    if (document == null) {
                        error = new ConnectError(404, "No such document: " + key.documentId());
                    }
                } catch (StoreException | ProtocolException | RuntimeException e) {
                    LOG.log(System.Logger.Level.ERROR, "cannot load " + key, e);
                    error = new ConnectError(500, "The document cannot be read");
                }
                LoadedDocument loaded = document;
                ConnectError refusal = error;
                loop.execute(() -> loaded(loaded, refusal));
            });
        }

        private void loaded(@Nullable LoadedDocument document, @Nullable ConnectError error) {
            loading = false;
            List<Newcomer> newcomers = List.copyOf(waiting);
            waiting.clear();
            if (document != null && !stopping) {
                session = new DocumentSession(context, key, loop, document, this::end);
            } else {
                end();
            }
            for (Newcomer newcomer : newcomers) {
                if (error != null) {
                    refuse(newcomer, error);
                } else {
                    connect(newcomer);
                }
            }
        }

        void stop(String reason, CompletableFuture<Void> end) {
            if (session == null || gone) {
                end.complete(null);
            } else {
                session.stop(reason, () -> end.complete(null));
            }
        }

        private void end() {
            gone = true;
            entries.remove(key, this);
        }

        private void refuse(Newcomer newcomer, ConnectError error) {
            newcomer.peer().loop().run(() -> newcomer.refused(error));
        }
    }
}
