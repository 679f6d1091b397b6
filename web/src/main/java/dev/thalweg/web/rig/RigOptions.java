package dev.thalweg.web.rig;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.List;

/**
 * What the page or the element asked for.
 *
 * @param structures    which sheets, all when empty
 * @param server        the service's address, empty for the one that served the page
 * @param document      the document to join, empty for a new one
 * @param latency       milliseconds each way at the beginning
 * @param loopback      whether to stay inside the page
 * @param clients       2 or 3
 * @param embedded      whether somebody else's page is around
 * @param target        {@code wasm-gc} or {@code js}: what this program was compiled to
 * @param base          the address of the site
 * @param loadMillis    from the first request for the program to its start
 * @param transferBytes of the program as it travelled, 0 when the browser does not tell
 */
public record RigOptions(List<String> structures, String server, String document, int latency, boolean loopback,
        int clients, boolean embedded, String target, String base, int loadMillis, int transferBytes) {
    /** The delay each way when nobody asks for another one. */
    public static final int USUAL_LATENCY = 300;
    /** The longest delay each way. */
    public static final int MAX_LATENCY = 2000;

    public RigOptions {
        structures = List.copyOf(structures);
    }

    /** Reads what the loader sends. What is out of range is brought into it. @param usual latency when none is given */
    public static RigOptions read(String json, int usual) throws ProtocolException {
        JsonObject object = JsonCasts.object(JsonValue.parse(json), "options");
        return new RigOptions(object.optionalArray("structures").strings(), text(object, "server"),
                text(object, "document"), object.has("latency") ? number(object, "latency", 0, MAX_LATENCY) : usual,
                object.optionalBool("loopback", false), number(object, "clients", 2, 3),
                object.optionalBool("embedded", false), text(object, "target"), text(object, "base"),
                number(object, "loadMillis", 0, Integer.MAX_VALUE),
                number(object, "transferBytes", 0, Integer.MAX_VALUE));
    }

    /** The service's address over HTTP, without a slash at the end. */
    public String service() {
        String address = server.isEmpty() ? base : server;
        if (address.startsWith("ws://") || address.startsWith("wss://")) {
            address = "http" + address.substring(2);
        }
        while (address.endsWith("/")) {
            address = address.substring(0, address.length() - 1);
        }
        return address;
    }

    private static String text(JsonObject object, String name) throws ProtocolException {
        String value = object.optionalString(name);
        return value == null ? "" : value;
    }

    private static int number(JsonObject object, String name, int min, int max) throws ProtocolException {
        JsonValue value = object.get(name);
        return value == null ? min : (int) Math.max(min, Math.min(max, number(value, name)));
    }

    private static double number(JsonValue value, String name) throws ProtocolException {
        return value == dev.thalweg.json.JsonNull.NULL ? 0 : JsonCasts.number(value, name);
    }
}
