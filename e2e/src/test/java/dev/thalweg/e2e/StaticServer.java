package dev.thalweg.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Serves the files of one directory on a free local port, as a plain web host would. */
final class StaticServer implements AutoCloseable {
    private static final Map<String, String> MEDIA_TYPES = Map.of("html", "text/html; charset=utf-8", "js",
            "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8", "wasm", "application/wasm", "svg",
            "image/svg+xml", "woff2", "font/woff2", "json", "application/json");

    private final Path directory;
    private final Map<String, String> headers;
    private final HttpServer server;

    private StaticServer(Path directory, Map<String, String> headers, HttpServer server) {
        this.directory = directory;
        this.headers = headers;
        this.server = server;
    }

    static StaticServer of(Path directory) throws IOException {
        return of(directory, Map.of());
    }

    /** @param headers of every answer, besides those that describe the file */
    static StaticServer of(Path directory, Map<String, String> headers) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        StaticServer result = new StaticServer(directory.toRealPath(), headers, server);
        server.createContext("/", result::answer);
        server.start();
        return result;
    }

    /** The address of a file, whose path starts with a slash. */
    String address(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Path file = directory.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
            if (!file.startsWith(directory) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            String name = file.getFileName().toString();
            exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPES
                    .getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream"));
            byte[] bytes = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
