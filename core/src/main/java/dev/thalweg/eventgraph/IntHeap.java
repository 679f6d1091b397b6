package dev.thalweg.eventgraph;

import java.util.Arrays;

/** A heap of keys, each with a number of its caller's; the largest key is on top. */
final class IntHeap {
    private int[] keys = new int[16];
    private int[] values = new int[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    int topKey() {
        return keys[0];
    }

    int topValue() {
        return values[0];
    }

    void push(int key, int value) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        int at = size++;
        while (at > 0) {
            int above = (at - 1) >> 1;
            if (keys[above] >= key) {
                break;
            }
            keys[at] = keys[above];
            values[at] = values[above];
            at = above;
        }
        keys[at] = key;
        values[at] = value;
    }

    /** Takes the top away. */
    void pop() {
        size--;
        int key = keys[size];
        int value = values[size];
        int at = 0;
        while (true) {
            int below = 2 * at + 1;
            if (below >= size) {
                break;
            }
            if (below + 1 < size && keys[below + 1] > keys[below]) {
                below++;
            }
            if (keys[below] <= key) {
                break;
            }
            keys[at] = keys[below];
            values[at] = values[below];
            at = below;
        }
        keys[at] = key;
        values[at] = value;
    }
}
