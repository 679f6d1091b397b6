package dev.thalweg.jvm.journal;

import dev.thalweg.replication.StreamExtent;

/** Where the entries of a stream are in the file. */
final class StreamIndex {
    /** In place of a place: it is lost. */
    static final long LOST = -1;

    /** Where the snapshot's entry is, or {@link #LOST} when there is none. */
    long snapshot = LOST;
    int snapshotVersion;
    int snapshotSize;
    /** Bytes of the entry that says where the stream starts, 0 when there is none. */
    int startSize;
    private int truncated;
    /* Of the records after `truncated`, from `first` on. */
    private long[] places = new long[4];
    private int[] sizes = new int[4];
    private int first;
    private int count;

    StreamIndex(int truncated) {
        this.truncated = truncated;
    }

    int truncated() {
        return truncated;
    }

    int version() {
        return truncated + count;
    }

    StreamExtent extent() {
        return new StreamExtent(truncated, version());
    }

    void add(long place, int size) {
        if (first + count == places.length) {
            int room = 2 * count > places.length ? 2 * places.length : places.length;
            long[] movedPlaces = new long[room];
            int[] movedSizes = new int[room];
            System.arraycopy(places, first, movedPlaces, 0, count);
            System.arraycopy(sizes, first, movedSizes, 0, count);
            places = movedPlaces;
            sizes = movedSizes;
            first = 0;
        }
        places[first + count] = place;
        sizes[first + count++] = size;
    }

    /** Notes that the records up to a version are lost, as far as they are not there. @return how many */
    int lose(int upTo) {
        int lost = 0;
        for (; version() < upTo; lost++) {
            add(LOST, 0);
        }
        return lost;
    }

    /** Where the entry of a record is, or {@link #LOST}. */
    long place(int version) {
        return places[first + version - truncated - 1];
    }

    int size(int version) {
        return sizes[first + version - truncated - 1];
    }

    /** Forgets the first records. @return how many bytes of the file they took */
    long drop(int upTo) {
        long bytes = 0;
        for (; truncated < upTo; truncated++, first++, count--) {
            bytes += sizes[first];
        }
        return bytes;
    }
}
