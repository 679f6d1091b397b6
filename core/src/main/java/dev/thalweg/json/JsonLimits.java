package dev.thalweg.json;

/**
 * How much JSON a reader takes before it refuses.
 *
 * @param maxDepth  arrays and objects open at once, at least 1
 * @param maxLength length of the whole text in UTF-16 code units, at least 1
 */
public record JsonLimits(int maxDepth, int maxLength) {
    /** 128 levels and 64 Mi code units: for summaries and other bodies of a trusted size. */
    public static final JsonLimits DEFAULT = new JsonLimits(128, 64 * 1024 * 1024);

    public JsonLimits {
        if (maxDepth < 1 || maxLength < 1) {
            throw new IllegalArgumentException("limits must be at least 1, were " + maxDepth + " and " + maxLength);
        }
    }
}
