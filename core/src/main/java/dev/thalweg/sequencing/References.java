package dev.thalweg.sequencing;

import java.util.ArrayList;
import java.util.List;

/**
 * The writers of a document as a binary heap, the one with the lowest reference first. Each writer knows its place, so
 * that a changed reference costs a few swaps and not a walk over all of them.
 */
final class References {
    private final List<Writer> heap = new ArrayList<>();

    boolean isEmpty() {
        return heap.isEmpty();
    }

    /** The lowest reference; there must be one. */
    int lowest() {
        return heap.get(0).referenceSequenceNumber;
    }

    void add(Writer writer) {
        writer.place = heap.size();
        heap.add(writer);
        up(writer);
    }

    void remove(Writer writer) {
        Writer last = heap.remove(heap.size() - 1);
        if (last != writer) {
            put(last, writer.place);
            settle(last);
        }
    }

    void change(Writer writer, int referenceSequenceNumber) {
        writer.referenceSequenceNumber = referenceSequenceNumber;
        settle(writer);
    }

    /** Raises every reference below the floor to it. */
    void raise(int floor) {
        while (!heap.isEmpty() && lowest() < floor) {
            change(heap.get(0), floor);
        }
    }

    private void settle(Writer writer) {
        up(writer);
        down(writer);
    }

    private void up(Writer writer) {
        int place = writer.place;
        while (place > 0) {
            Writer parent = heap.get((place - 1) >> 1);
            if (parent.referenceSequenceNumber <= writer.referenceSequenceNumber) {
                break;
            }
            put(parent, place);
            place = (place - 1) >> 1;
        }
        put(writer, place);
    }

    private void down(Writer writer) {
        int place = writer.place;
        int size = heap.size();
        for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
            if (child + 1 < size
                    && heap.get(child + 1).referenceSequenceNumber < heap.get(child).referenceSequenceNumber) {
                child++;
            }
            if (heap.get(child).referenceSequenceNumber >= writer.referenceSequenceNumber) {
                break;
            }
            put(heap.get(child), place);
            place = child;
        }
        put(writer, place);
    }

    private void put(Writer writer, int place) {
        heap.set(place, writer);
        writer.place = place;
    }
}
