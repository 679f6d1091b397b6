package dev.thalweg.web.size;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;

/** A program with one SharedMap. */
public final class MapProgram {
    private static @Nullable Opened opened;

    private MapProgram() {}

    /** Nothing happens until a document is opened. */
    public static void main(String[] arguments) {}

    /** Opens a document, or makes one when the id is empty. */
    @JSExport
    public static void open(String url, String tenant, String token, String documentId) {
        opened = new Opened(url, tenant, token, ChannelTypes.of(SharedMap.TYPE),
                ContainerSchema.builder().object("map", SharedMap.TYPE).build());
        if (documentId.isEmpty()) {
            opened.create();
        } else {
            opened.load(documentId);
        }
    }

    /** Listens to the map. */
    @JSExport
    public static void listen() {
        map().subscribe(event -> document().heard(read()));
        document().container().subscribe(event -> document().heard(read()));
    }

    /** Sets a key to a value given as JSON. */
    @JSExport
    public static void set(String key, String json) throws ProtocolException {
        map().set(key, JsonValue.parse(json));
    }

    /** Takes a key out. */
    @JSExport
    public static void delete(String key) {
        map().delete(key);
    }

    /** All there is, as JSON. */
    @JSExport
    public static String read() {
        return map().snapshot().toJson();
    }

    /** Cuts the connection, or connects again. */
    @JSExport
    public static void link(boolean up) {
        if (up) {
            document().container().connect();
        } else {
            document().container().disconnect();
        }
    }

    /** Writes a summary. */
    @JSExport
    public static void summarize() {
        document().summarize();
    }

    /** What was heard last. */
    @JSExport
    public static String said() {
        return document().said();
    }

    private static SharedMap map() {
        return document().container().object("map", SharedMap.TYPE);
    }

    private static Opened document() {
        Opened document = opened;
        if (document == null) {
            throw new IllegalStateException("open a document first");
        }
        return document;
    }
}
