package dev.thalweg.web.local.editor;

import dev.thalweg.eventgraph.Authorship;
import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.TextChange;
import dev.thalweg.eventgraph.TextHistory;
import dev.thalweg.eventgraph.TextPlayer;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.web.dom.El;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays a copy's history back: a slider over its events, the text after so many of them, who wrote what of it. */
final class Playback {
    private static final double FRAME = 50;
    private static final int FRAMES = 160;
    /* For readers who asked for less motion: few pictures, each for long enough to be read. */
    private static final double STILL = 1_000;
    private static final int STILLS = 8;

    private final Timers timers;
    private final El host;
    private final String name;
    private final Consumer<Boolean> showing;
    private final El slider;
    private final El play = El.button("Play", this::toggle).attr("data-control", "play");
    private final El back = El.button("Back to now", this::leave).attr("data-control", "now");
    private final El note = El.of("p", "note").attr("data-part", "past");
    private final El place;
    private @Nullable TextHistory history;
    private @Nullable TextPlayer player;
    private @Nullable CodeMirror screen;
    private @Nullable Subscription next;
    private boolean shown;

    /** @param host where the past is shown. @param showing hears whether it is */
    Playback(String name, Timers timers, El host, Consumer<Boolean> showing) {
        this.name = name;
        this.timers = timers;
        this.host = host;
        this.showing = showing;
        slider = El.of("input", "").attr("type", "range").attr("min", "0").attr("max", "0").attr("step", "1")
                .attr("data-control", "history").attr("aria-label", "History of editor " + name);
        slider.on("input", () -> {
            stop();
            moveTo(Integer.parseInt(slider.value()));
        });
        back.flag("hidden", true);
        place = El.of("div", "playback", El.of("div", "transport", play, slider, back), note);
        note.text("Drag, or press Play, to see how the text came about.");
    }

    El el() {
        return place;
    }

    /** Plays this history. */
    void of(TextHistory played) {
        history = played;
        grown();
    }

    /** There may be more events than before. */
    void grown() {
        TextHistory played = history;
        if (played != null) {
            int events = played.document().graph().size();
            slider.attr("max", events);
            play.enabled(events > 0);
            if (!shown) {
                slider.value(Integer.toString(events));
                slider.attr("aria-valuetext", "now, after " + events + " events");
            }
        }
    }

    private TextPlayer enter(TextHistory played) {
        TextPlayer entered = player;
        if (entered == null) {
            entered = new TextPlayer(played);
            player = entered;
            screen = CodeMirror.show(host, "Text of editor " + name + " as it was");
        }
        if (!shown) {
            shown = true;
            host.flag("hidden", false);
            back.flag("hidden", false);
            place.attr("data-showing", "");
            showing.accept(true);
        }
        return entered;
    }

    private void moveTo(int events) {
        TextHistory played = history;
        if (played == null) {
            return;
        }
        TextPlayer entered = enter(played);
        CodeMirror shows = screen;
        if (shows != null) {
            shows.change(entered.moveTo(Math.min(events, entered.length())), false);
            shows.measure();
            describe(entered, shows);
        }
    }

    private void describe(TextPlayer entered, CodeMirror shows) {
        List<int[]> ranges = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        int[] written = new int[2];
        int at = 0;
        for (Authorship each : entered.blame(0, entered.textLength())) {
            String side = Person.side(each.first().agent());
            ranges.add(new int[] {at, at + each.length()});
            classes.add("by-" + side);
            written[side.equals("a") ? 0 : 1] += each.length();
            at += each.length();
        }
        int come = 0;
        int gone = 0;
        at = 0;
        for (TextChange.Edit edit : entered.changeToNow().edits()) {
            switch (edit) {
                case TextChange.Edit.Retain retain -> at += retain.length();
                case TextChange.Edit.Insert insert -> come += insert.text().length();
                case TextChange.Edit.Delete delete -> {
                    ranges.add(new int[] {at, at + delete.length()});
                    classes.add("gone");
                    at += delete.length();
                    gone += delete.length();
                }
            }
        }
        int[] from = new int[ranges.size()];
        int[] to = new int[ranges.size()];
        for (int i = 0; i < from.length; i++) {
            from[i] = ranges.get(i)[0];
            to[i] = ranges.get(i)[1];
        }
        shows.stretches(from, to, classes.toArray(new String[0]));
        String count = "after " + entered.at() + " of " + entered.length() + " events";
        slider.value(Integer.toString(entered.at()));
        slider.attr("aria-valuetext", count);
        place.attr("data-at", entered.at());
        String latest = "";
        if (entered.at() > 0 && history != null) {
            EventId id = history.document().graph().id(entered.at() - 1);
            latest = ", the latest by " + id.agent();
        }
        note.only(List.of(El.of("span", "").text(capital(count) + latest + ". "),
                El.of("span", "by-a").text("A wrote " + written[0]), El.of("span", "").text(", "),
                El.of("span", "by-b").text("B wrote " + written[1]),
                El.of("span", "").text(". Since then " + come + " more, "),
                El.of("span", "gone").text(gone + " gone"), El.of("span", "").text(".")));
    }

    private static String capital(String text) {
        return "A" + text.substring(1);
    }

    private void toggle() {
        TextHistory played = history;
        if (played == null) {
            return;
        }
        if (next != null) {
            stop();
            return;
        }
        TextPlayer entered = enter(played);
        if (entered.at() >= entered.length()) {
            moveTo(0);
        }
        play.text("Pause").attr("aria-pressed", "true");
        step(entered);
    }

    private void step(TextPlayer entered) {
        boolean still = El.reducedMotion();
        int frames = still ? STILLS : FRAMES;
        next = timers.schedule(still ? STILL : FRAME, () -> {
            int events = entered.length();
            int ahead = (events + frames - 1) / frames;
            int wanted = Math.min(events, entered.at() + ahead);
            moveTo(wanted);
            if (wanted < events) {
                step(entered);
            } else {
                stop();
            }
        });
    }

    private void stop() {
        Subscription playing = next;
        next = null;
        if (playing != null) {
            playing.cancel();
        }
        play.text("Play").attr("aria-pressed", "false");
    }

    private void leave() {
        stop();
        shown = false;
        host.flag("hidden", true);
        back.flag("hidden", true);
        place.flag("data-showing", false);
        showing.accept(false);
        note.text("Drag, or press Play, to see how the text came about.");
        grown();
        slider.focus();
    }
}
