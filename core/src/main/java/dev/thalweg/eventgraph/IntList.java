package dev.thalweg.eventgraph;

import java.util.Arrays;

/** Whole numbers in a row that grows. */
final class IntList {
    private int[] items;
    private int size;

    IntList() {
        this(16);
    }

    IntList(int capacity) {
        items = new int[capacity];
    }

    int size() {
        return size;
    }

    int get(int at) {
        return items[at];
    }

    int last() {
        return items[size - 1];
    }

    void set(int at, int value) {
        items[at] = value;
    }

    void add(int value) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size + 4);
        }
        items[size++] = value;
    }

    void addAll(int[] values) {
        for (int value : values) {
            add(value);
        }
    }

    int pop() {
        return items[--size];
    }

    /** Takes out a value that is there once. */
    void removeValue(int value) {
        int at = 0;
        while (items[at] != value) {
            at++;
        }
        size--;
        System.arraycopy(items, at + 1, items, at, size - at);
    }

    /** Forgets what is behind the first so many. */
    void truncate(int length) {
        size = length;
    }

    void clear() {
        size = 0;
    }

    void sort() {
        Arrays.sort(items, 0, size);
    }

    /** Where a value is or would be inserted: the number of values below it. The values must be sorted. */
    int lowerBound(int value) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (items[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int[] toArray() {
        return Arrays.copyOf(items, size);
    }

    int[] slice(int from, int to) {
        return Arrays.copyOfRange(items, from, to);
    }
}
