package dev.thalweg.web.local.table;

import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.web.dom.El;
import dev.thalweg.web.local.Address;
import dev.thalweg.web.platform.BrowserIds;
import dev.thalweg.web.platform.BrowserJournal;
import dev.thalweg.web.platform.BrowserLocks;
import dev.thalweg.web.platform.BrowserStorage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table that two copies in this tab, the copies of other tabs and those of other machines edit, online or not. */
/*
 * Each tab has a number among those of its browser that are open: the least that no other holds, and its own again after a
 * reload. What a copy has is kept under that number, so that what was closed offline is found by the next tab.
 *
 * A copy takes a new agent's name whenever the page is loaded. It tells others of an edit before the browser says that it is
 * kept, and were it to go on under the same name from what is kept, one name could have two histories.
 */
public final class TableSheet {
    private static final String DATABASE = "thalweg-tables";
    private static final String TAB = "thalweg-table-tab";
    private static final String NAME = "thalweg-table";
    private static final double PATIENCE = 1_500;
    private static final String[] LETTERS = {"A", "B"};

    private final El place;
    private final El note = El.of("p", "note").attr("role", "status");
    private final El share = El.button("Share by address", this::share).attr("data-control", "share");
    private final El part = El.button("Part and disagree", this::part).attr("data-control", "part");
    private final Pane[] panes = new Pane[LETTERS.length];
    private final String[] streams = new String[LETTERS.length];
    private String table = "";
    private @Nullable BrowserJournal journal;

    private TableSheet(El place) {
        this.place = place;
    }

    /** Puts the sheet into an element. */
    public static void start(El place) {
        new TableSheet(place).start();
    }

    private void start() {
        String asked = Address.get("table");
        table = Address.isName(asked) ? asked : own();
        claim(BrowserStorage.get(TAB), PATIENCE);
    }

    /* The table of this browser, until a reader names another. */
    private static String own() {
        String kept = BrowserStorage.getLasting(NAME);
        if (kept != null && Address.isName(kept)) {
            return kept;
        }
        String made = new BrowserIds().uuid().substring(0, 8);
        BrowserStorage.putLasting(NAME, made);
        return made;
    }

    private void claim(@Nullable String kept, double patience) {
        String tab = kept == null || !Address.isName(kept) ? "1" : kept;
        if (!BrowserLocks.exist()) {
            open(kept == null ? new BrowserIds().uuid().substring(0, 4) : tab);
            return;
        }
        BrowserLocks.claim("thalweg-table/" + table + "/" + tab, kept == null ? 0 : patience, held -> {
            if (held) {
                open(tab);
            } else {
                claimNext(kept == null ? 2 : 1);
            }
        });
    }

    private void claimNext(int number) {
        BrowserLocks.claim("thalweg-table/" + table + "/" + number, 0, held -> {
            if (held) {
                open(Integer.toString(number));
            } else {
                claimNext(number + 1);
            }
        });
    }

    private void open(String tab) {
        BrowserStorage.put(TAB, tab);
        El controls = El.of("div", "controls", part,
                El.button("Open a second tab", () -> Address.openTab()).attr("data-control", "tab"), share,
                El.button("Start over", this::restart).attr("data-control", "restart"));
        El copies = El.of("div", "copies");
        for (int i = 0; i < LETTERS.length; i++) {
            panes[i] = new Pane(tab + LETTERS[i], "thalweg-table/" + table, this::show);
            streams[i] = "table/" + table + "/" + tab + LETTERS[i];
            copies.add(panes[i].el());
        }
        place.attr("data-tab", tab).attr("data-table", table).only(List.of(controls, note, copies));
        BrowserJournal.open(DATABASE, new Outcome<>() {
            @Override
            public void succeeded(BrowserJournal opened) {
                journal = opened;
                begin(opened, tab);
            }

            @Override
            public void failed(Failure failure) {
                begin(null, tab);
                note.text("Edits are not kept: " + failure.message());
            }
        });
    }

    private void begin(@Nullable BrowserJournal opened, String tab) {
        for (int i = 0; i < panes.length; i++) {
            Pane pane = panes[i];
            String agent = tab + LETTERS[i] + "-" + new BrowserIds().uuid().substring(0, 8);
            Keep.Opened begun = (keep, tables, seen, offline) -> {
                pane.begin(keep, tables, seen, offline);
                if (Address.get("table").equals(table)) {
                    pane.meetAt(Address.origin(), "table-" + table);
                }
            };
            if (opened == null) {
                begun.opened(null, new TableDocument(agent), Map.of(), false);
            } else {
                Keep.open(opened, streams[i], agent, note::text, begun);
            }
        }
    }

    private void share() {
        Address.put("table", table);
        share.enabled(false);
        note.text("Whoever opens this page's address now, here or elsewhere, joins the table " + table + ".");
        for (Pane pane : panes) {
            pane.meetAt(Address.origin(), "table-" + table);
        }
    }

    /* Two edits of each kind that cannot both stand, made while neither copy hears the other. */
    private void part() {
        Pane a = panes[0];
        Pane b = panes[1];
        if (a.copy() == null || b.copy() == null) {
            return;
        }
        boolean apart = a.isOffline() && b.isOffline();
        a.offline(!apart);
        b.offline(!apart);
        if (!apart) {
            disagree(a, b);
        }
    }

    private static void disagree(Pane a, Pane b) {
        String both = shared(a, b, "");
        if (!both.isEmpty()) {
            a.write(both, "keeper", "Dora");
            b.write(both, "keeper", "Emil");
        }
        String gone = shared(a, b, both);
        if (!gone.isEmpty()) {
            b.write(gone, "level", "77");
            a.delete(gone);
        }
        a.insert("pump-house", JsonObject.of("level", JsonValue.of("18")));
        b.insert("pump-house", JsonObject.of("gate", JsonValue.of("open")));
    }

    /* The first row of both that is not another one. */
    private static String shared(Pane a, Pane b, String not) {
        Copy one = a.copy();
        Copy other = b.copy();
        if (one != null && other != null) {
            for (String row : one.rows().keySet()) {
                if (!row.equals(not) && !row.equals("pump-house") && other.rows().containsKey(row)) {
                    return row;
                }
            }
        }
        return "";
    }

    private void restart() {
        BrowserStorage.putLasting(NAME, "");
        BrowserJournal open = journal;
        if (open == null) {
            Address.reloadWithout("table");
            return;
        }
        Keep.forget(open, streams[0], () -> Keep.forget(open, streams[1], () -> Address.reloadWithout("table")));
    }

    private void show() {
        String first = panes[0].digest();
        part.text(panes[0].isOffline() && panes[1].isOffline() ? "Meet again" : "Part and disagree");
        boolean ready = !first.isEmpty() && !panes[1].digest().isEmpty();
        place.attr("data-state", !ready ? "loading" : first.equals(panes[1].digest()) ? "alike" : "apart");
    }
}
