package dev.thalweg.web.rig;

import dev.thalweg.web.dom.El;

/** What can be done to the whole rig. */
final class ControlsView {
    private final Rig rig;
    private final El latency;
    private final El latencyText = El.of("output", "");
    private final El jitter;
    private final El redeliver;
    private final El summarize;
    private final El reload;
    private final El jvm;
    private final El addStock;
    private final StockView stock;
    private final El reset;
    private final El element;

    ControlsView(Rig rig, StockView stock) {
        this.rig = rig;
        this.stock = stock;
        latency = El.of("input", "").attr("type", "range").attr("min", 0).attr("max", RigOptions.MAX_LATENCY)
                .attr("step", 50).attr("data-control", "latency").attr("aria-label", "Latency per hop, milliseconds");
        latency.value(Integer.toString(rig.latency())).on("input", () -> setLatency(latency.value()));
        jitter = El.of("input", "").attr("type", "checkbox").attr("data-control", "jitter");
        jitter.on("change", () -> rig.jitter(jitter.checked()));
        redeliver = El.button("Re-deliver last op", rig::redeliver).attr("data-control", "redeliver");
        summarize = El.button("Summarize", rig.errands()::summarize).attr("data-control", "summarize");
        reload = El.button("Reload B from summary", rig.errands()::reloadFromSummary).attr("data-control", "reload");
        jvm = El.button("Start a JVM client", rig.errands()::startJvmClient).attr("data-control", "jvm");
        addStock = El.button("Add a stock Fluid client", stock::add).attr("data-control", "add-stock");
        reset = El.button("Reset", rig::reset).attr("data-control", "reset");
        element = El.of("div", "controls", redeliver, reset, summarize, reload, jvm, addStock,
                El.of("label", "", El.of("span", "").text("Latency"), latency, latencyText),
                El.of("label", "", jitter, El.of("span", "").text("Jitter")));
    }

    El element() {
        return element;
    }

    /** Puts the focus where a summary is asked for. */
    void focusSummarize() {
        summarize.focus();
    }

    void show() {
        latencyText.text(rig.latency() + " ms");
        redeliver.enabled(rig.canRedeliver()).flag("hidden", !rig.absorbs());
        reset.enabled(rig.replicas().get(0).container() != null);
        boolean ready = !rig.errands().busy() && !rig.documentId().isEmpty();
        summarize.enabled(ready);
        reload.enabled(ready && rig.replicas().get(1).container() != null);
        Venue venue = rig.venue();
        boolean served = venue != null && !venue.address().isEmpty();
        jvm.flag("hidden", !served).enabled(ready);
        addStock.flag("hidden", !served).enabled(ready && !stock.asked());
    }

    private void setLatency(String text) {
        int millis = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                break;
            }
            millis = millis * 10 + digit - '0';
        }
        rig.latency(Math.min(millis, RigOptions.MAX_LATENCY));
    }
}
