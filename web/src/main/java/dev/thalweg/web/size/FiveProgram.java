package dev.thalweg.web.size;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.claims.SharedClaims;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.dds.pncounter.SharedPnCounter;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;

/** A program with all five structures, the OR-map in both of its modes. */
public final class FiveProgram {
    private static @Nullable Opened opened;

    private FiveProgram() {}

    /** Nothing happens until a document is opened. */
    public static void main(String[] arguments) {}

    /** Opens a document, or makes one when the id is empty. */
    @JSExport
    public static void open(String url, String tenant, String token, String documentId) {
        opened = new Opened(url, tenant, token,
                ChannelTypes.of(SharedMap.TYPE, SharedCounter.TYPE, SharedPnCounter.TYPE, SharedOrMap.TALLY,
                        SharedOrMap.REGISTER, SharedClaims.TYPE),
                ContainerSchema.builder().object("map", SharedMap.TYPE).object("counter", SharedCounter.TYPE)
                        .object("balance", SharedPnCounter.TYPE).object("tallies", SharedOrMap.TALLY)
                        .object("registers", SharedOrMap.REGISTER).object("claims", SharedClaims.TYPE).build());
        if (documentId.isEmpty()) {
            opened.create();
        } else {
            opened.load(documentId);
        }
    }

    /** Listens to everything. */
    @JSExport
    public static void listen() {
        Opened document = document();
        container().object("map", SharedMap.TYPE).subscribe(event -> document.heard(read()));
        container().object("counter", SharedCounter.TYPE).subscribe(event -> document.heard(read()));
        container().object("balance", SharedPnCounter.TYPE).subscribe(event -> document.heard(read()));
        tallies().subscribe(event -> document.heard(read()));
        registers().subscribe(event -> document.heard(read()));
        claims().subscribe(event -> document.heard(read()));
        container().subscribe(event -> document.heard(read()));
    }

    /** Sets a key to a value given as JSON, in the map and in a register. */
    @JSExport
    public static void set(String key, String json) throws ProtocolException {
        container().object("map", SharedMap.TYPE).set(key, JsonValue.parse(json));
        registers().set(key, JsonValue.parse(json));
    }

    /** Takes a key out everywhere. */
    @JSExport
    public static void delete(String key) {
        container().object("map", SharedMap.TYPE).delete(key);
        registers().remove(key);
        tallies().remove(key);
    }

    /** Counts on everything that counts. */
    @JSExport
    public static void count(String key, int amount) {
        container().object("counter", SharedCounter.TYPE).increment(amount);
        container().object("balance", SharedPnCounter.TYPE).update(amount);
        tallies().increment(key, amount);
    }

    /** Claims a key, or sets it free. */
    @JSExport
    public static void claim(String key, String holder) {
        if (holder.isEmpty()) {
            claims().release(key, outcome -> document().heard(read()));
        } else {
            claims().claim(key, JsonValue.of(holder), outcome -> document().heard(read()));
        }
    }

    /** All there is, as JSON. */
    @JSExport
    public static String read() {
        return container().object("map", SharedMap.TYPE).snapshot().toJson()
                + container().object("counter", SharedCounter.TYPE).snapshot().toJson()
                + container().object("balance", SharedPnCounter.TYPE).snapshot().toJson()
                + tallies().snapshot().toJson()
                + registers().snapshot().toJson() + claims().snapshot().toJson();
    }

    /** Cuts the connection, or connects again. */
    @JSExport
    public static void link(boolean up) {
        if (up) {
            container().connect();
        } else {
            container().disconnect();
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

    private static SharedOrMap tallies() {
        return container().object("tallies", SharedOrMap.TALLY);
    }

    private static SharedOrMap registers() {
        return container().object("registers", SharedOrMap.REGISTER);
    }

    private static SharedClaims claims() {
        return container().object("claims", SharedClaims.TYPE);
    }

    private static Container container() {
        return document().container();
    }

    private static Opened document() {
        Opened document = opened;
        if (document == null) {
            throw new IllegalStateException("open a document first");
        }
        return document;
    }
}
