package dev.thalweg.server.http;

import dev.thalweg.bytes.Percent;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonLimits;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request, however it was wrapped.
 *
 * @param method  in upper case
 * @param path    segments, decoded
 * @param query   parameters, decoded; of several of one name the first
 * @param headers by name in lower case; of several of one name the first
 * @param body    text, empty when there is none
 */
record RestRequest(String method, List<String> path, Map<String, String> query, Map<String, String> headers,
        String body) {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final JsonLimits BODY = new JsonLimits(256, 128 * 1024 * 1024);

    /**
     * Reads a request. The stock driver sends every request as a POST whose body is a form with fields {@code method},
     * {@code header=Name: value} (any number) and {@code body}, to spare a preflight; its content type is that of
     * a form with the token {@code restless}.
     */
    static RestRequest read(String method, String uri, Map<String, String> headers, String body)
            throws ProtocolException {
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        RestRequest plain = new RestRequest(method, segments(path),
                question < 0 ? Map.of() : firsts(form(uri.substring(question + 1))), headers, body);
        return plain.restless() ? plain.unwrapped() : plain;
    }

    private boolean restless() {
        String type = headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        boolean form = false;
        boolean restless = false;
        for (String token : type.split(";", -1)) {
            form |= token.strip().equals(FORM);
            restless |= token.strip().equals("restless");
        }
        return method.equals("POST") && form && restless;
    }

    private RestRequest unwrapped() throws ProtocolException {
        String inner = method;
        String text = "";
        Map<String, String> all = new LinkedHashMap<>(headers);
        for (Map.Entry<String, String> field : form(body)) {
            switch (field.getKey()) {
                case "method" -> inner = field.getValue().toUpperCase(Locale.ROOT);
                case "body" -> text = field.getValue();
                case "header" -> {
                    int colon = field.getValue().indexOf(':');
                    if (colon < 1) {
                        throw new ProtocolException("header must be a name, a colon and a value, was '"
                                + field.getValue() + "'");
                    }
                    all.put(field.getValue().substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            field.getValue().substring(colon + 1).strip());
                }
                default -> {
                    // A form may have more fields than its reader knows.
                }
            }
        }
        return new RestRequest(inner, path, query, all, text);
    }

    /** The body as a JSON object. */
    JsonObject json() throws ProtocolException {
        return JsonCasts.object(JsonValue.parse(body, BODY), "body");
    }

    /** A query parameter that is a whole number, or the given one when it is absent. */
    int number(String name, int absent) throws ProtocolException {
        String text = query.get(name);
        if (text == null || text.isEmpty()) {
            return absent;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new ProtocolException(name + " must be a whole number, was '" + text + "'");
        }
    }

    /** A header, or null. */
    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    private static List<String> segments(String path) throws ProtocolException {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decode(segment, path));
            }
        }
        return segments;
    }

    private static List<Map.Entry<String, String>> form(String text) throws ProtocolException {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                fields.add(Map.entry(decode(name.replace('+', ' '), name), decode(value.replace('+', ' '), name)));
            }
        }
        return fields;
    }

    private static Map<String, String> firsts(List<Map.Entry<String, String>> fields) {
        Map<String, String> firsts = new LinkedHashMap<>();
        for (Map.Entry<String, String> field : fields) {
            firsts.putIfAbsent(field.getKey(), field.getValue());
        }
        return firsts;
    }

    private static String decode(String text, String where) throws ProtocolException {
        String decoded = Percent.decode(text);
        if (decoded == null) {
            throw new ProtocolException("bad percent-encoding in " + where);
        }
        return decoded;
    }
}
