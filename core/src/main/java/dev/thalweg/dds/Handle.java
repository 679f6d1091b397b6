package dev.thalweg.dds;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a part of the document that can be stored in a value: to a data store, {@code /A}; to a channel,
 * {@code /A/_C}; to a blob, {@code /_blobs/…}. In JSON it is {@code {"type":"__fluid_handle__","url":…}}, as stock
 * clients write it.
 *
 * @param path absolute, beginning with a slash
 */
public record Handle(String path) {
    private static final String TYPE = "__fluid_handle__";
    private static final String BLOBS = "/_blobs/";

    public Handle {
        if (path.length() < 2 || path.charAt(0) != '/') {
            throw new IllegalArgumentException("a handle's path begins with a slash, was " + path);
        }
    }

    /** Of a blob. @param name its local id or the storage's */
    public static Handle blob(String name) {
        return new Handle(BLOBS + name);
    }

    /** The handle that a value is, or null when it is another value. */
    public static @Nullable Handle read(@Nullable JsonValue value) {
        try {
            if (value instanceof JsonObject object && TYPE.equals(object.optionalString("type"))) {
                String url = object.string("url");
                return url.length() < 2 || url.charAt(0) != '/' ? null : new Handle(url);
            }
        } catch (ProtocolException e) {
            return null;
        }
        return null;
    }

    /** As it stands in a value. */
    public JsonObject toJson() {
        return JsonObject.builder().put("type", TYPE).put("url", path).build();
    }

    /** The name of the blob it refers to, or null when it refers to something else. */
    public @Nullable String blobName() {
        return path.startsWith(BLOBS) ? path.substring(BLOBS.length()) : null;
    }
}
