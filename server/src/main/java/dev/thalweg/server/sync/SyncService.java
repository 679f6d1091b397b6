package dev.thalweg.server.sync;

import dev.thalweg.ephemeral.EphemeralLimits;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.server.storage.DocumentKey;
import dev.thalweg.sync.SyncHub;
import dev.thalweg.sync.SyncLimits;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The hubs of a server, opened when they are needed. All of them run on one thread, on which journals answer, too. */
public final class SyncService {
    private static final System.Logger LOG = System.getLogger(SyncService.class.getName());
    private static final int MAX_OPEN = 1000;
    private static final double LIFETIME = 24 * 3600 * 1000.0;
    private static final double MAX_AHEAD = 60_000;
    /* What is true for a moment is kept for a day at most, and comes from clocks that are a minute ahead at most. */
    private static final EphemeralLimits PRESENCE = EphemeralLimits.DEFAULT.withLifetime(LIFETIME)
            .withMaxAhead(MAX_AHEAD);

    private final SyncLimits limits;
    private final ExecutorService thread;
    private final Journal journal;
    /* By the last time they were asked for; touched on the thread only. */
    private final Map<DocumentKey, Opening> hubs = new LinkedHashMap<>(16, 0.75f, true);
    private volatile List<DocumentKey> open = List.of();

    private static final class Opening {
        @Nullable
        SyncHub hub;
        final List<Outcome<SyncHub>> waiting = new ArrayList<>();
    }

    /** @param journals opens the journal that they are kept in; its outcomes are to arrive by the executor it is given */
    public SyncService(Function<Executor, Journal> journals, SyncLimits limits) {
        this.limits = limits;
        thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "thalweg-sync");
            made.setDaemon(true);
            return made;
        });
        // Not the thread itself: what a journal still answers after the end is nobody's.
        journal = journals.apply(this::execute);
    }

    /** How much goes at once. */
    public SyncLimits limits() {
        return limits;
    }

    /** The documents that are open; may be called on any thread. */
    public List<DocumentKey> open() {
        return open;
    }

    /** Runs something on the hubs' thread, now or never. */
    public void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "after the end", e);
        }
    }

    /** Asks a document's hub something. @param outcome hears the answer on the hubs' thread */
    public <T> void ask(DocumentKey key, BiConsumer<SyncHub, Outcome<T>> question, Outcome<T> outcome) {
        execute(() -> with(key, new Outcome<>() {
            @Override
            public void succeeded(SyncHub hub) {
                question.accept(hub, outcome);
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        }));
    }

    /** Does something with a document's hub. @param outcome hears of it on the hubs' thread */
    public void use(DocumentKey key, Consumer<SyncHub> use, Consumer<Failure> failed) {
        this.<SyncHub>ask(key, (hub, outcome) -> outcome.succeeded(hub), new Outcome<>() {
            @Override
            public void succeeded(SyncHub hub) {
                use.accept(hub);
            }

            @Override
            public void failed(Failure failure) {
                failed.accept(failure);
            }
        });
    }

    private void with(DocumentKey key, Outcome<SyncHub> outcome) {
        Opening known = hubs.get(key);
        SyncHub hub = known == null ? null : known.hub;
        if (known != null && hub == null) {
            known.waiting.add(outcome);
            return;
        }
        if (hub != null && hub.failure() == null) {
            outcome.succeeded(hub);
            return;
        }
        Opening opening = new Opening();
        opening.waiting.add(outcome);
        hubs.put(key, opening);
        SyncHub.open(journal, key.tenantId() + "/" + key.documentId(), limits, PRESENCE, new Outcome<>() {
            @Override
            public void succeeded(SyncHub opened) {
                opened.damage().forEach(damage -> LOG.log(System.Logger.Level.WARNING, "set aside: {0}", damage));
                opening.hub = opened;
                evict();
                opening.waiting.forEach(each -> each.succeeded(opened));
                opening.waiting.clear();
            }

            @Override
            public void failed(Failure failure) {
                hubs.remove(key);
                opening.waiting.forEach(each -> each.failed(Failure.passing(503, failure.message())));
            }
        });
    }

    private void evict() {
        Iterator<Opening> oldest = hubs.values().iterator();
        while (hubs.size() > MAX_OPEN && oldest.hasNext()) {
            SyncHub hub = oldest.next().hub;
            if (hub != null && hub.isIdle()) {
                oldest.remove();
            }
        }
        open = List.copyOf(hubs.keySet());
    }

    /** Ends the thread, after what was asked so far. */
    public void stop(long millis) throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
            thread.shutdownNow();
        }
    }
}
