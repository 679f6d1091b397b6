package dev.thalweg.eventgraph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who made events, numbered as they come up here, and which runs of the graph are theirs. */
final class Agents {
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private int[] next = new int[4];
    private IntList[] runs = new IntList[4];
    private @Nullable String lastName;
    private int lastNumber;

    int count() {
        return names.size();
    }

    String name(int agent) {
        return names.get(agent);
    }

    /** The number of an agent, or -1. */
    int find(String name) {
        if (name.equals(lastName)) {
            return lastNumber;
        }
        Integer number = numbers.get(name);
        if (number == null) {
            return -1;
        }
        lastName = name;
        lastNumber = number;
        return number;
    }

    int findOrAdd(String name) {
        int found = find(name);
        if (found >= 0) {
            return found;
        }
        int number = names.size();
        if (number == next.length) {
            next = Arrays.copyOf(next, 2 * number);
            runs = Arrays.copyOf(runs, 2 * number);
        }
        names.add(name);
        numbers.put(name, number);
        next[number] = 0;
        runs[number] = new IntList(2);
        return number;
    }

    /** How many events an agent has made, as far as they are here. */
    int next(int agent) {
        return next[agent];
    }

    void setNext(int agent, int sequence) {
        next[agent] = sequence;
    }

    /** The numbers of an agent's runs in the graph, in the order of their sequence numbers. */
    IntList runs(int agent) {
        return runs[agent];
    }

    /** Forgets the agents behind the first so many. */
    void truncate(int count) {
        while (names.size() > count) {
            numbers.remove(names.remove(names.size() - 1));
            lastName = null;
        }
    }
}
