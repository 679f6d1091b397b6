package dev.thalweg.stub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the server with the demo pages and prints their address. For now it serves the pages alone. */
@Command(name = "thalweg-server-stub", mixinStandardHelpOptions = true, version = "0.1.0-SNAPSHOT", sortOptions = false, description = "The Thalweg ordering service with an embedded store and the demo pages.")
public final class Main implements Callable<Integer> {
    private static final Map<String, String> MEDIA_TYPES = Map.of("html", "text/html; charset=utf-8", "js",
            "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8", "wasm", "application/wasm", "svg",
            "image/svg+xml", "json", "application/json", "map", "application/json", "woff2", "font/woff2");

    @Option(names = "--port", defaultValue = "7070", description = "Port to listen on (default ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--host", defaultValue = "localhost", description = "Address to listen on (default ${DEFAULT-VALUE}).")
    private String host = "localhost";

    @Option(names = "--data", paramLabel = "DIR", description = "Directory that keeps the documents.")
    private @Nullable Path data;

    @Option(names = "--memory", description = "Keep the documents in memory only.")
    private boolean memory;

    public static void main(String[] arguments) {
        int status = new CommandLine(new Main()).execute(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() throws IOException {
        if (memory && data != null) {
            System.err.println("--memory and --data exclude each other.");
            return 2;
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.createContext("/", Main::page);
        server.start();
        System.out.println("http://" + host + ":" + server.getAddress().getPort() + "/");
        return 0;
    }

    private static void page(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String name = "/site" + (path.endsWith("/") ? path + "index.html" : path);
            try (InputStream file = name.contains("..") ? null : Main.class.getResourceAsStream(name)) {
                if (file == null) {
                    exchange.sendResponseHeaders(404, -1);
                    return;
                }
                byte[] bytes = file.readAllBytes();
                String extension = name.substring(name.lastIndexOf('.') + 1);
                exchange.getResponseHeaders().set("Content-Type",
                        MEDIA_TYPES.getOrDefault(extension, "application/octet-stream"));
                exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }
}
