package dev.thalweg.eventgraph;

import java.util.Arrays;

/** Changes of a text, each relative to the text after those before it. */
final class Splices {
    private int[] position = new int[16];
    private int[] length = new int[16];
    /* Where in the log's text an insertion's text starts; -1 for a deletion. */
    private int[] content = new int[16];
    private int size;
    private int growth;
    private final boolean silent;

    /** @param silent whether to forget everything at once */
    Splices(boolean silent) {
        this.silent = silent;
    }

    int size() {
        return size;
    }

    int position(int at) {
        return position[at];
    }

    int length(int at) {
        return length[at];
    }

    /** Where in the log's text the inserted text starts, or -1 for a deletion. */
    int content(int at) {
        return content[at];
    }

    /** By how many units the text gets longer. */
    int growth() {
        return growth;
    }

    void insert(int at, int from, int count) {
        if (silent) {
            return;
        }
        growth += count;
        int last = size - 1;
        if (last >= 0 && content[last] >= 0 && position[last] + length[last] == at
                && content[last] + length[last] == from) {
            length[last] += count;
        } else {
            add(at, count, from);
        }
    }

    void delete(int at, int count) {
        if (silent) {
            return;
        }
        growth -= count;
        int last = size - 1;
        if (last >= 0 && content[last] < 0 && at <= position[last] && position[last] <= at + count) {
            position[last] = at;
            length[last] += count;
        } else {
            add(at, count, -1);
        }
    }

    private void add(int at, int count, int from) {
        if (size == position.length) {
            position = Arrays.copyOf(position, 2 * size);
            length = Arrays.copyOf(length, 2 * size);
            content = Arrays.copyOf(content, 2 * size);
        }
        position[size] = at;
        length[size] = count;
        content[size] = from;
        size++;
    }
}
