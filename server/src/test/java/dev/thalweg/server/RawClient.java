package dev.thalweg.server;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.server.auth.TestTokens;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client that speaks in frames over a real socket, and keeps everything it hears. */
public final class RawClient implements AutoCloseable, WebSocket.Listener {
    private static final long PATIENCE_SECONDS = 20;

    private final WebSocket socket;
    private final List<String> unread = new ArrayList<>();
    private final List<JsonObject> operations = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private volatile boolean reading = true;
    private String clientId = "";
    private String documentId = "";
    private int csn;

    private RawClient(TestServer server) throws Exception {
        socket = TestServer.HTTP.newWebSocketBuilder().buildAsync(server.socketUri(), this).get(PATIENCE_SECONDS,
                TimeUnit.SECONDS);
    }

    /** Opens a socket and waits for nothing. */
    public static RawClient knock(TestServer server) throws Exception {
        return new RawClient(server);
    }

    /** Opens a socket and enters the namespace. */
    public static RawClient open(TestServer server) throws Exception {
        RawClient client = new RawClient(server);
        client.frame(frame -> frame.startsWith("0{"));
        client.send("40");
        client.frame(frame -> frame.startsWith("40"));
        return client;
    }

    /** Opens a socket, connects to a document as a writer and waits for its own join. */
    public static RawClient write(TestServer server, String documentId) throws Exception {
        return connected(server, documentId, "write", Scopes.ALL, true, null);
    }

    /** Opens a socket and connects to a document as a reader. */
    public static RawClient read(TestServer server, String documentId) throws Exception {
        return connected(server, documentId, "read", Scopes.ALL, true, null);
    }

    /** Opens a socket and connects to a document as a summarizer. */
    public static RawClient summarizer(TestServer server, String documentId) throws Exception {
        return connected(server, documentId, "write", Scopes.ALL, true, "summarizer");
    }

    public static RawClient connected(TestServer server, String documentId, String mode, List<String> scopes,
            boolean v2, @Nullable String type) throws Exception {
        RawClient client = open(server);
        client.connect(documentId, mode, TestTokens.of(documentId, scopes), v2, type);
        if ("write".equals(text(client.accepted(), "mode"))) {
            client.op(op -> isType(op, "join") && op.toJson().contains(client.clientId));
        }
        return client;
    }

    public void connect(String document, String mode, @Nullable String token, boolean v2, @Nullable String type) {
        JsonObject details = JsonObject.builder()
                .put("capabilities", JsonObject.of("interactive", JsonValue.of(type == null)))
                .putIfPresent("type", type).put("environment", "test").build();
        JsonObject who = JsonObject.builder().put("details", details).put("permission", JsonArray.EMPTY)
                .put("scopes", JsonArray.EMPTY).put("user", JsonObject.of("id", JsonValue.of(""))).put("mode", mode)
                .build();
        JsonObject request = JsonObject.builder().put("client", who).put("id", document).put("mode", mode)
                .put("tenantId", TestServer.TENANT).putIfPresent("token", token)
                .put("versions", JsonArray.ofStrings(List.of("^0.4.0", "^0.3.0")))
                .putIfPresent("supportedFeatures", v2
                        ? JsonObject.of("submit_signals_v2", JsonValue.of(true))
                        : null)
                .build();
        documentId = document;
        event("connect_document", request);
    }

    /** Waits for the success and remembers the client id. */
    public JsonObject accepted() throws Exception {
        JsonObject success = (JsonObject) await("connect_document_success").get(1);
        clientId = success.string("clientId");
        csn = 0;
        return success;
    }

    public String clientId() {
        return clientId;
    }

    public void send(String frame) {
        socket.sendText(frame, true).join();
    }

    public void sendBytes(byte[] bytes) {
        socket.sendBinary(java.nio.ByteBuffer.wrap(bytes), true).join();
    }

    public void event(String name, JsonValue... arguments) {
        List<JsonValue> all = new ArrayList<>();
        all.add(JsonValue.of(name));
        all.addAll(List.of(arguments));
        send("42" + new JsonArray(all).toJson());
    }

    /** Submits an operation with the next client sequence number. */
    public void submit(int reference, String contents) {
        submit(message("op", ++csn, reference, JsonValue.of(contents)));
    }

    public void submit(JsonValue... messages) {
        event("submitOp", JsonValue.of(clientId), JsonArray.of(JsonArray.of(messages)));
    }

    public static JsonObject message(String type, int csn, int reference, @Nullable JsonValue contents) {
        return JsonObject.builder().putIfPresent("contents", contents).put("referenceSequenceNumber", reference)
                .put("type", type).put("clientSequenceNumber", csn).build();
    }

    public void signal(JsonValue... signals) {
        event("submitSignal", JsonValue.of(clientId), JsonArray.of(signals));
    }

    /** The next event of that name not asked for yet, as its array. Operations are kept apart, see {@link #ops}. */
    public JsonArray await(String name) throws Exception {
        String start = "42[\"" + name + "\"";
        return (JsonArray) JsonValue.parse(frame(frame -> frame.startsWith(start)).substring(2));
    }

    /** The one nack of the next frame with one: its content. */
    public JsonObject nack() throws Exception {
        JsonArray nacks = (JsonArray) await("nack").get(2);
        return ((JsonObject) nacks.get(0)).object("content");
    }

    /** The next frame not asked for yet that fits. */
    public synchronized String frame(Predicate<String> fits) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            for (int i = 0; i < unread.size(); i++) {
                if (fits.test(unread.get(i))) {
                    return unread.remove(i);
                }
            }
            pause(end, () -> "no such frame; unread: " + unread + ", closed: " + closed.getNow(null));
        }
    }

    /** Waits until the operation of a sequence number has come, and gives all that came. */
    public synchronized List<JsonObject> ops(int upTo) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (operations.isEmpty() || sn(operations.get(operations.size() - 1)) < upTo) {
            pause(end, () -> "only " + operations + ", closed: " + closed.getNow(null));
        }
        return List.copyOf(operations);
    }

    /** Waits until an operation fits, and gives it. */
    public synchronized JsonObject op(Predicate<JsonObject> fits) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            for (JsonObject operation : operations) {
                if (fits.test(operation)) {
                    return operation;
                }
            }
            pause(end, () -> "only " + operations);
        }
    }

    /** All operations that have come so far. */
    public synchronized List<JsonObject> operations() {
        return List.copyOf(operations);
    }

    /** All other frames that have come and were not asked for. */
    public synchronized List<String> unread() {
        return List.copyOf(unread);
    }

    /** Waits for the end of the connection: its status and reason. */
    public String closed() throws Exception {
        return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    /** Sends a ping event and waits for its answer: all that was sent before has been dealt with by this socket. */
    public void ping() throws Exception {
        send("427[\"ping\"]");
        frame(frame -> frame.equals("437[]"));
    }

    /** Stops taking anything from the network. */
    public void stopReading() {
        reading = false;
    }

    public static int sn(JsonObject operation) {
        return (int) ((JsonNumber) operation.get("sequenceNumber")).value();
    }

    public static int number(JsonObject object, String name) {
        return (int) ((JsonNumber) object.get(name)).value();
    }

    public static @Nullable String text(JsonObject object, String name) {
        JsonValue value = object.get(name);
        return value == null || value == JsonNull.NULL ? null : ((JsonString) value).value();
    }

    public static boolean isType(JsonObject operation, String type) {
        return type.equals(text(operation, "type"));
    }

    public String documentId() {
        return documentId;
    }

    private void pause(long end, Supplier<String> failure) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
            throw new AssertionError(failure.get());
        }
        wait(left);
    }

    @Override
    public void onOpen(WebSocket opened) {
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            take(partial.toString());
            partial.setLength(0);
        }
        if (reading) {
            from.request(1);
        }
        return null;
    }

    private synchronized void take(String frame) {
        if (frame.equals("2")) {
            socket.sendText("3", true);
        } else if (frame.startsWith("42[\"op\"")) {
            try {
                JsonArray event = (JsonArray) JsonValue.parse(frame.substring(2));
                for (JsonValue operation : ((JsonArray) event.get(2)).values()) {
                    operations.add((JsonObject) operation);
                }
            } catch (ProtocolException e) {
                throw new AssertionError(frame, e);
            }
        } else {
            unread.add(frame);
        }
        notifyAll();
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete("error " + error);
    }

    /** Leaves in an orderly way. */
    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(failure -> socket).join();
        }
    }

    /** Drops the connection. */
    public void cut() {
        socket.abort();
    }
}
