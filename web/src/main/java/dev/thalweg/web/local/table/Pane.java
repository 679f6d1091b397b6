package dev.thalweg.web.local.table;

import dev.thalweg.ephemeral.EphemeralChange;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.sync.SyncSession;
import dev.thalweg.web.dom.El;
import dev.thalweg.web.local.Service;
import dev.thalweg.web.platform.BrowserChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A copy in the page: what is shown of it, and the ways by which it meets others. */
final class Pane implements SyncSession.Listener<List<RowChange>>, Grid.Edits {
    private static final int LOG = 6;

    private final String name;
    private final String channelName;
    private final Runnable onChange;
    private final El el;
    private final El status = El.of("p", "note").attr("role", "status");
    private final El digest = El.of("output", "digest");
    private final El offlineBox = El.of("input", "").attr("type", "checkbox").attr("data-control", "offline");
    private final El verdicts = El.of("div", "verdicts").attr("role", "log");
    private final List<El> lines = new ArrayList<>();
    private final List<String[]> pending = new ArrayList<>();
    private final Grid grid;
    private @Nullable Copy copy;
    private @Nullable Keep keep;
    private @Nullable BrowserChannel channel;
    private @Nullable Service service;
    private boolean offline;
    private String said = "";
    private String reach = "";
    private int merges;

    /** @param name as readers see it @param channelName on which copies of this browser meet */
    Pane(String name, String channelName, Runnable onChange) {
        this.name = name;
        this.channelName = channelName;
        this.onChange = onChange;
        grid = new Grid("Stations, copy " + name, Copy.COLUMNS, this);
        verdicts.attr("aria-label", "How conflicts were settled in copy " + name).attr("tabindex", "0");
        offlineBox.on("change", () -> offline(offlineBox.checked()));
        El switchLabel = El.of("label", "switch", offlineBox, El.of("span", "").text("offline"));
        El top = El.of("header", "", El.of("h3", "").text("Copy " + name), switchLabel);
        El frame = El.of("div", "frame", grid.el());
        el = El.of("section", "copy", top, frame, forms(), status, El.of("p", "note", El.of("span", "").text("holds "),
                digest), verdicts).attr("aria-label", "Copy " + name);
    }

    El el() {
        return el;
    }

    String digest() {
        return copy == null ? "" : copy.digest();
    }

    /** The copy, once what is kept of it was read. */
    @Nullable
    Copy copy() {
        return copy;
    }

    private El forms() {
        El row = field("row", "new station");
        El column = field("column", "new column");
        return El.of("div", "forms",
                form(row, "Add row", () -> {
                    if (copy != null) {
                        did(copy.insert(row.value().strip(), JsonObject.builder().build()));
                    }
                }), form(column, "Add column", () -> {
                    grid.addColumn(column.value().strip());
                    said = "A column is in the table once a row has it.";
                    show();
                }));
    }

    private El field(String what, String label) {
        return El.of("input", "").attr("type", "text").attr("size", 10).attr("maxlength", 24).attr("data-new", what)
                .attr("placeholder", label).attr("aria-label", label + ", copy " + name);
    }

    private static El form(El input, String label, Runnable action) {
        Runnable add = () -> {
            if (!input.value().isBlank()) {
                action.run();
                input.value("");
                input.focus();
            }
        };
        input.onKey(key -> {
            if (key.equals("Enter")) {
                add.run();
            }
            return key.equals("Enter");
        });
        return El.of("span", "add", input, El.button(label, add));
    }

    /** Begins with what is kept. */
    void begin(@Nullable Keep kept, TableDocument tables, Map<String, Integer> seen, boolean wasOffline) {
        Copy made = new Copy(tables, seen);
        copy = made;
        keep = kept;
        List<RowChange> all = new ArrayList<>();
        made.rows().forEach((row, values) -> all.add(new RowChange.InsertRow(Copy.TABLE, row, values)));
        grid.apply(all, false);
        all.forEach(change -> mark(change, made));
        offlineBox.checked(wasOffline);
        el.attr("data-copy", name.endsWith("A") ? "a" : "b");
        offline(wasOffline);
    }

    /** Gives it a way to the service, or another one. */
    void meetAt(String address, String document) {
        Copy here = copy;
        if (here == null || service != null) {
            return;
        }
        Service made = new Service(address, document, here.tables(), new EphemeralStore(here.tables().agent()),
                how -> {
                    reach = how;
                    show();
                }, this);
        service = made;
        reach = "connecting";
        made.use(!offline);
        show();
    }

    /** Cuts it off from all others, or lets it meet them again. */
    void offline(boolean on) {
        offline = on;
        offlineBox.checked(on);
        BrowserChannel open = channel;
        if (open != null) {
            open.close();
            channel = null;
        }
        if (!on && copy != null) {
            channel = new BrowserChannel(channelName, this::hear);
            channel.send(copy.hello());
        }
        if (service != null) {
            service.use(!on);
        }
        show();
    }

    @Override
    public void write(String row, String column, String value) {
        if (copy != null) {
            did(copy.update(row, column, JsonValue.of(value)));
        }
    }

    @Override
    public void delete(String row) {
        if (copy != null) {
            did(copy.delete(row));
        }
    }

    /** Puts a row in. */
    void insert(String row, JsonObject values) {
        if (copy != null) {
            did(copy.insert(row, values));
        }
    }

    private void did(Copy.Step step) {
        said = "";
        take(step, false);
    }

    private void hear(String text) {
        Copy here = copy;
        if (here == null) {
            return;
        }
        Copy.Step step;
        try {
            step = here.hear(text);
        } catch (ProtocolException e) {
            said = "A message was refused: " + e.getMessage();
            show();
            return;
        }
        take(step, true);
    }

    private void take(Copy.Step step, boolean others) {
        Copy here = copy;
        if (here == null) {
            return;
        }
        grid.apply(step.changes(), others);
        step.changes().forEach(change -> mark(change, here));
        if (others && !step.changes().isEmpty()) {
            merges++;
            said = Said.merged(step.changes());
        }
        for (Verdict verdict : step.verdicts()) {
            El line = El.of("p", "").attr("data-rule", verdict.rule().id()).text(verdict.text());
            lines.add(0, line);
        }
        if (!step.verdicts().isEmpty()) {
            while (lines.size() > LOG) {
                lines.remove(lines.size() - 1);
            }
            verdicts.only(lines);
        }
        String message = step.message();
        if (message != null && channel != null) {
            channel.send(message);
        }
        SyncSession<List<RowChange>> session = service == null ? null : service.session();
        if (session != null && message != null) {
            // Whoever said it may have no way to the service.
            session.send();
        }
        show();
    }

    /* What is not shared yet is magenta until it is. */
    private void mark(RowChange change, Copy here) {
        switch (change) {
            case RowChange.InsertRow insert -> {
                mark(insert.row(), "", here);
                for (int i = 0; i < insert.values().size(); i++) {
                    mark(insert.row(), insert.values().name(i), here);
                }
            }
            case RowChange.SetCell set -> mark(set.row(), set.column(), here);
            case RowChange.DeleteRow delete -> {
                // Nothing is left to be marked.
            }
        }
    }

    private void mark(String row, String column, Copy here) {
        El shown = grid.find(row, column);
        if (shown != null) {
            boolean waits = here.isPending(row, column);
            shown.attr("data-pending", waits ? "true" : "false");
            if (waits) {
                pending.add(new String[] {row, column});
            }
        }
    }

    private void show() {
        Copy here = copy;
        if (here == null) {
            return;
        }
        List<String[]> waited = new ArrayList<>(pending);
        pending.clear();
        waited.forEach(cell -> mark(cell[0], cell[1], here));
        int count = here.pending();
        String holds = here.digest();
        el.attr("data-state", offline ? "offline" : "online").attr("data-pending", count).attr("data-digest", holds)
                .attr("data-merges", merges);
        digest.text(holds.substring(0, 12));
        status.text((offline ? "Offline. " : "Online. ")
                + (count == 0 ? "Everything is shared. " : Said.counted(count, "edit") + " not shared yet. ")
                + (reach.isEmpty() || offline ? "" : "Service: " + reach + ". ") + said);
        if (keep != null) {
            keep.keep(here.seen(), offline);
        }
        onChange.run();
    }

    /** Whether it is cut off from all others. */
    boolean isOffline() {
        return offline;
    }

    @Override
    public void changed(List<RowChange> changes) {
        if (copy != null) {
            take(copy.merged(changes), true);
        }
    }

    @Override
    public void present(List<EphemeralChange> changes) {
        // Nobody is shown here.
    }

    @Override
    public void synced() {
        reach = "in touch";
        if (copy != null) {
            copy.shared();
        }
        show();
    }

    @Override
    public void failed(Failure failure) {
        reach = failure.message();
        show();
    }
}
