package dev.thalweg.ephemeral;

/**
 * How much a store takes.
 *
 * @param lifetime   how long an entry is there after its timestamp, in the unit of those; infinite for ever
 * @param maxAhead   how far a timestamp may be ahead of the store's time, in the same unit; infinite for any
 * @param maxEntries keys of all namespaces, those taken out included, at least 1
 * @param maxPeers   leave marks, at least 1
 * @param maxValue   characters of a value's JSON, at least 1
 */
public record EphemeralLimits(double lifetime, double maxAhead, int maxEntries, int maxPeers, int maxValue) {
    /** For ever, any time, 100,000 entries, 10,000 marks and 16,384 characters. */
    public static final EphemeralLimits DEFAULT = new EphemeralLimits(Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY, 100_000, 10_000, 16_384);

    public EphemeralLimits {
        if (!(lifetime > 0 && maxAhead >= 0) || maxEntries < 1 || maxPeers < 1 || maxValue < 1) {
            throw new IllegalArgumentException("limits must be above 0");
        }
    }

    /** The same, but for entries that are there only so long. */
    public EphemeralLimits withLifetime(double longest) {
        return new EphemeralLimits(longest, maxAhead, maxEntries, maxPeers, maxValue);
    }

    /** The same, but for timestamps that may be only so far ahead. */
    public EphemeralLimits withMaxAhead(double furthest) {
        return new EphemeralLimits(lifetime, furthest, maxEntries, maxPeers, maxValue);
    }
}
