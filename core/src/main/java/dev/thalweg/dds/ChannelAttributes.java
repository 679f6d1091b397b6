package dev.thalweg.dds;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.ProtocolException;

/**
 * What a channel's {@code .attributes} says: which structure wrote it, in which format.
 *
 * @param type                  the structure's URL
 * @param snapshotFormatVersion of its summary
 * @param packageVersion        of the program that wrote it
 */
public record ChannelAttributes(String type, String snapshotFormatVersion, String packageVersion) {
    private static final String VERSION = "0.1.0";

    /** What this version writes for a structure. */
    public static ChannelAttributes of(String type, String snapshotFormatVersion) {
        return new ChannelAttributes(type, snapshotFormatVersion, VERSION);
    }

    /** Reads it. */
    public static ChannelAttributes read(JsonObject object) throws ProtocolException {
        String format = object.optionalString("snapshotFormatVersion");
        String version = object.optionalString("packageVersion");
        return new ChannelAttributes(object.string("type"), format == null ? "" : format,
                version == null ? "" : version);
    }

    /** As it is stored. */
    public JsonObject toJson() {
        return JsonObject.builder().put("type", type).put("snapshotFormatVersion", snapshotFormatVersion)
                .put("packageVersion", packageVersion).build();
    }
}
