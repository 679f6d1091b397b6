package dev.thalweg.web.local.editor;

import dev.thalweg.eventgraph.TextChange;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.web.dom.El;
import dev.thalweg.web.platform.BrowserChannel;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One of the page's two editors with what stands around it. */
final class Pane implements Copy.View, CodeMirror.Listener {
    private static final double SETTLED = 200;

    private final String side;
    private final Timers timers;
    private final Predicate<String> neighbour;
    private final Runnable settled;
    private final El place;
    private final El live = El.of("div", "live");
    private final El past = El.of("div", "past").flag("hidden", true);
    private final El agent = El.of("span", "agent");
    private final El offline = El.of("input", "").attr("type", "checkbox").attr("data-control", "offline");
    private final El pending = El.of("p", "standing").attr("data-part", "pending");
    private final El trouble = El.of("p", "trouble").attr("role", "alert");
    private final El undo = El.button("Undo", () -> undo(false)).attr("data-control", "undo");
    private final El redo = El.button("Redo", () -> undo(true)).attr("data-control", "redo");
    private final El tools = El.of("div", "tools");
    private final Facts facts = new Facts();
    private final GraphDrawing graph = new GraphDrawing();
    private final Playback playback;
    private @Nullable Copy copy;
    private @Nullable CodeMirror editor;
    private @Nullable Subscription settling;
    private boolean editing;

    /**
     * One that shows nothing yet.
     *
     * @param neighbour whether an agent writes in the page's other editor
     * @param settled   runs when nothing has happened for a moment
     */
    Pane(String side, Timers timers, Predicate<String> neighbour, Runnable settled) {
        this.side = side;
        this.neighbour = neighbour;
        this.timers = timers;
        this.settled = settled;
        String name = name();
        playback = new Playback(name, timers, past, showing -> {
            live.flag("hidden", showing);
            tools.attr("class", showing ? "tools past-is-shown" : "tools");
            if (!showing && editor != null) {
                editor.measure();
            }
        });
        El label = El.of("label", "", offline, El.of("span", "").text("offline"));
        place = El.of("section", "copy", El.of("header", "", El.of("h3", "").text("Editor " + name), agent, label),
                live, past, tools.add(undo, redo, pending), trouble, playback.el(), facts.el(), graph.el())
                .attr("data-editor", side).attr("aria-label", "Editor " + name);
        offline.on("change", () -> {
            Copy mine = copy;
            if (mine != null) {
                mine.setOnline(!offline.checked());
            }
        });
    }

    El el() {
        return place;
    }

    private String name() {
        return side.equals("a") ? "A" : "B";
    }

    /** The copy, once it is open. */
    @Nullable
    Copy copy() {
        return copy;
    }

    Facts facts() {
        return facts;
    }

    /** Goes on with a copy. @param channel the name of the way to all others */
    void begin(TextDocument document, int kept, Keeper.Standing standing, Keeper keeper, String note, String way) {
        CodeMirror made = CodeMirror.open(live, "Text of editor " + name(), this);
        editor = made;
        made.fill(document.text());
        BrowserChannel opened = new BrowserChannel(way, message -> {
            Copy mine = copy;
            if (mine != null) {
                mine.receive(message);
            }
        });
        Copy mine = new Copy(document, kept, standing, keeper, timers, opened::send, this);
        copy = mine;
        mine.pendingStretches((from, to, behind) -> made.pend(from, to, behind));
        agent.text(document.agent());
        place.attr("data-agent", document.agent());
        trouble.text(note);
        offline.checked(!standing.online());
        playback.of(mine.history());
        mine.start();
        stirred();
    }

    /** The page goes. */
    void leave() {
        Copy mine = copy;
        if (mine != null) {
            mine.leave();
        }
    }

    @Override
    public void edited(int position, int removed, String inserted) {
        Copy mine = copy;
        if (mine != null) {
            mine.edit(position, removed, inserted);
            editing = true;
        }
    }

    @Override
    public void selected(int anchor, int head) {
        Copy mine = copy;
        if (mine != null) {
            mine.select(anchor, head);
            if (editing) {
                editing = false;
                mine.edited();
            } else {
                mine.pause();
            }
        }
    }

    @Override
    public void undo(boolean again) {
        Copy mine = copy;
        if (mine != null) {
            mine.revert(again);
        }
    }

    @Override
    public void changed(TextChange change, boolean own) {
        if (editor != null) {
            editor.change(change, own);
        }
    }

    @Override
    public void pending(int from, int to, int behind) {
        if (editor != null) {
            editor.pend(from, to, behind);
        }
    }

    @Override
    public void shared(int next) {
        if (editor != null) {
            editor.share(next);
        }
    }

    @Override
    public void moved() {
        Copy mine = copy;
        if (mine == null || editor == null) {
            return;
        }
        List<Person> people = mine.people();
        int[] anchors = new int[people.size()];
        int[] heads = new int[people.size()];
        String[] names = new String[people.size()];
        String[] sides = new String[people.size()];
        for (int i = 0; i < people.size(); i++) {
            Person person = people.get(i);
            anchors[i] = person.anchor();
            heads[i] = person.head();
            sides[i] = Person.side(person.agent());
            names[i] = person.name(neighbour.test(person.agent()));
        }
        editor.others(anchors, heads, names, sides);
    }

    @Override
    public void failed(String message) {
        trouble.text(message);
    }

    @Override
    public void stirred() {
        Copy mine = copy;
        if (mine == null) {
            return;
        }
        int only = mine.own() - mine.shared();
        place.attr("data-online", mine.isOnline() ? "true" : "false").attr("data-pending", only)
                .attr("data-kept", mine.isKept() ? "true" : "false").attr("data-others", mine.others())
                .attr("data-length", mine.document().length());
        pending.attr("class", only > 0 ? "standing only-here" : "standing").text((only > 0
                ? only + (only == 1 ? " event is" : " events are") + " only here"
                : "Nothing is only here") + (mine.isOnline() ? ". " + company(mine.others()) : ". Offline."));
        undo.enabled(mine.canUndo());
        redo.enabled(mine.canRedo());
        playback.grown();
        if (settling == null) {
            settling = timers.schedule(SETTLED, () -> {
                settling = null;
                facts.show(mine, place);
                graph.show(mine);
                settled.run();
            });
        }
    }

    private static String company(int others) {
        return others == 0 ? "No other copy is online."
                : others == 1 ? "1 other copy is online." : others + " other copies are online.";
    }
}
