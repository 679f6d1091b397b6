package dev.thalweg.samples.tasks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.thalweg.container.Container;
import dev.thalweg.json.JsonObject;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.ThalwegClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/**
 * A service of an ordinary back end: it has the task list as any client of the document has it, and offers it to programs
 * that know nothing of shared documents. {@code GET /tasks} gives the list, {@code POST /tasks} puts the body on it,
 * {@code /} is the page, which is a client of the document itself.
 */
public final class TaskService {
    private static final Map<String, String> PAGE = Map.of("/", "index.html", "/page.js", "page.js");
    private static final int LONGEST_BODY = 10_000;

    private final Path page;
    private final String settings;
    private final ThalwegClient client;
    private final Container container;
    private final TaskList list;

    private TaskService(Path page, String settings, ThalwegClient client, Container container, TaskList list) {
        this.page = page;
        this.settings = settings;
        this.client = client;
        this.container = container;
        this.list = list;
    }

    /** @param args the directory of the page, the ordering service's URL, the port to listen on, and a document's id or nothing */
    public static void main(String[] args) throws IOException {
        String url = args[1];
        ThalwegClient client = ThalwegClient.at(url, "tinylicious",
                new InsecureTokenProvider(InsecureTokenProvider.DEVELOPMENT_KEY, "Task service"), TaskList.types());
        try {
            String id;
            Container container;
            if (args.length > 3) {
                id = args[3];
                container = client.getContainer(id, TaskList.schema()).join();
            } else {
                container = client.createContainer(TaskList.schema()).join();
                id = client.attach(container).join();
            }
            TaskList list = client.call(() -> new TaskList(container)).join();
            String settings = JsonObject.builder().put("document", id).put("port", URI.create(url).getPort()).build()
                    .toJson();
            HttpServer http = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[2])), 0);
            TaskService service = new TaskService(Path.of(args[0]), settings, client, container, list);
            http.createContext("/", service::answer);
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.start();
            System.out.println("document " + id);
            System.out.println("page http://localhost:" + http.getAddress().getPort() + "/");
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            System.err.println(url + " says: " + (cause == null ? e : cause).getMessage());
            System.exit(1);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            String file = PAGE.get(exchange.getRequestURI().getPath());
            if (what.equals("GET /tasks")) {
                reply(exchange, 200, "application/json", client.call(list::toJson).join());
            } else if (what.equals("POST /tasks")) {
                reply(exchange, add(text(exchange)), "text/plain", "");
            } else if (what.equals("GET /settings")) {
                reply(exchange, 200, "application/json", settings);
            } else if (exchange.getRequestMethod().equals("GET") && file != null) {
                reply(exchange, 200, file.endsWith(".js") ? "text/javascript" : "text/html",
                        Files.readString(page.resolve(file)));
            } else {
                reply(exchange, 404, "text/plain", "");
            }
        }
    }

    /* The answer goes out once the ordering service has the task, so that whoever asked can rely on it. */
    private int add(String title) {
        try {
            client.run(() -> list.add(title)).join();
            client.saved(container).join();
            return 201;
        } catch (CompletionException e) {
            return e.getCause() instanceof IllegalArgumentException ? 400 : 503;
        }
    }

    private static String text(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
    }

    private static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
