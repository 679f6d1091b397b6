package dev.thalweg.notes;

import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.replication.Membership;
import dev.thalweg.web.dom.El;
import dev.thalweg.web.platform.BrowserIds;
import dev.thalweg.web.platform.BrowserJournal;
import dev.thalweg.web.platform.BrowserMessenger;
import dev.thalweg.web.platform.BrowserTimers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSExport;
import org.teavm.jso.JSObject;

/** The program of the page, which its loader starts once this tab has a name. */
public final class Notes {
    private final El place;
    private final String tab;
    private @Nullable NotesView view;

    private Notes(El place, String tab) {
        this.place = place;
        this.tab = tab;
    }

    /** Called by the module's loader; nothing happens before the start. */
    public static void main(String[] arguments) {}

    /**
     * Opens this tab's notes.
     *
     * @param tab    its name, which no other tab has while this one is open
     * @param names  all names that tabs may have, with commas
     * @param target what this program was compiled to
     */
    @JSExport
    public static void start(JSObject host, String tab, String names, String target) {
        new Notes(El.existing(host).attr("data-target", target), tab).open(Membership.of(List.of(names.split(","))));
    }

    private void open(Membership members) {
        BrowserTimers timers = new BrowserTimers();
        BrowserIds ids = new BrowserIds();
        Notebook.Listener listener = new Notebook.Listener() {
            @Override
            public void changed() {
                NotesView now = view;
                if (now != null) {
                    now.show();
                }
            }

            @Override
            public void failed(String reason) {
                Notes.this.failed(reason);
            }
        };
        BrowserJournal.open("thalweg-notes-" + tab, new Outcome<>() {
            @Override
            public void succeeded(BrowserJournal journal) {
                Notebook.open(journal, new BrowserMessenger("thalweg-notes", tab), members, timers, ids.uuid(),
                        listener, new Outcome<>() {
                            @Override
                            public void succeeded(Notebook notebook) {
                                NotesView made = new NotesView(place, tab, notebook, timers, ids);
                                view = made;
                                made.show();
                            }

                            @Override
                            public void failed(Failure failure) {
                                Notes.this.failed(failure.message());
                            }
                        });
            }

            @Override
            public void failed(Failure failure) {
                Notes.this.failed(failure.message());
            }
        });
    }

    private void failed(String reason) {
        NotesView now = view;
        if (now != null) {
            now.failed(reason);
        } else {
            place.text(reason);
        }
    }
}
