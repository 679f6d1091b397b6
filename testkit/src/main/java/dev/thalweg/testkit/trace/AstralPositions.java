package dev.thalweg.testkit.trace;

import java.util.ArrayList;
import java.util.List;

/** Where in a text the code points beyond U+FFFF are, of which there are few. */
final class AstralPositions {
    /* Unit positions of their first halves, in order. */
    private List<Integer> positions = new ArrayList<>();
    private boolean needed;

    /** Whether the text ever had one. */
    boolean wasNeeded() {
        return needed;
    }

    /** The unit that a code point starts with. */
    int unit(int point) {
        int unit = point;
        for (int position : positions) {
            if (position >= unit) {
                break;
            }
            unit++;
        }
        return unit;
    }

    void insert(int at, String text) {
        List<Integer> next = new ArrayList<>();
        positions.stream().filter(position -> position < at).forEach(next::add);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))) {
                next.add(at + i);
                needed = true;
            }
        }
        if (needed) {
            positions.stream().filter(position -> position >= at).map(position -> position + text.length())
                    .forEach(next::add);
            positions = next;
        }
    }

    void delete(int at, int length) {
        if (needed) {
            List<Integer> next = new ArrayList<>();
            for (int position : positions) {
                if (position < at) {
                    next.add(position);
                } else if (position >= at + length) {
                    next.add(position - length);
                }
            }
            positions = next;
        }
    }
}
