package dev.thalweg.bench.load;

import dev.thalweg.driver.DocumentService;
import dev.thalweg.driver.ServiceEndpoint;
import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.driver.SocketIoServiceFactory;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.JvmPlatform;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.storage.SummaryNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One load on one service: connects, warms up, measures, and checks at the end that everything came back. */
final class LoadRun implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final int CONNECT_SECONDS = 30;
    private static final int SETTLE_SECONDS = 10;

    private final ServiceProcess service;
    private final Preset preset;
    private final Target target;
    private final int summarizeEvery;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context context = vertx.getOrCreateContext();
    /* Held here, because Vert.x closes the sockets of a client that nobody refers to any more. */
    private final WebSocketClient sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
            .setMaxFrameSize(MOST_BYTES).setMaxMessageSize(MOST_BYTES).setMaxConnections(10_000));
    private final JvmPlatform platform = new JvmPlatform();
    private final InsecureTokenProvider tokens = new InsecureTokenProvider(InsecureTokenProvider.DEVELOPMENT_KEY,
            "load");
    private final Meter meter = new Meter();
    private final List<LoadClient> clients = new ArrayList<>();
    private final List<LoadClient> writers = new ArrayList<>();
    private final List<Summaries> summaries = new ArrayList<>();

    /**
     * @param target         what the service is
     * @param summarizeEvery operations of a document from one summary to the next, 0 for none
     */
    LoadRun(ServiceProcess service, Preset preset, Target target, int summarizeEvery) {
        this.service = service;
        this.preset = preset;
        this.target = target;
        this.summarizeEvery = summarizeEvery;
    }

    /** Runs it. @param warmUp seconds before anything is counted @param seconds that are counted */
    Figures perform(double warmUp, double seconds) throws IOException, InterruptedException {
        for (int i = 0; i < preset.documents(); i++) {
            prepare(target.ordered() ? create() : UUID.randomUUID().toString());
        }
        connect();
        inLoop(() -> writers.forEach(LoadClient::begin));
        Thread pacer = pacer();
        try {
            sleep(warmUp);
            inLoop(meter::start);
            Duration serverBefore = service.cpu();
            Duration generatorBefore = ownCpu();
            long began = System.nanoTime();
            sleep(seconds);
            double measured = (System.nanoTime() - began) / 1e9;
            double serverCpu = service.cpu().minus(serverBefore).toNanos() / 1e9;
            double generatorCpu = ownCpu().minus(generatorBefore).toNanos() / 1e9;
            inLoop(meter::stop);
            pacer.interrupt();
            pacer.join();
            settle();
            return figures(measured, serverCpu, generatorCpu);
        } finally {
            pacer.interrupt();
        }
    }

    @Override
    public void close() {
        platform.run(() -> summaries.forEach(Summaries::close)).join();
        platform.close();
        await(vertx.close());
    }

    private Figures figures(double seconds, double serverCpu, double generatorCpu) {
        double[] shares = meter.latencies().percentiles(0.5, 0.9, 0.99, 1);
        return new Figures(meter.operations() / seconds, meter.deliveries() / seconds, shares[0], shares[1], shares[2],
                shares[3], serverCpu * 1e6 / Math.max(1, meter.deliveries()), serverCpu / seconds,
                generatorCpu / seconds, meter.faults());
    }

    private ServiceFactory services() {
        return new SocketIoServiceFactory(platform.platform(),
                ServiceEndpoint.at("http://" + HOST + ":" + service.port(), ServiceEndpoint.DEVELOPMENT_TENANT),
                tokens);
    }

    private String create() throws InterruptedException, IOException {
        SummaryNode.Tree empty = new SummaryNode.Tree(Map.of(".metadata", SummaryNode.Blob.of("{}")));
        for (int attempt = 1;; attempt++) {
            try {
                return get(platform.<String>ask(outcome -> services().create("", empty, outcome)),
                        "create a document");
            } catch (IOException e) {
                if (attempt == target.attempts() || !service.alive()) {
                    throw new IOException(e.getMessage() + "; the service said: " + service.said(), e);
                }
                sleep(0.5);
            }
        }
    }

    private void prepare(String documentId) throws IOException, InterruptedException {
        String token = tokens.sign(ServiceEndpoint.DEVELOPMENT_TENANT, documentId);
        LoadClient.Place place = new LoadClient.Place(HOST, service.port(), ServiceEndpoint.DEVELOPMENT_TENANT,
                documentId, token, target.ordered());
        for (int i = 0; i < preset.writers(); i++) {
            LoadClient writer = new LoadClient(place, ConnectionMode.WRITE, preset.pace(), preset.payload(), meter);
            writers.add(writer);
            clients.add(writer);
        }
        for (int i = 0; i < preset.readers(); i++) {
            clients.add(new LoadClient(place, ConnectionMode.READ, preset.pace(), preset.payload(), meter));
        }
        if (target.ordered() && summarizeEvery > 0) {
            DocumentService document = services().open(documentId);
            DocumentService.@Nullable StoredSummary first = get(
                    platform.<DocumentService.@Nullable StoredSummary>ask(document::latestSummary),
                    "read the first summary");
            if (first == null) {
                throw new IOException("the new document has no summary");
            }
            Summaries writer = new Summaries(document, summarizeEvery, first.handle(),
                    fault -> context.runOnContext(here -> meter.fault(fault)));
            summaries.add(writer);
            get(platform.run(writer::open), "connect the summarizer");
        }
    }

    /* One after another: a crowd at the door is not what is measured. */
    private void connect() throws IOException, InterruptedException {
        Promise<Void> all = Promise.promise();
        context.runOnContext(here -> {
            Future<Void> chain = Future.succeededFuture();
            for (LoadClient each : clients) {
                chain = chain.compose(before -> each.connect(sockets));
            }
            chain.onComplete(all);
        });
        get(all.future().toCompletionStage().toCompletableFuture(), "connect");
    }

    /* Sends for writers with a rate, each in its turn, so that the whole load is even. */
    private Thread pacer() {
        Thread pacer = new Thread(() -> {
            if (!(preset.pace() instanceof Pace.Rate rate)) {
                return;
            }
            double interval = 1e9 / rate.perSecond() / writers.size();
            long began = System.nanoTime();
            for (long i = 0; !Thread.currentThread().isInterrupted(); i++) {
                long due = began + (long) (i * interval);
                LoadClient writer = writers.get((int) (i % writers.size()));
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                }
                context.runOnContext(here -> writer.send(due));
            }
        }, "pacer");
        pacer.setDaemon(true);
        pacer.start();
        return pacer;
    }

    private void settle() throws IOException, InterruptedException {
        inLoop(() -> writers.forEach(LoadClient::end));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        context.runOnContext(here -> lookWhetherSettled(deadline, done));
        if (!get(done, "settle")) {
            int missing = writers.stream().mapToInt(LoadClient::underWay).sum();
            meter.fault(missing + " operations did not come back within " + SETTLE_SECONDS + " s");
        }
        inLoop(() -> clients.forEach(LoadClient::close));
    }

    private void lookWhetherSettled(long deadline, CompletableFuture<Boolean> done) {
        if (writers.stream().allMatch(LoadClient::settled)) {
            done.complete(true);
        } else if (System.nanoTime() > deadline) {
            done.complete(false);
        } else {
            vertx.setTimer(20, timer -> lookWhetherSettled(deadline, done));
        }
    }

    private void inLoop(Runnable task) throws IOException, InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(here -> {
            task.run();
            done.complete(null);
        });
        get(done, "act");
    }

    private static <T extends @Nullable Object> T get(CompletableFuture<T> future, String what)
            throws IOException, InterruptedException {
        try {
            return future.get(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("could not " + what + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException("could not " + what + " within " + CONNECT_SECONDS + " s", e);
        }
    }

    private static void await(Future<Void> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void sleep(double seconds) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
    }
}
