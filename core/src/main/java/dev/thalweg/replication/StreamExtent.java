package dev.thalweg.replication;

/**
 * Which records a stream has.
 *
 * @param truncated the version up to which records were cut off, 0 when none were
 * @param version   the version of its last record, 0 when there never was one
 */
public record StreamExtent(int truncated, int version) {
    /** That of a stream nobody has written to. */
    public static final StreamExtent EMPTY = new StreamExtent(0, 0);

    public StreamExtent {
        if (truncated < 0 || version < truncated) {
            throw new IllegalArgumentException("nothing is cut off beyond the end: " + truncated + " of " + version);
        }
    }
}
