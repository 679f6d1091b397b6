package dev.thalweg.web.sheet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All sheets, in the order of the picker. */
public final class Sheets {
    /** Those that every demo document has, by whatever program it was made. */
    private static final List<Sheet<?>> COMMON = List.of(new MapSheet(), new CounterSheet(), new PnCounterSheet(),
            new OrMapSheet(), new ClaimsSheet());
    private static final List<Sheet<?>> ALL = sorted();

    private Sheets() {}

    private static List<Sheet<?>> sorted() {
        List<Sheet<?>> others = List.of(new DirectorySheet(), new CellSheet(), new RegisterSheet(), new QueueSheet(),
                new TaskSheet(), new PactSheet(), new GCounterSheet(), new GSetSheet(), new TwoPhaseSetSheet(),
                new OrSetSheet());
        List<Sheet<?>> sorted = new ArrayList<>();
        for (Group group : Group.values()) {
            for (Sheet<?> sheet : COMMON) {
                if (sheet.group() == group) {
                    sorted.add(sheet);
                }
            }
            for (Sheet<?> sheet : others) {
                if (sheet.group() == group) {
                    sorted.add(sheet);
                }
            }
        }
        return List.copyOf(sorted);
    }

    /** Every sheet of this program. All of them are in the documents that it makes, whatever is shown. */
    public static List<Sheet<?>> all() {
        return ALL;
    }

    /** Those that every demo document has. */
    public static List<Sheet<?>> common() {
        return COMMON;
    }

    /** Those of the given names, in the given order; all when none of them is known. */
    public static List<Sheet<?>> named(List<String> names) {
        Set<Sheet<?>> chosen = new LinkedHashSet<>();
        for (String name : names) {
            for (Sheet<?> sheet : ALL) {
                if (sheet.id().equals(name)) {
                    chosen.add(sheet);
                }
            }
        }
        return chosen.isEmpty() ? ALL : List.copyOf(chosen);
    }
}
