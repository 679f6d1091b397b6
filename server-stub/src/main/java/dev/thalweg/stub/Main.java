package dev.thalweg.stub;

import dev.thalweg.jvm.journal.FileJournal;
import dev.thalweg.jvm.journal.QueuedJournal;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.server.ServerException;
import dev.thalweg.server.ServerLimits;
import dev.thalweg.server.ServerOptions;
import dev.thalweg.server.ThalwegServer;
import dev.thalweg.server.auth.Tenants;
import dev.thalweg.server.storage.DocumentStore;
import dev.thalweg.server.storage.MemoryStore;
import dev.thalweg.server.storage.SqliteStore;
import dev.thalweg.server.storage.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the server with the demo pages, prints its address, and stops in an orderly way when it is told to. */
@Command(name = "thalweg-server-stub", mixinStandardHelpOptions = true, version = "0.1.0-SNAPSHOT", sortOptions = false, description = "The Thalweg ordering service with an embedded store and the demo pages.")
public final class Main implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--port", defaultValue = "7070", description = "Port to listen on, 0 for any free one (default ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (default ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(names = "--data", paramLabel = "DIR", description = "Directory that keeps the documents (default thalweg-data).")
    private @Nullable Path data;

    @Option(names = "--memory", description = "Keep the documents in memory only.")
    private boolean memory;

    @Option(names = "--tenant", paramLabel = "ID:KEY", description = "A tenant and the key of its tokens; may be repeated. Without any: tinylicious:12345, for development, which everybody knows. With any: only those named.")
    private List<String> tenants = List.of();

    @Option(names = "--pages", paramLabel = "DIR", description = "Directory with other pages than the built-in ones.")
    private @Nullable Path pages;

    @Option(names = "--rate", paramLabel = "N", description = "Messages a second that one connection may send (default 10000).")
    private @Nullable Integer rate;

    @Option(names = "--max-sockets", paramLabel = "N", description = "Connections at once, over all documents (default 10000).")
    private @Nullable Integer maxSockets;

    @Option(names = "--peer", paramLabel = "URL", description = "Another server with the same tenants, to carry the events of local-first documents to and from; may be repeated.")
    private List<String> peers = List.of();

    @Option(names = "--no-demo", description = "Give the demo page no tokens and start no clients for it.")
    private boolean noDemo;

    @Option(names = "--demo", description = "With --tenant: give whoever asks a token of the first tenant, as the demo page needs.")
    private boolean demo;

    private final AtomicReference<String> address = new AtomicReference<>("");

    public static void main(String[] arguments) {
        int status = new CommandLine(new Main()).execute(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() {
        if (memory && data != null) {
            throw wrong("--memory and --data exclude each other");
        }
        Map<String, String> keys = keys();
        warn(keys);
        try {
            Path folder = data == null ? Path.of("thalweg-data") : data;
            DocumentStore store = memory ? new MemoryStore() : SqliteStore.open(folder);
            List<AutoCloseable> parts = new ArrayList<>();
            ThalwegServer server = ThalwegServer.start(withDemo(options(keys), keys), store, journals(folder, parts));
            address.set(server.address());
            parts.add(0, server);
            if (!peers.isEmpty()) {
                parts.add(0, Peering.start(server, peers, keys));
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(parts), "thalweg-stop"));
            System.out.println(server.address());
            return 0;
        } catch (StoreException | ServerException | IOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    /* Documents that need no order are kept beside those that do. */
    private Function<Executor, Journal> journals(Path folder, List<AutoCloseable> parts) throws IOException {
        if (memory) {
            return outcomes -> new MemoryJournal();
        }
        FileJournal files = FileJournal.open(folder.resolve("local-first"), (file, from, length, reason) -> System.err
                .println(file + ", byte " + from + ": " + reason));
        return outcomes -> {
            QueuedJournal journal = new QueuedJournal(files, outcomes);
            parts.add(journal);
            return journal;
        };
    }

    private ServerOptions options(Map<String, String> keys) {
        ServerLimits limits = ServerLimits.DEFAULT;
        if (rate != null) {
            if (rate < 1) {
                throw wrong("--rate must be at least 1, was " + rate);
            }
            limits = limits.withRate(rate, (int) Math.min(Integer.MAX_VALUE, 2L * rate));
        }
        if (maxSockets != null) {
            if (maxSockets < 1) {
                throw wrong("--max-sockets must be at least 1, was " + maxSockets);
            }
            limits = limits.withMaxSockets(maxSockets);
        }
        return ServerOptions.DEFAULT.withAddress(host, port).withTenants(Tenants.of(keys)).withLimits(limits)
                .withPages(pages);
    }

    /*
     * The demo's documents belong to the first tenant, and whoever asks gets a token for them. With a key that everybody
     * knows that gives nothing away; with any other it has to be wished for.
     */
    private ServerOptions withDemo(ServerOptions options, Map<String, String> keys) {
        if (noDemo || !tenants.isEmpty() && !demo) {
            return options;
        }
        Map.Entry<String, String> first = keys.entrySet().iterator().next();
        DemoTokens tokens = new DemoTokens(first.getKey(), first.getValue());
        return options.withEndpoint(DemoTokens.PATH, tokens).withEndpoint(DemoClients.PATH,
                new DemoClients(tokens, address::get));
    }

    private Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String tenant : tenants) {
            int colon = tenant.indexOf(':');
            if (colon < 1 || colon == tenant.length() - 1) {
                throw wrong("--tenant must be ID:KEY, was '" + tenant + "'");
            }
            keys.put(tenant.substring(0, colon), tenant.substring(colon + 1));
        }
        if (keys.isEmpty()) {
            keys.put(Tenants.DEVELOPMENT_TENANT, Tenants.DEVELOPMENT_KEY);
        }
        return keys;
    }

    private void warn(Map<String, String> keys) {
        try {
            if (Tenants.DEVELOPMENT_KEY.equals(keys.get(Tenants.DEVELOPMENT_TENANT))
                    && !InetAddress.getByName(host).isLoopbackAddress()) {
                System.err.println("Everybody who can reach " + host
                        + " can use this server: its only key is public. Give it tenants with --tenant ID:KEY.");
            }
        } catch (UnknownHostException e) {
            throw wrong("--host must be an address of this machine, was '" + host + "'");
        }
    }

    private static void stop(List<AutoCloseable> parts) {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                System.err.println(e.getMessage());
            }
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(new CommandLine(spec == null ? CommandSpec.create() : spec), message);
    }
}
