package dev.thalweg.container;

import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Timers;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectionMode;
import java.util.List;

/**
 * All that a container needs of the world around it.
 *
 * @param service where documents live
 * @param timers  the clock
 * @param ids     chance
 * @param types   the structures this program knows
 * @param options waiting times and limits
 * @param client  who asks; its mode decides whether the container may edit
 */
public record ContainerServices(
        ServiceFactory service, Timers timers, Ids ids, ChannelTypes types, ContainerOptions options, Client client) {

    /** An interactive client that reads and writes, of whom the service knows what its token says. */
    public static final Client WRITER = new Client(ConnectionMode.WRITE, true, null, null,
            JsonObject.of("id", JsonValue.of("")), List.of());

    /** An interactive client that only reads. */
    public static final Client READER = new Client(ConnectionMode.READ, true, null, null,
            JsonObject.of("id", JsonValue.of("")), List.of());

    /** A client that writes summaries: the service lets no interactive one do that. */
    public static final Client SUMMARIZER = new Client(ConnectionMode.WRITE, false, "summarizer", null,
            JsonObject.of("id", JsonValue.of("")), List.of());

    /** With the usual options, for a client that reads and writes. */
    public ContainerServices(ServiceFactory service, Timers timers, Ids ids, ChannelTypes types) {
        this(service, timers, ids, types, ContainerOptions.DEFAULT, WRITER);
    }

    /** The same for another client. */
    public ContainerServices as(Client other) {
        return new ContainerServices(service, timers, ids, types, options, other);
    }
}
