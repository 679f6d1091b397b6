package dev.thalweg.web.local.editor;

import dev.thalweg.bytes.Percent;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Journal;
import dev.thalweg.web.dom.El;
import dev.thalweg.web.platform.BrowserIds;
import dev.thalweg.web.platform.BrowserJournal;
import dev.thalweg.web.platform.BrowserLocks;
import dev.thalweg.web.platform.BrowserStorage;
import dev.thalweg.web.platform.BrowserTimers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** The sheet of a text: two editors, each a copy of its own, and the copies of all other tabs that show the same text. */
public final class Editors {
    private static final String DATABASE = "thalweg-local";
    private static final String DEFAULT_NAME = "field-notes";

    private final El place;
    private final String text;
    private final BrowserIds ids = new BrowserIds();
    private final El status = El.of("p", "note").attr("role", "status");
    private final Pane a;
    private final Pane b;

    private Editors(El place, String text) {
        this.place = place;
        this.text = text;
        BrowserTimers timers = new BrowserTimers();
        a = new Pane("a", timers, agent -> isOf(b(), agent), this::compare);
        b = new Pane("b", timers, agent -> isOf(a(), agent), this::compare);
    }

    private Pane a() {
        return a;
    }

    private Pane b() {
        return b;
    }

    private static boolean isOf(Pane pane, String agent) {
        Copy copy = pane.copy();
        return copy != null && copy.agent().equals(agent);
    }

    /** Puts the sheet into an element. */
    public static void mount(El place) {
        String named = nameInAddress();
        String decoded = Percent.decode(named);
        new Editors(place, decoded == null || decoded.isEmpty() ? DEFAULT_NAME : decoded).start();
    }

    private void start() {
        El fresh = El.button("New text", () -> visit("text-" + ids.uuid().substring(0, 8))).attr("data-control", "new");
        El name = El.of("p", "name", El.of("span", "").text("Text "), El.of("b", "").text(text), fresh);
        El margin = El.of("div", "margin", name, status);
        place.only(List.of(margin, El.of("div", "copies", a.el(), b.el()))).attr("data-state", "loading");
        String named = nameInAddress();
        whenAddressChanges(() -> {
            if (!nameInAddress().equals(named)) {
                reload();
            }
        });
        CodeMirror.load(there -> {
            if (there) {
                open();
            } else {
                place.attr("data-state", "without");
                place.only(List.of(El.of("p", "").text("The editor is CodeMirror, which comes from npm. This page was "
                        + "built where npm is missing, so the sheet is empty. The text underneath needs none of it.")));
            }
        });
    }

    private void open() {
        if (!BrowserLocks.exist()) {
            open(null);
            return;
        }
        BrowserJournal.open(DATABASE, new Outcome<>() {
            @Override
            public void succeeded(BrowserJournal journal) {
                open(journal);
            }

            @Override
            public void failed(Failure failure) {
                open(null);
            }
        });
    }

    private void open(@Nullable Journal journal) {
        whenPageGoes(() -> {
            a.leave();
            b.leave();
        });
        open(journal, "a", a);
        open(journal, "b", b);
    }

    private void open(@Nullable Journal journal, String side, Pane pane) {
        String key = "thalweg-text " + text + " " + side;
        Opening.open(journal, (name, patience, answer) -> {
            if (BrowserLocks.exist()) {
                BrowserLocks.claim(name, patience, answer::accept);
            } else {
                answer.accept(true);
            }
        }, ids, text, side, BrowserStorage.get(key), (document, kept, standing, keeper, note) -> {
            BrowserStorage.put(key, document.agent());
            pane.begin(document, kept, standing, keeper, note, "thalweg-text/" + text);
        });
    }

    /* Both are worked out anew only when something has happened, so the digests are those of the texts as they are. */
    private void compare() {
        Copy one = a.copy();
        Copy other = b.copy();
        if (one == null || other == null) {
            return;
        }
        int onlyA = one.lackedBy(other);
        int onlyB = other.lackedBy(one);
        boolean alike = onlyA + onlyB == 0 && a.facts().digest().equals(b.facts().digest());
        place.attr("data-state", alike ? "alike" : "apart");
        status.text(alike ? "Both copies are one text, digest " + a.facts().digest() + "."
                : "The copies are apart: " + onlyA + " events only in A's, " + onlyB + " only in B's.");
    }

    private static void visit(String name) {
        setNameInAddress(name);
    }

    @JSFunctor
    private interface Handler extends JSObject {
        void handle();
    }

    @JSBody(script = "return (/[#&]text=([^&]*)/.exec(location.hash) || ['', ''])[1];")
    private static native String nameInAddress();

    @JSBody(params = "name", script = "location.hash = 'text=' + name;")
    private static native void setNameInAddress(String name);

    @JSBody(params = "handler", script = "addEventListener('hashchange', function() { if (/[#&]text=/.test(location.hash)) handler(); });")
    private static native void whenAddressChanges(Handler handler);

    @JSBody(params = "handler", script = "addEventListener('pagehide', function() { handler(); });")
    private static native void whenPageGoes(Handler handler);

    @JSBody(script = "location.reload();")
    private static native void reload();
}
