package dev.thalweg.e2e;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonNumber;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A document as a {@link StockClient} has it. Objects go by the keys of the schema, or the names they were given later. */
final class StockDocument {
    private final StockClient client;
    private final String name;

    StockDocument(StockClient client, String name) {
        this.client = client;
        this.name = name;
    }

    StockClient client() {
        return client;
    }

    /** Gives the document to the service. @return its id */
    String attach() {
        return text(ask("attach"));
    }

    /** Calls a method of an object and waits for what it returns. */
    JsonValue call(String object, String method, @Nullable Object... values) {
        return ((JsonArray) turn(List.of(line(object, method, values)))).get(0);
    }

    /** Calls a method of an object. */
    CompletableFuture<JsonValue> begin(String object, String method, @Nullable Object... values) {
        return client.begin("call", details().put("calls", JsonArray.of(line(object, method, values))).build());
    }

    /** Makes calls in one turn of the program: what the client sends of them is one batch. */
    JsonValue turn(List<JsonValue> calls) {
        return client.ask("call", details().put("calls", new JsonArray(calls)).build());
    }

    /** One call of a turn. */
    static JsonValue line(String object, String method, @Nullable Object... values) {
        List<JsonValue> line = new ArrayList<>(List.of(JsonValue.of(object), JsonValue.of(method)));
        for (Object value : values) {
            line.add(json(value));
        }
        return new JsonArray(line);
    }

    /** What a person would see in each object, by name. */
    JsonObject state() {
        return (JsonObject) ask("state");
    }

    /** The same of one object. */
    JsonValue state(String object) {
        JsonValue state = state().get(object);
        return state == null ? JsonNull.NULL : state;
    }

    /** Makes an object and puts its handle into a map. */
    void make(String kind, String object, String map, String key) {
        client.ask("make", details().put("type", kind).put("name", object).put("map", map).put("key", key).build());
    }

    /** Finds an object that somebody made by its handle in a map. */
    void find(String kind, String object, String map, String key) {
        client.ask("find", details().put("type", kind).put("name", object).put("map", map).put("key", key).build());
    }

    /** Uploads a text as an attachment and puts its handle into a map. */
    void upload(String text, String map, String key) {
        client.ask("upload", details().put("text", text).put("map", map).put("key", key).build());
    }

    /** The text of an attachment whose handle is in a map. */
    String download(String map, String key) {
        return text(client.ask("download", details().put("map", map).put("key", key).build()));
    }

    /** Whether it is connected, has unsaved edits, is closed and why, and how far it has read. */
    JsonObject connection() {
        return (JsonObject) ask("connection");
    }

    void connected() {
        ask("connected");
    }

    void saved() {
        ask("saved");
    }

    void connect() {
        ask("connect");
    }

    void disconnect() {
        ask("disconnect");
    }

    /** How many are in the document, by its audience. */
    int members() {
        return (int) ((JsonNumber) ask("members")).value();
    }

    void listen() {
        ask("listen");
    }

    void signal(String type, Object content) {
        client.ask("signal", details().put("type", type).put("content", json(content)).build());
    }

    JsonArray signals() {
        return (JsonArray) ask("signals");
    }

    /** Shows the others a value, by presence. */
    void present(Object value) {
        client.ask("present", details().put("value", json(value)).build());
    }

    /** What the others show. */
    JsonArray presences() {
        return (JsonArray) ask("presences");
    }

    void dispose() {
        ask("dispose");
    }

    private JsonValue ask(String command) {
        return client.ask(command, details().build());
    }

    private JsonObject.Builder details() {
        return JsonObject.builder().put("doc", name);
    }

    private static String text(JsonValue value) {
        return ((JsonString) value).value();
    }

    private static JsonValue json(@Nullable Object value) {
        return switch (value) {
            case null -> JsonNull.NULL;
            case JsonValue json -> json;
            case String text -> JsonValue.of(text);
            case Boolean truth -> JsonValue.of(truth);
            case Number number -> JsonValue.of(number.doubleValue());
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        };
    }
}
