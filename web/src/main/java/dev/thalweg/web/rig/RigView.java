package dev.thalweg.web.rig;

import dev.thalweg.platform.Timers;
import dev.thalweg.web.dom.El;
import dev.thalweg.web.sheet.Group;
import dev.thalweg.web.sheet.Sheet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The rig as a reader sees it: assembles the views of its parts and shows them again whenever something changed. */
final class RigView {
    /** Changes within one frame are shown together. */
    private static final double FRAME_MILLIS = 16;
    private static final double RATE_MILLIS = 500;

    /** Tells the page of what it may want to know. */
    interface Page {
        void tell(String event, String state, int sequenceNumber, String documentId);
    }

    private final Rig rig;
    private final Timers timers;
    private final Page page;
    private final El root;
    private final List<El> cells = new ArrayList<>();
    private final El rule = El.of("p", "rule");
    private final StripView strip;
    private final ControlsView controls;
    private final List<ClientView> clients = new ArrayList<>();
    private final SequencerView sequencer;
    private final FlowView flow;
    private final StampView stamp;
    private final InspectorView inspector;
    private final SummaryView summary;
    private final StockView stock;
    private final MarginView margin;
    private boolean due;
    private boolean counting;
    private String told = "";

    RigView(Rig rig, El host, Timers timers, Page page) {
        this.rig = rig;
        this.timers = timers;
        this.page = page;
        strip = new StripView(rig);
        stock = new StockView(rig);
        controls = new ControlsView(rig, stock);
        sequencer = new SequencerView(rig);
        stamp = new StampView(rig);
        inspector = new InspectorView(rig, sequencer::focus);
        summary = new SummaryView(rig, controls::focusSummarize);
        margin = new MarginView(rig);
        for (Replica replica : rig.replicas()) {
            clients.add(new ClientView(rig, replica));
        }
        El columns = El.of("div", "columns", clients.get(0).element(), sequencer.element());
        for (ClientView client : clients.subList(1, clients.size())) {
            columns.add(client.element());
        }
        flow = new FlowView(columns, sequencer);
        columns.add(flow.element());
        root = El.of("div", "rig").attr("data-rig", "").attr("data-state", "loading")
                .attr("data-sequence-number", 0).attr("data-target", rig.options().target())
                .attr("data-clients", rig.replicas().size());
        if (rig.sheets().size() > 1) {
            root.add(picker());
        }
        root.add(rule, strip.element(), controls.element(), columns, stock.element(), stamp.element(),
                inspector.element(),
                summary.element(), margin.element());
        host.only(List.of(root));
        show();
    }

    /** Shows the rig again soon. */
    void changed() {
        if (!due) {
            due = true;
            timers.schedule(FRAME_MILLIS, this::show);
        }
    }

    /** Draws operations on their way. */
    void travelled(Replica replica, boolean up, String label, double millis) {
        for (ClientView client : clients) {
            if (client.replica() == replica) {
                flow.travel(client, up, label, millis);
            }
        }
    }

    private El picker() {
        El picker = El.of("div", "picker").attr("role", "group").attr("aria-label", "Structure to show");
        Map<Group, El> groups = new EnumMap<>(Group.class);
        for (Sheet<?> sheet : rig.sheets()) {
            El group = groups.get(sheet.group());
            if (group == null) {
                group = El.of("div", "picker-cells").attr("role", "group").attr("aria-label", sheet.group().title());
                groups.put(sheet.group(), group);
                picker.add(El.of("p", "picker-title").text(sheet.group().title()), group);
            }
            El cell = El.of("button", "", El.of("strong", "").text(sheet.title()),
                    El.of("span", "").text(sheet.structure()));
            cell.attr("type", "button").attr("data-pick", sheet.id()).on("click", () -> rig.pick(sheet));
            cells.add(cell);
            group.add(cell);
        }
        return picker;
    }

    private void show() {
        due = false;
        Stamp now = rig.stamp();
        root.attr("data-state", now.state()).attr("data-sequence-number", rig.log().latest());
        for (int i = 0; i < cells.size(); i++) {
            cells.get(i).flag("hidden", !rig.present(rig.sheets().get(i))).attr("aria-pressed",
                    rig.sheets().get(i) == rig.sheet() ? "true" : "false");
        }
        rule.text(rig.sheet().rule());
        strip.show();
        controls.show();
        clients.forEach(ClientView::show);
        sequencer.show();
        stamp.show(now);
        inspector.show();
        summary.show();
        margin.show();
        tell(now);
        countDown();
    }

    private void tell(Stamp now) {
        String mark = now.state() + rig.log().latest();
        if (mark.equals(told)) {
            return;
        }
        told = mark;
        switch (now) {
            case Stamp.Converged converged -> tell("thalweg-converged", now);
            case Stamp.Diverged diverged -> tell("thalweg-diverged", now);
            case Stamp.Loading loading -> {
                // Only the two outcomes are told.
            }
            case Stamp.Revising revising -> {
                // Only the two outcomes are told.
            }
            case Stamp.LinkCut cut -> {
                // Only the two outcomes are told.
            }
            case Stamp.ServerNotReached gone -> {
                // Only the two outcomes are told.
            }
        }
    }

    private void tell(String event, Stamp now) {
        page.tell(event, now.state(), rig.log().latest(), rig.documentId());
    }

    /* The rate falls while nothing happens, so it has to be looked at again. */
    private void countDown() {
        if (!counting && rig.log().rate(rig.now()) > 0) {
            counting = true;
            timers.schedule(RATE_MILLIS, () -> {
                counting = false;
                changed();
            });
        }
    }
}
