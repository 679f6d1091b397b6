package dev.thalweg.dds;

import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The order in which JavaScript lists the members of an object, and so the order in which the reference writes them:
 * array indexes first, by number, then the others as they came.
 */
public final class JavaScriptOrder {
    private JavaScriptOrder() {}

    /** Names in that order. @param names as they came, each once */
    public static List<String> of(Collection<String> names) {
        List<String> others = new ArrayList<>(names.size());
        double[] indexes = new double[names.size()];
        int found = 0;
        for (String name : names) {
            double index = arrayIndex(name);
            if (index < 0) {
                others.add(name);
            } else {
                indexes[found++] = index;
            }
        }
        if (found == 0) {
            return others;
        }
        Arrays.sort(indexes, 0, found);
        List<String> ordered = new ArrayList<>(names.size());
        for (int i = 0; i < found; i++) {
            ordered.add(JsonValue.of(indexes[i]).toJson());
        }
        ordered.addAll(others);
        return ordered;
    }

    /** The array index a name spells, from 0 to 2^32 - 2 without leading zeros, or -1. */
    private static double arrayIndex(String name) {
        int length = name.length();
        if (length == 0 || length > 10 || length > 1 && name.charAt(0) == '0') {
            return -1;
        }
        double index = 0;
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            index = index * 10 + (c - '0');
        }
        return index <= 4294967294.0 ? index : -1;
    }
}
