package dev.thalweg.web.local.topology;

import dev.thalweg.platform.Timers;
import dev.thalweg.topology.SimulationSetting;
import dev.thalweg.topology.TickMetrics;
import dev.thalweg.web.dom.El;
import java.util.ArrayList;
import java.util.List;

/** Five topologies under one setting, one of them drawn tick by tick. */
public final class Sheet {
    private static final int PACE = 650;
    private static final int MOVING = 560;

    private final El place;
    private final Timers timers;
    private final Controls controls = new Controls(this::simulate);
    private final List<El> picks = new ArrayList<>();
    private final List<Chart> charts = new ArrayList<>();
    private final List<Recording> recordings = new ArrayList<>();
    private final Drawing drawing = new Drawing();
    private final Metrics metrics = new Metrics();
    private final El rule = El.of("p", "rule");
    private final El status = El.of("p", "note status").attr("role", "status");
    private final El scale = El.of("p", "note");
    private final El slider = El.of("input", "").attr("type", "range").attr("min", 0).attr("data-control", "tick")
            .attr("aria-label", "Tick");
    private final El play = El.button("Play", this::togglePlay).attr("data-control", "play");
    private Shape shape = Shape.STAR;
    private int tick;
    private boolean playing;
    /* Of the run that plays, so that a timer of an earlier one does nothing. */
    private int run;

    private Sheet(El place, Timers timers) {
        this.place = place;
        this.timers = timers;
    }

    /** Puts the sheet into an element. */
    public static void mount(El place, Timers timers) {
        new Sheet(place, timers).start();
    }

    private void start() {
        El picker = El.of("div", "picker").attr("role", "group").attr("aria-label", "Topology");
        El multiples = El.of("div", "multiples");
        for (Shape each : Shape.values()) {
            El pick = El.button(each.label(), () -> pick(each)).attr("data-pick", each.id());
            picks.add(pick);
            picker.add(pick);
            Chart chart = new Chart(each);
            charts.add(chart);
            multiples.add(chart.el());
        }
        slider.on("input", () -> {
            pause();
            tick = Integer.parseInt(slider.value());
            show(0);
        });
        El player = El.of("div", "player", El.button("Back", () -> step(-1)).attr("data-control", "back"), play,
                El.button("Step", () -> step(1)).attr("data-control", "step"), slider);
        El frame = El.of("div", "drawing-frame", drawing.el());
        El left = El.of("div", "", frame, legend(), player, status);
        place.only(List.of(picker, controls.el(), rule, El.of("div", "stage", left, metrics.el()),
                El.of("h3", "").text("Messages per tick"), scale, multiples));
        simulate();
    }

    private static El legend() {
        return El.of("ul", "key", El.of("li", "latest").text("knows the latest"),
                El.of("li", "older").text("knows an older one"), El.of("li", "nothing").text("knows nothing"),
                El.of("li", "only").text("known only here"));
    }

    private void pick(Shape picked) {
        shape = picked;
        show(0);
    }

    private void simulate() {
        pause();
        SimulationSetting setting = controls.setting();
        int seed = controls.seed();
        recordings.clear();
        for (Shape each : Shape.values()) {
            recordings.add(new Recording(each, setting, seed));
        }
        tick = 0;
        slider.attr("max", setting.ticks() - 1);
        show(0);
    }

    private void step(int by) {
        pause();
        tick = Math.max(0, Math.min(last(), tick + by));
        show(by > 0 ? MOVING : 0);
    }

    private int last() {
        return shown().setting().ticks() - 1;
    }

    private Recording shown() {
        return recordings.get(index());
    }

    private int index() {
        Shape[] all = Shape.values();
        int index = 0;
        while (all[index] != shape) {
            index++;
        }
        return index;
    }

    private void togglePlay() {
        if (playing) {
            pause();
            show(0);
            return;
        }
        playing = true;
        run++;
        if (tick == last()) {
            tick = -1;
        }
        advance(run);
    }

    private void advance(int of) {
        if (!playing || of != run) {
            return;
        }
        tick++;
        if (tick == last()) {
            pause();
        } else {
            timers.schedule(PACE, () -> advance(of));
        }
        show(MOVING);
    }

    private void pause() {
        playing = false;
    }

    /* A tick that a reader steps into moves, unless the reader asked for less of that: then the arrows stand alone. */
    private void show(int millis) {
        Recording recording = shown();
        TickMetrics now = recording.metrics(tick);
        int most = 1;
        for (Recording each : recordings) {
            most = Math.max(most, each.peak());
        }
        int index = index();
        for (int i = 0; i < charts.size(); i++) {
            picks.get(i).attr("aria-pressed", i == index ? "true" : "false");
            charts.get(i).show(recordings.get(i), tick, most, i == index);
        }
        rule.text(shape.rule());
        scale.text("All five on one scale, up to " + most
                + " messages in a tick. On the grey ground peers write; from the "
                + "blue line on all are alike.");
        drawing.show(recording, tick, El.reducedMotion() ? 0 : millis);
        metrics.show(recording, tick);
        slider.value("" + tick).attr("aria-valuetext", "tick " + tick);
        play.text(playing ? "Pause" : "Play");
        status.attr("aria-live", playing ? "off" : "polite").text(shape.label() + ", tick " + tick + " of "
                + last() + ": " + now.messages() + (now.messages() == 1 ? " message, " : " messages, ")
                + (now.inconsistentPairs() == 0 ? "all peers alike."
                        : now.inconsistentPairs() + " pairs of peers differ."));
        place.attr("data-shape", shape.id()).attr("data-tick", tick).attr("data-messages", recording.sentUntil(tick))
                .attr("data-pairs", now.inconsistentPairs()).attr("data-total", recording.result().totalMessages())
                .attr("data-alike", recording.result().convergenceTick())
                .attr("data-playing", playing ? "true" : "false");
    }
}
