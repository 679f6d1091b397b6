package dev.thalweg.samples.notes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Hands out the files of the page. It never hears of a note. */
public final class NotesHost {
    private static final Map<String, String> FILES = Map.of("", "text/html", "notes.css", "text/css", "notes.js",
            "text/javascript", "program.js", "text/javascript", "program.wasm-runtime.js", "text/javascript",
            "program.wasm", "application/wasm");

    private final Path page;

    private NotesHost(Path page) {
        this.page = page;
    }

    /** @param args the directory of the page, and the port to listen on, 0 for any that is free */
    public static void main(String[] args) throws IOException {
        HttpServer http = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1])), 0);
        NotesHost host = new NotesHost(Path.of(args[0]));
        http.createContext("/", host::answer);
        http.start();
        System.out.println("page http://localhost:" + http.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = exchange.getRequestURI().getPath().substring(1);
            String type = FILES.get(name);
            if (type == null || !exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] bytes = Files.readAllBytes(page.resolve(name.isEmpty() ? "index.html" : name));
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("Cache-Control", "no-cache");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
