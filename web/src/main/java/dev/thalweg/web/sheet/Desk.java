package dev.thalweg.web.sheet;

import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * What one client of a structure waits for and was told, row by row: what the handle tells once and the sheet has to show
 * until the next time.
 *
 * @param <T> what of a row is kept besides
 */
final class Desk<T> {
    private final Map<String, String> notes = new HashMap<>();
    private final Map<String, Integer> filed = new HashMap<>();
    private final Map<String, T> things = new HashMap<>();

    /** The desks of a sheet, one for each handle. */
    static final class All<C, T> {
        private final Map<C, Desk<T>> desks = new WeakHashMap<>();

        Desk<T> of(C object) {
            return desks.computeIfAbsent(object, each -> new Desk<>());
        }
    }

    /** Something about a row was asked for. */
    void file(String row, String note) {
        filed.put(row, filed.getOrDefault(row, 0) + 1);
        notes.put(row, note);
    }

    /** It was answered. @param note empty for nothing to tell */
    void settle(String row, String note) {
        filed.put(row, Math.max(0, filed.getOrDefault(row, 0) - 1));
        notes.put(row, note);
    }

    /** Whether an answer about a row is still to come. */
    boolean waits(String row) {
        return filed.getOrDefault(row, 0) > 0;
    }

    /** What was told of a row last, empty for nothing. */
    String note(String row) {
        return notes.getOrDefault(row, "");
    }

    /** What is kept of each row. */
    Map<String, T> things() {
        return things;
    }

    /** Forgets what was told. */
    void clear() {
        notes.clear();
    }
}
