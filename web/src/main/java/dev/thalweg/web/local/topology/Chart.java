package dev.thalweg.web.local.topology;

import dev.thalweg.web.dom.El;
import java.util.ArrayList;
import java.util.List;

/** Messages per tick of one topology, on a scale that all share. */
final class Chart {
    private static final int WIDTH = 400;
    private static final int HEIGHT = 100;

    private final El svg = El.svg("svg", "bars").attr("aria-hidden", "true").attr("preserveAspectRatio", "none")
            .attr("viewBox", "0 0 " + WIDTH + " " + HEIGHT);
    private final El name = El.of("b", "");
    private final El said = El.of("span", "note");
    private final El figure;

    Chart(Shape shape) {
        name.text(shape.label());
        figure = El.of("figure", "chart", svg, El.of("figcaption", "", name, said)).attr("data-chart", shape.id());
    }

    El el() {
        return figure;
    }

    /**
     * @param tick  the one that is looked at
     * @param scale messages at the full height
     * @param shown whether it is this topology that is looked at
     */
    void show(Recording recording, int tick, int scale, boolean shown) {
        int ticks = recording.setting().ticks();
        double step = step(recording);
        List<El> parts = new ArrayList<>();
        int writing = ticks / 2;
        parts.add(box("writing", 0, WIDTH * writing / ticks, HEIGHT));
        parts.add(bars("bar", recording, 0, tick + 1, scale));
        parts.add(bars("bar later", recording, tick + 1, ticks, scale));
        int alike = recording.result().convergenceTick();
        if (alike >= 0) {
            parts.add(line("alike", tenths(alike * step)));
        }
        svg.only(parts);
        int total = recording.result().totalMessages();
        said.text(total + " messages, " + (alike < 0 ? "never alike" : "alike from tick " + alike));
        figure.attr("data-total", total).attr("data-alike", alike).attr("data-peak", recording.peak())
                .attr("class", shown ? "chart shown" : "chart");
    }

    private static El bars(String css, Recording recording, int from, int until, int scale) {
        double step = step(recording);
        StringBuilder bars = new StringBuilder();
        for (int tick = from; tick < until; tick++) {
            int height = recording.metrics(tick).messages() * HEIGHT / scale;
            if (height > 0) {
                bars.append('M').append(tenths(tick * step + step / 2)).append(' ').append(HEIGHT).append('v')
                        .append(-height);
            }
        }
        return El.svg("path", css).attr("d", bars.toString()).attr("stroke-width", tenths(step * 0.6));
    }

    private static double step(Recording recording) {
        return WIDTH / (double) recording.setting().ticks();
    }

    private static El box(String css, int x, int width, int height) {
        return El.svg("rect", css).attr("x", x).attr("y", 0).attr("width", width).attr("height", height);
    }

    private static El line(String css, String x) {
        return El.svg("path", css).attr("d", "M" + x + " 0V" + HEIGHT);
    }

    private static String tenths(double value) {
        int tenths = (int) Math.round(value * 10);
        return tenths / 10 + "." + tenths % 10;
    }
}
