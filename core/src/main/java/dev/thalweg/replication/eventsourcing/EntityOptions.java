package dev.thalweg.replication.eventsourcing;

/**
 * How a node of an entity talks with the others and keeps what it has. Immutable.
 *
 * @param gossipMillis  how often, on average, it tells one other node what it has, above 0
 * @param messageBytes  about how large a message with events may be, from 256; one event is never cut
 * @param maxWaiting    how many events may wait for others that they need; what comes beyond that is dropped, reported
 *                      and fetched again
 * @param snapshotEvery after how many records the journal's stream is cut, with a snapshot in their place
 * @param maxDrift      how many milliseconds ahead of this node's clock an event's stamp may be; later ones are refused
 */
public record EntityOptions(double gossipMillis, int messageBytes, int maxWaiting, int snapshotEvery, double maxDrift) {
    /** 1 s, 128 KiB, 10,000 events, 1,000 records, 5 minutes. */
    public static final EntityOptions DEFAULT = new EntityOptions(1000, 128 * 1024, 10_000, 1000, 300_000);

    public EntityOptions {
        if (!(gossipMillis > 0 && maxDrift >= 0) || messageBytes < 256 || maxWaiting < 1 || snapshotEvery < 1) {
            throw new IllegalArgumentException("a message of " + messageBytes + " bytes, " + maxWaiting
                    + " events waiting or " + snapshotEvery + " records are too few, or a time is not above 0");
        }
    }
}
