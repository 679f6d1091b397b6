package dev.thalweg.web.local.table;

import dev.thalweg.web.dom.El;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cell of a shown row. While a reader edits it, what others write to it stays under what is typed. */
final class Cell {
    private static final int MOST = 40;

    private final El el;
    private String value = "";
    private @Nullable El input;

    Cell(String column) {
        el = El.of("td", "").attr("role", "gridcell").attr("tabindex", "-1").attr("data-column", column)
                .attr("data-value", "");
    }

    El el() {
        return el;
    }

    boolean isEdited() {
        return input != null;
    }

    void show(String text) {
        value = text;
        el.attr("data-value", text);
        if (input == null) {
            el.text(text);
        }
    }

    /**
     * Lets the reader type.
     *
     * @param typed what takes the place of what is there, or null
     * @param ended takes what was typed, or null when it is not wanted
     */
    void edit(@Nullable String typed, String label, Ended ended) {
        El made = El.of("input", "").attr("type", "text").attr("size", 6).attr("maxlength", MOST)
                .attr("aria-label", label);
        input = made;
        made.value(typed == null ? value : typed);
        made.onKey(key -> {
            if (key.equals("Enter")) {
                end(made.value(), true, ended);
                return true;
            }
            if (key.equals("Escape")) {
                end(null, true, ended);
                return true;
            }
            return false;
        });
        made.on("blur", () -> end(made.value(), false, ended));
        el.only(List.of(made));
        made.focus();
        if (typed == null) {
            made.select();
        }
    }

    /** Hears how an edit ended. */
    interface Ended {
        void ended(@Nullable String typed);
    }

    private void end(@Nullable String typed, boolean stay, Ended ended) {
        if (input == null) {
            return;
        }
        // The input loses the focus when it goes, and must not be heard then.
        input = null;
        el.text(value);
        if (stay) {
            el.focus();
        }
        ended.ended(typed == null || typed.equals(value) ? null : typed);
    }

    /** The row goes, whatever is being typed. */
    void close() {
        input = null;
    }
}
