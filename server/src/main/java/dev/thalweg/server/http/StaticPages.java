package dev.thalweg.server.http;

import dev.thalweg.bytes.Hex;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a site, from a directory or from {@code /site} on the class path. Every file has a tag that changes with
 * it, so that a browser asks again and is mostly told that it has the file already. Blocks.
 */
final class StaticPages {
    /** A file. @param type for example text/html @param tag for example "a1b2" in quotes */
    record Page(String type, String tag, Buffer bytes) {}

    private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"), Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"), Map.entry("wasm", "application/wasm"),
            Map.entry("json", "application/json"), Map.entry("map", "application/json"),
            Map.entry("svg", "image/svg+xml"), Map.entry("png", "image/png"), Map.entry("jpg", "image/jpeg"),
            Map.entry("ico", "image/x-icon"), Map.entry("webp", "image/webp"), Map.entry("woff2", "font/woff2"),
            Map.entry("woff", "font/woff"), Map.entry("ttf", "font/ttf"),
            Map.entry("txt", "text/plain; charset=utf-8"), Map.entry("xml", "application/xml"));

    private static final String ROOT = "/site";

    private final @Nullable Path directory;
    /* What is on the class path does not change. */
    private final Map<String, Page> kept = new ConcurrentHashMap<>();

    /** @param directory null for the class path */
    StaticPages(@Nullable Path directory) {
        this.directory = directory;
    }

    /** The file of a path, or null. A path that ends in a slash names the {@code index.html} in it. */
    @Nullable
    Page find(List<String> segments, boolean folder) throws IOException {
        for (String segment : segments) {
            // Dots would lead out of the site; the others have a meaning in file names on some systems.
            if (segment.startsWith(".") || segment.indexOf('/') >= 0 || segment.indexOf('\\') >= 0
                    || segment.indexOf(':') >= 0 || segment.indexOf('\0') >= 0) {
                return null;
            }
        }
        String name = String.join("/", segments);
        if (segments.isEmpty() || folder) {
            name = name.isEmpty() ? "index.html" : name + "/index.html";
        }
        return directory == null ? fromClassPath(name) : fromDirectory(directory, name);
    }

    private @Nullable Page fromClassPath(String name) throws IOException {
        Page page = kept.get(name);
        if (page != null) {
            return page;
        }
        // A folder, too, has a stream of its own kind when the classes are not in a jar.
        if (name.lastIndexOf('.') < 0) {
            return null;
        }
        try (InputStream stream = StaticPages.class.getResourceAsStream(ROOT + "/" + name)) {
            if (stream == null) {
                return null;
            }
            page = page(name, stream.readAllBytes());
            kept.put(name, page);
            return page;
        }
    }

    private static @Nullable Page fromDirectory(Path directory, String name) throws IOException {
        Path file = directory.resolve(name);
        return Files.isRegularFile(file) ? page(name, Files.readAllBytes(file)) : null;
    }

    private static Page page(String name, byte[] bytes) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return new Page(TYPES.getOrDefault(extension, "application/octet-stream"), "\"" + digest(bytes) + "\"",
                Buffer.buffer(bytes));
    }

    private static String digest(byte[] bytes) {
        try {
            return Hex.encode(MessageDigest.getInstance("SHA-256").digest(bytes)).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
