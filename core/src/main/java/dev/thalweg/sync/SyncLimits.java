package dev.thalweg.sync;

/**
 * How much goes at once.
 *
 * @param maxPush    events of a push that are taken, at least 1
 * @param maxPull    events of a pull that are given, at least 1
 * @param maxRecords records of the journal after which a snapshot takes their place, at least 1
 */
public record SyncLimits(int maxPush, int maxPull, int maxRecords) {
    /** 100,000 and 10,000 events, 1,000 records. */
    public static final SyncLimits DEFAULT = new SyncLimits(100_000, 10_000, 1_000);

    public SyncLimits {
        if (maxPush < 1 || maxPull < 1 || maxRecords < 1) {
            throw new IllegalArgumentException("limits must be at least 1");
        }
    }
}
