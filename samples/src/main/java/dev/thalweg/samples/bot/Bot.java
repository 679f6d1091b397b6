package dev.thalweg.samples.bot;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerEvent;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonString;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.ThalwegClient;
import dev.thalweg.protocol.Client;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Joins a document of the demo and keeps it tidy until it is stopped. Several of them can be at one document: the one that
 * came first does the work, and the next takes over when it leaves.
 */
public final class Bot {
    /** What others see as its name. */
    static final String NAME = "Bot";

    /* It lets people finish what they are at before it tidies. */
    private static final long PATIENCE_MILLIS = 300;

    private final ThalwegClient client;
    private final Container container;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicBoolean due = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Bot(ThalwegClient client, Container container) {
        this.client = client;
        this.container = container;
    }

    /** @param args the address of the demo, as the browser's address bar shows it */
    public static void main(String[] args) throws InterruptedException {
        URI address = args.length == 1 ? URI.create(args[0]) : URI.create("");
        String fragment = address.getFragment() == null ? "" : address.getFragment();
        if (!fragment.startsWith("doc=")) {
            System.err.println("usage: ./samples/bot/run 'http://localhost:7070/#doc=…', the address in your browser");
            System.exit(2);
        }
        String service = address.getScheme() + "://" + address.getAuthority();
        try (ThalwegClient client = ThalwegClient.at(service, "tinylicious",
                new InsecureTokenProvider(InsecureTokenProvider.DEVELOPMENT_KEY, NAME),
                ChannelTypes.of(SharedMap.TYPE, SharedOrMap.TALLY))) {
            Container container = client.getContainer(fragment.substring("doc=".length()), Tidying.SCHEMA).join();
            new Bot(client, container).work();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            System.err.println(service + " says: " + (cause == null ? e : cause).getMessage());
            System.exit(1);
        }
    }

    private void work() throws InterruptedException {
        Tidying tidying = new Tidying(container);
        client.run(() -> container.subscribe(event -> {
            if (event instanceof ContainerEvent.Closed) {
                closed.countDown();
            } else if (event instanceof ContainerEvent.Sequenced && due.compareAndSet(false, true)) {
                var unused = clock.schedule(() -> look(tidying), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            }
        })).join();
        client.connected(container).join();
        System.out.println("looking after " + client.call(container::documentId).join());
        look(tidying);
        closed.await();
        clock.shutdownNow();
    }

    /* One transaction, so that others never see the document half tidied. */
    private void look(Tidying tidying) {
        due.set(false);
        List<String> done = client.call(() -> first() ? container.runTransaction(tidying::tidy) : List.<String>of())
                .join();
        done.forEach(System.out::println);
    }

    /** Whether this is the bot that came first. The quorum is in the same order for everybody. */
    private boolean first() {
        for (String clientId : container.quorum().members().keySet()) {
            Client member = container.quorum().members().get(clientId).client();
            if (member.user().get("name") instanceof JsonString name && name.value().equals(NAME)) {
                return clientId.equals(container.clientId());
            }
        }
        return false;
    }
}
