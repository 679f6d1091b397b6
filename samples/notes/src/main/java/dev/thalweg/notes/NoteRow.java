package dev.thalweg.notes;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.web.dom.El;
import org.jspecify.annotations.Nullable;

/** One note on the page. */
final class NoteRow {
    private final El row;
    private final El mark = El.of("span", "mark");
    private final El up;
    private final El down;
    private final Field title;
    private final Field text;

    /** A field, which is written when its reader pauses or leaves it. */
    private static final class Field {
        private static final double PAUSE = 300;

        private final El el;
        private final Notebook notebook;
        private final String id;
        private final String name;
        private String shown = "";
        private @Nullable Subscription pause;

        Field(El el, Notebook notebook, Timers timers, String id, String name) {
            this.el = el.attr("data-field", name);
            this.notebook = notebook;
            this.id = id;
            this.name = name;
            el.on("input", () -> {
                Subscription before = pause;
                if (before != null) {
                    before.cancel();
                }
                pause = timers.schedule(PAUSE, this::write);
            });
            el.on("change", this::write);
        }

        private void write() {
            pause = null;
            String value = el.value();
            if (!value.equals(shown)) {
                shown = value;
                notebook.write(id, name, value);
            }
        }

        /* What is being typed stays until it is written. */
        void show(JsonObject fields) {
            String value = fields.get(name) instanceof JsonString kept ? kept.value() : "";
            if (!value.equals(shown) && pause == null) {
                shown = value;
                el.value(value);
            }
        }
    }

    NoteRow(Notebook notebook, Timers timers, String id) {
        El titleEl = El.of("input", "").attr("aria-label", "Title").attr("placeholder", "Title").attr("maxlength", 200);
        El textEl = El.of("textarea", "").attr("aria-label", "Text").attr("maxlength", 10_000);
        title = new Field(titleEl, notebook, timers, id, "title");
        text = new Field(textEl, notebook, timers, id, "text");
        up = El.button("Up", () -> notebook.move(id, -1)).attr("data-action", "up");
        down = El.button("Down", () -> notebook.move(id, 1)).attr("data-action", "down");
        El delete = El.button("Delete", () -> notebook.delete(id)).attr("data-action", "delete");
        row = El.of("li", "", titleEl, textEl, El.of("div", "deeds", up, down, delete, mark)).attr("data-note", id);
    }

    El el() {
        return row;
    }

    /** Shows the note as it is now. */
    void show(JsonObject fields, boolean shared, boolean first, boolean last) {
        title.show(fields);
        text.show(fields);
        up.enabled(!first);
        down.enabled(!last);
        row.attr("data-title", title.shown).attr("data-shared", shared ? "yes" : "no");
        mark.text(shared ? "shared" : "not yet shared");
    }

    void focus() {
        title.el.focus();
    }
}
