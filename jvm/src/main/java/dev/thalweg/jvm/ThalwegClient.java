package dev.thalweg.jvm;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.ConnectionState;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerEvent;
import dev.thalweg.container.ContainerOptions;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.container.ServiceAudience;
import dev.thalweg.container.SummaryPolicy;
import dev.thalweg.container.SummaryReport;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Handle;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.driver.ServiceEndpoint;
import dev.thalweg.driver.SocketIoServiceFactory;
import dev.thalweg.driver.TokenProvider;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import dev.thalweg.presence.Presence;
import dev.thalweg.protocol.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A client program's way to documents. It has one thread on which all its containers live: what is returned as a future
 * comes from there, and containers and their objects are used there only, through {@link #call} and {@link #run}.
 *
 * <pre>{@code
 * ContainerSchema schema = ContainerSchema.builder().object("votes", SharedCounter.TYPE).build();
 * try (ThalwegClient client = ThalwegClient.at("http://localhost:7070", "tinylicious",
 *         new InsecureTokenProvider("12345", "Ada"), ChannelTypes.of(SharedCounter.TYPE))) {
 *     Container container = client.createContainer(schema).join();
 *     String id = client.attach(container).join();
 *     client.run(() -> container.object("votes", SharedCounter.TYPE).increment(1)).join();
 *     client.saved(container).join();
 * }
 * }</pre>
 */
public final class ThalwegClient implements AutoCloseable {
    private final JvmPlatform machine = new JvmPlatform();
    private final ContainerServices services;
    private final List<Container> containers = new ArrayList<>();

    private ThalwegClient(ServiceEndpoint endpoint, TokenProvider tokens, ChannelTypes types, Client client,
            @Nullable SummaryPolicy summaries) {
        SocketIoServiceFactory service = new SocketIoServiceFactory(machine.platform(), endpoint, tokens);
        ContainerServices plain = new ContainerServices(service, machine.platform().timers(),
                machine.platform().ids(), types, ContainerOptions.DEFAULT, client);
        services = summaries == null ? plain : plain.withSummaries(summaries);
    }

    /**
     * A client of the service at a URL; nothing is sent yet.
     *
     * @param url    beginning with {@code http://} or {@code https://}
     * @param tenant the tenant's id
     * @param types  the structures this program knows
     */
    public static ThalwegClient at(String url, String tenant, TokenProvider tokens, ChannelTypes types) {
        return at(ServiceEndpoint.at(url, tenant), tokens, types, ContainerServices.WRITER);
    }

    /**
     * A client of a service whose parts may have URLs of their own; nothing is sent yet.
     *
     * @param client what it says of itself: whether it writes, whether a person is at it. Services let only those that
     *               are not interactive write summaries
     */
    public static ThalwegClient at(ServiceEndpoint endpoint, TokenProvider tokens, ChannelTypes types,
            Client client) {
        return new ThalwegClient(endpoint, tokens, types, client, null);
    }

    /**
     * A client that sees to the summaries of its documents whenever that is on it; nothing is sent yet.
     *
     * @param summaries when they are written, for example
     *                  {@link dev.thalweg.container.AutomaticSummaries#DEFAULT}
     */
    public static ThalwegClient at(ServiceEndpoint endpoint, TokenProvider tokens, ChannelTypes types, Client client,
            SummaryPolicy summaries) {
        return new ThalwegClient(endpoint, tokens, types, client, summaries);
    }

    /** A new document, detached: edit it at will, then {@link #attach} it. */
    public CompletableFuture<Container> createContainer(ContainerSchema schema) {
        return call(() -> kept(Container.create(services, schema)));
    }

    /** Gives a detached document to the service. @return its id, or a {@link ServiceException} */
    public CompletableFuture<String> attach(Container container) {
        return machine.ask(container::attach);
    }

    /** Reads a document, which then connects by itself. @return a {@link ServiceException} when it cannot be read */
    public CompletableFuture<Container> getContainer(String documentId, ContainerSchema schema) {
        return machine.ask(outcome -> Container.load(services, documentId, schema, new Outcome<>() {
            @Override
            public void succeeded(Container container) {
                outcome.succeeded(kept(container));
            }

            @Override
            public void failed(Failure failure) {
                outcome.failed(failure);
            }
        }));
    }

    /** Adds an empty channel to a document; {@link Container#path} gives what others find it by. */
    public <C extends SharedObject<?, ?>> CompletableFuture<C> create(Container container, ChannelType<C> type) {
        return call(() -> container.create(type));
    }

    /** Makes edits that travel as one batch, all of them or none. @return what they threw, in which case there are none */
    public CompletableFuture<@Nullable Void> runTransaction(Container container, Runnable edits) {
        return run(() -> container.runTransaction(edits));
    }

    /** The people at a document, kept up to date on the client's thread. */
    public CompletableFuture<ServiceAudience> audience(Container container) {
        return call(() -> ServiceAudience.of(container));
    }

    /** Takes part in the presence at a document. */
    public CompletableFuture<Presence> presence(Container container) {
        return call(() -> Presence.of(container, services.timers(), services.ids()));
    }

    /** Closes a container for good. Edits that are not acknowledged are lost. */
    public CompletableFuture<@Nullable Void> dispose(Container container) {
        return run(() -> {
            container.dispose();
            containers.removeIf(kept -> kept == container);
        });
    }

    /** Writes a summary of a document. @return what was written, or a {@link ServiceException} */
    public CompletableFuture<SummaryReport> summarize(Container container) {
        return machine.ask(container::summarize);
    }

    /**
     * Uploads bytes that are too large for an operation and makes them part of the document.
     *
     * @return a handle to be stored in a value, once every client can read them; or a {@link ServiceException}
     */
    public CompletableFuture<Handle> uploadBlob(Container container, byte[] bytes) {
        return machine.ask(outcome -> container.uploadBlob(bytes, outcome));
    }

    /** Reads a blob that a handle names. @return its bytes, or a {@link ServiceException} */
    public CompletableFuture<byte[]> readBlob(Container container, Handle handle) {
        return machine.ask(outcome -> container.readBlob(handle, outcome));
    }

    /** Done when the container is connected; fails when it is closed before. */
    public CompletableFuture<@Nullable Void> connected(Container container) {
        return until(container, () -> container.connectionState() == ConnectionState.CONNECTED);
    }

    /** Done when no edit made here is without acknowledgement; fails when the container is closed before. */
    public CompletableFuture<@Nullable Void> saved(Container container) {
        return until(container, () -> !container.dirty());
    }

    /** Runs something on the client's thread. @return its result, or what it threw */
    public <T extends @Nullable Object> CompletableFuture<T> call(Callable<T> task) {
        return machine.call(task);
    }

    /** Runs something on the client's thread. */
    public CompletableFuture<@Nullable Void> run(Runnable task) {
        return machine.run(task);
    }

    /** Disposes of all containers and ends the thread. Edits that are not acknowledged are lost. */
    @Override
    public void close() {
        var unused = run(() -> {
            containers.forEach(Container::dispose);
            containers.clear();
        });
        machine.close();
    }

    private Container kept(Container container) {
        containers.add(container);
        return container;
    }

    private CompletableFuture<@Nullable Void> until(Container container, BooleanSupplier met) {
        CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
        var unused = run(() -> {
            if (container.connectionState() == ConnectionState.CLOSED) {
                settle(future, Failure.permanent(0, "the container is closed"));
            } else if (met.getAsBoolean()) {
                settle(future, null);
            } else {
                Subscription[] subscription = new Subscription[1];
                subscription[0] = container.subscribe(event -> {
                    Failure end = event instanceof ContainerEvent.Closed closed ? closed.failure() : null;
                    if (end != null || met.getAsBoolean()) {
                        subscription[0].cancel();
                        settle(future, end);
                    }
                });
            }
        }).exceptionally(error -> {
            future.completeExceptionally(error);
            return null;
        });
        return future;
    }

    private static void settle(CompletableFuture<@Nullable Void> future, @Nullable Failure failure) {
        if (failure == null) {
            future.complete(null);
        } else {
            future.completeExceptionally(new ServiceException(failure));
        }
    }
}
