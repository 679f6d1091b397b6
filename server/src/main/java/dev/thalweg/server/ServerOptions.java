package dev.thalweg.server;

import dev.thalweg.server.auth.Tenants;
import dev.thalweg.server.http.Endpoint;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a server is set up. Immutable; each {@code with} gives another.
 *
 * @param host       address to listen on
 * @param port       port to listen on, 0 for any free one
 * @param tenants    who may use it
 * @param limits     what it takes
 * @param pages      directory of the static pages, or null for {@code /site} on the class path
 * @param endpoints  further routes, by path
 * @param eventLoops threads that run sockets, at least 1
 */
public record ServerOptions(String host, int port, Tenants tenants, ServerLimits limits, @Nullable Path pages,
        Map<String, Endpoint> endpoints, int eventLoops) {
    /**
     * {@code 127.0.0.1:7070}, the development tenant, default limits, half as many event loops as there are processors:
     * the other half is left to the committer, to reads and to the collector.
     */
    public static final ServerOptions DEFAULT = new ServerOptions("127.0.0.1", 7070, Tenants.development(),
            ServerLimits.DEFAULT, null, Map.of(), Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    public ServerOptions {
        if (port < 0 || port > 65_535 || eventLoops < 1) {
            throw new IllegalArgumentException("port must be from 0 to 65535 and eventLoops at least 1, were " + port
                    + " and " + eventLoops);
        }
        endpoints = Map.copyOf(endpoints);
    }

    /** The same at another address. */
    public ServerOptions withAddress(String otherHost, int otherPort) {
        return new ServerOptions(otherHost, otherPort, tenants, limits, pages, endpoints, eventLoops);
    }

    /** The same for other tenants. */
    public ServerOptions withTenants(Tenants others) {
        return new ServerOptions(host, port, others, limits, pages, endpoints, eventLoops);
    }

    /** The same with other limits. */
    public ServerOptions withLimits(ServerLimits others) {
        return new ServerOptions(host, port, tenants, others, pages, endpoints, eventLoops);
    }

    /** The same with pages from a directory. */
    public ServerOptions withPages(@Nullable Path directory) {
        return new ServerOptions(host, port, tenants, limits, directory, endpoints, eventLoops);
    }

    /** The same with a further route. */
    public ServerOptions withEndpoint(String path, Endpoint endpoint) {
        Map<String, Endpoint> more = new HashMap<>(endpoints);
        more.put(path, endpoint);
        return new ServerOptions(host, port, tenants, limits, pages, more, eventLoops);
    }

    /** The same with another number of event loops. */
    public ServerOptions withEventLoops(int count) {
        return new ServerOptions(host, port, tenants, limits, pages, endpoints, count);
    }
}
