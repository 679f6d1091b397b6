package dev.thalweg.notes;

import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Timers;
import dev.thalweg.replication.log.Block;
import dev.thalweg.web.dom.El;
import dev.thalweg.web.platform.BrowserStorage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The page. */
final class NotesView {
    private static final String OFFLINE = "notes-offline";

    private final El place;
    private final Notebook notebook;
    private final Timers timers;
    private final El status = El.of("p", "status").attr("role", "status");
    private final El digest = El.of("p", "digest");
    private final El list = El.of("ol", "").attr("aria-label", "Notes");
    private final Map<String, NoteRow> rows = new HashMap<>();
    private List<String> shown = List.of();

    NotesView(El place, String tab, Notebook notebook, Timers timers, Ids ids) {
        this.place = place;
        this.notebook = notebook;
        this.timers = timers;
        boolean offline = "yes".equals(BrowserStorage.get(OFFLINE));
        El box = El.of("input", "").attr("type", "checkbox").attr("role", "switch").checked(offline);
        box.on("change", () -> {
            BrowserStorage.put(OFFLINE, box.checked() ? "yes" : "no");
            notebook.online(!box.checked());
        });
        El add = El.button("New note", () -> {
            String id = ids.uuid();
            notebook.add(id);
            NoteRow row = rows.get(id);
            if (row != null) {
                row.focus();
            }
        });
        El bar = El.of("div", "bar", El.of("h2", "").text("Tab " + tab),
                El.of("label", "", box, El.of("span", "").text("Offline")), add);
        place.attr("data-tab", tab).only(List.of(bar, status, list, digest));
        notebook.online(!offline);
    }

    /** Shows everything as it is now. */
    void show() {
        Set<String> unshared = new HashSet<>(notebook.unshared());
        List<Block> notes = notebook.notes();
        List<String> ids = new ArrayList<>(notes.size());
        for (Block note : notes) {
            String id = note.id();
            NoteRow row = rows.get(id);
            if (row == null) {
                row = new NoteRow(notebook, timers, id);
                rows.put(id, row);
            }
            row.show(note.fields(), !unshared.contains(id), ids.isEmpty(), ids.size() == notes.size() - 1);
            ids.add(id);
        }
        if (!ids.equals(shown)) {
            order(ids);
        }
        int changes = notebook.unshared().size();
        status.text((notebook.isOnline() ? "Online. " : "Offline. ")
                + (changes == 0 ? "Everything written here is shared."
                        : changes + (changes == 1 ? " change" : " changes") + " not yet shared."));
        digest.text("digest of the notes " + notebook.digest());
        place.attr("class", changes == 0 ? "" : "unshared").attr("data-unshared", changes)
                .attr("data-digest", notebook.digest()).attr("data-online", notebook.isOnline() ? "yes" : "no");
    }

    private void order(List<String> ids) {
        Set<String> left = new HashSet<>(ids);
        for (String id : shown) {
            if (!left.contains(id)) {
                rows.remove(id);
            }
        }
        shown = ids;
        List<El> els = new ArrayList<>(ids.size());
        for (String id : ids) {
            NoteRow row = rows.get(id);
            if (row != null) {
                els.add(row.el());
            }
        }
        list.arrange(els);
    }

    /** Says what went wrong, below the notes. */
    void failed(String reason) {
        place.add(El.of("p", "status").attr("role", "alert").text(reason));
    }
}
