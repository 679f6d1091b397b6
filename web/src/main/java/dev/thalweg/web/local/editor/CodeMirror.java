package dev.thalweg.web.local.editor;

import dev.thalweg.eventgraph.TextChange;
import dev.thalweg.web.dom.El;
import java.util.List;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** CodeMirror in an element, which is told changes and tells edits, never the whole text. Its part is codemirror/editor.js. */
final class CodeMirror {
    private final JSObject view;

    private CodeMirror(JSObject view) {
        this.view = view;
    }

    /** Hears what the reader does. */
    interface Listener {
        /** Edits of one change come in order, each in places of the text after those before it. */
        void edited(int position, int removed, String inserted);

        /** Comes after edits, too. */
        void selected(int anchor, int head);

        void undo(boolean again);
    }

    @JSFunctor
    private interface Edited extends JSObject {
        void accept(int position, int removed, String inserted);
    }

    @JSFunctor
    private interface Selected extends JSObject {
        void accept(int anchor, int head);
    }

    @JSFunctor
    private interface Undone extends JSObject {
        void accept(boolean again);
    }

    @JSFunctor
    private interface Loaded extends JSObject {
        void accept(boolean there);
    }

    /** Loads it. @param loaded hears whether the page has it */
    static void load(java.util.function.Consumer<Boolean> loaded) {
        load("codemirror/editor.js", loaded::accept);
    }

    /** One to write in. */
    static CodeMirror open(El host, String label, Listener listener) {
        return new CodeMirror(
                open(host.node(), label, listener::edited, listener::selected, listener::undo));
    }

    /** One to read. */
    static CodeMirror show(El host, String label) {
        return new CodeMirror(show(host.node(), label));
    }

    /** Changes the text. @param select whether the caret goes behind the last edit */
    void change(TextChange change, boolean select) {
        int count = 0;
        for (TextChange.Edit edit : change.edits()) {
            count += edit instanceof TextChange.Edit.Retain ? 0 : 1;
        }
        int[] from = new int[count];
        int[] to = new int[count];
        String[] texts = new String[count];
        int at = 0;
        int next = 0;
        for (TextChange.Edit edit : change.edits()) {
            switch (edit) {
                case TextChange.Edit.Retain retain -> at += retain.length();
                case TextChange.Edit.Insert insert -> {
                    from[next] = at;
                    to[next] = at;
                    texts[next++] = insert.text();
                }
                case TextChange.Edit.Delete delete -> {
                    from[next] = at;
                    at += delete.length();
                    to[next] = at;
                    texts[next++] = "";
                }
            }
        }
        change(view, from, to, texts, select);
    }

    /** Fills one that is empty. */
    void fill(String text) {
        if (!text.isEmpty()) {
            change(new TextChange(List.of(new TextChange.Edit.Insert(text))), false);
        }
    }

    /** Shows a stretch as only here. @param behind the number behind its last event */
    void pend(int from, int to, int behind) {
        pend(view, from, to, behind);
    }

    /** Shows stretches whose events come before a number as they are elsewhere, too. */
    void share(int next) {
        share(view, next);
    }

    /** Shows where others are. */
    void others(int[] anchors, int[] heads, String[] names, String[] sides) {
        others(view, anchors, heads, names, sides);
    }

    /** Shows stretches in the styles of their classes; they may overlap. */
    void stretches(int[] from, int[] to, String[] classes) {
        stretches(view, from, to, classes);
    }

    /** Looks how much room it has, after it was hidden. */
    void measure() {
        measure(view);
    }

    @JSBody(params = {"address", "loaded"}, script = """
            if (globalThis.thalwegCodeMirror) {
              loaded(true);
            } else {
              var program = document.createElement('script');
              program.type = 'module';
              program.src = address;
              program.onload = function() { loaded(!!globalThis.thalwegCodeMirror); };
              program.onerror = function() { loaded(false); };
              document.head.appendChild(program);
            }
            """)
    private static native void load(String address, Loaded loaded);

    @JSBody(params = {"host", "label", "edited", "selected", "undone"}, script = """
            return thalwegCodeMirror.open(host, label, edited, selected, undone);
            """)
    private static native JSObject open(JSObject host, String label, Edited edited, Selected selected, Undone undone);

    @JSBody(params = {"host", "label"}, script = "return thalwegCodeMirror.show(host, label);")
    private static native JSObject show(JSObject host, String label);

    @JSBody(params = {"view", "from", "to", "texts", "select"}, script = """
            view.change(Array.from(from), Array.from(to), Array.from(texts), select);
            """)
    private static native void change(JSObject view, int[] from, int[] to, String[] texts, boolean select);

    @JSBody(params = {"view", "from", "to", "behind"}, script = "view.pend(from, to, behind);")
    private static native void pend(JSObject view, int from, int to, int behind);

    @JSBody(params = {"view", "next"}, script = "view.share(next);")
    private static native void share(JSObject view, int next);

    @JSBody(params = {"view", "anchors", "heads", "names", "sides"}, script = """
            view.others(Array.from(anchors), Array.from(heads), Array.from(names), Array.from(sides));
            """)
    private static native void others(JSObject view, int[] anchors, int[] heads, String[] names, String[] sides);

    @JSBody(params = {"view", "from", "to", "classes"}, script = """
            view.stretches(Array.from(from), Array.from(to), Array.from(classes));
            """)
    private static native void stretches(JSObject view, int[] from, int[] to, String[] classes);

    @JSBody(params = "view", script = "view.measure();")
    private static native void measure(JSObject view);
}
