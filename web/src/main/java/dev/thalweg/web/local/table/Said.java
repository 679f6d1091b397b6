package dev.thalweg.web.local.table;

import dev.thalweg.eventgraph.RowChange;
import java.util.List;

/** What the sheet says of changes. */
final class Said {
    private Said() {}

    static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** What a merge did, in a sentence. */
    static String merged(List<RowChange> changes) {
        int cells = 0;
        int came = 0;
        int went = 0;
        for (RowChange change : changes) {
            switch (change) {
                case RowChange.InsertRow insert -> came++;
                case RowChange.SetCell set -> cells++;
                case RowChange.DeleteRow delete -> went++;
            }
        }
        String text = part("", cells, "cell", " changed");
        text = part(text, came, "row", " came");
        return "The last merge: " + part(text, went, "row", " went") + ".";
    }

    private static String part(String before, int count, String what, String did) {
        if (count == 0) {
            return before;
        }
        return (before.isEmpty() ? "" : before + ", ") + counted(count, what) + did;
    }
}
