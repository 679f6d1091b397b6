package dev.thalweg.web.sheet;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All sheets, in the order of the picker. */
public final class Sheets {
    private static final List<Sheet<?>> ALL = List.of(new MapSheet(), new CounterSheet(), new PnCounterSheet(),
            new OrMapSheet(), new ClaimsSheet());

    private Sheets() {}

    /** Every sheet. All of them are in every demo document, whatever is shown. */
    public static List<Sheet<?>> all() {
        return ALL;
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
