package dev.thalweg.container;

import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Timers;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectionMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a container needs of the world around it.
 *
 * @param service   where documents live
 * @param timers    the clock
 * @param ids       chance
 * @param types     the structures this program knows
 * @param options   waiting times and limits
 * @param client    who asks; its mode decides whether the container may edit
 * @param summaries who sees to summaries, or null when this program does not
 */
public record ContainerServices(
        ServiceFactory service,
        Timers timers,
        Ids ids,
        ChannelTypes types,
        ContainerOptions options,
        Client client,
        @Nullable SummaryPolicy summaries) {

    /** An interactive client that reads and writes, of whom the service knows what its token says. */
    public static final Client WRITER = client(ConnectionMode.WRITE, true, null);

    /** An interactive client that only reads. */
    public static final Client READER = client(ConnectionMode.READ, true, null);

    /** A client that writes summaries: the service lets no interactive one do that. */
    public static final Client SUMMARIZER = client(ConnectionMode.WRITE, false, "summarizer");

    /** For a client that does not see to summaries by itself. */
    public ContainerServices(ServiceFactory service, Timers timers, Ids ids, ChannelTypes types,
            ContainerOptions options, Client client) {
        this(service, timers, ids, types, options, client, null);
    }

    /** With the usual options, for a client that reads and writes. */
    public ContainerServices(ServiceFactory service, Timers timers, Ids ids, ChannelTypes types) {
        this(service, timers, ids, types, ContainerOptions.DEFAULT, WRITER);
    }

    /** The same for another client, which does not see to summaries by itself. */
    public ContainerServices as(Client other) {
        return new ContainerServices(service, timers, ids, types, options, other);
    }

    /**
     * The same with summaries that are written when a policy says so, whenever it is on this client to see to them; for a
     * client that writes. Others can tell by its environment.
     */
    public ContainerServices withSummaries(SummaryPolicy policy) {
        return new ContainerServices(service, timers, ids, types, options,
                new Client(client.mode(), client.interactive(), client.type(), Election.SUMMARIES, client.user(),
                        client.scopes()),
                policy);
    }

    /** The same for a program that knows other structures. */
    ContainerServices knowing(ChannelTypes others) {
        return new ContainerServices(service, timers, ids, others, options, client, summaries);
    }

    private static Client client(ConnectionMode mode, boolean interactive, @Nullable String type) {
        return new Client(mode, interactive, type, Election.ENVIRONMENT, JsonObject.of("id", JsonValue.of("")),
                List.of());
    }
}
