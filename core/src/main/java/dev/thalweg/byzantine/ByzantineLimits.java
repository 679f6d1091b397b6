package dev.thalweg.byzantine;

/**
 * How much a replica takes.
 *
 * @param maxContent        characters of an entry's content as JSON, at least 1
 * @param maxWaiting        entries of one peer that wait for their causes, at least 1
 * @param maxWaitingContent characters of content in these together, at least 1
 * @param maxWaitingPeers   peers of whom entries wait, at least 1
 * @param maxRefused        entries that it remembers to have refused, at least 1
 */
public record ByzantineLimits(int maxContent, int maxWaiting, int maxWaitingContent, int maxWaitingPeers,
        int maxRefused) {
    /** 1 Mi characters; 1,000 entries and 4 Mi characters of each of 100 peers; 1,000 refused. */
    public static final ByzantineLimits DEFAULT = new ByzantineLimits(1 << 20, 1000, 1 << 22, 100, 1000);

    public ByzantineLimits {
        if (maxContent < 1 || maxWaiting < 1 || maxWaitingContent < 1 || maxWaitingPeers < 1 || maxRefused < 1) {
            throw new IllegalArgumentException("limits must be at least 1");
        }
    }
}
