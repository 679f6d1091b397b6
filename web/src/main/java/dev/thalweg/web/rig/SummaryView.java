package dev.thalweg.web.rig;

import dev.thalweg.container.SummaryReport;
import dev.thalweg.storage.SummaryNode;
import dev.thalweg.web.dom.El;
import java.util.List;

/** The summary that was written last: its tree, how large each part is, and its commit. */
final class SummaryView {
    private final Rig rig;
    private final El tree = El.of("pre", "").attr("tabindex", 0).attr("role", "region")
            .attr("aria-label", "The summary's tree");
    private final El facts = El.of("dl", "numbers");
    private final El element;
    private String shown = "";

    /** @param closed called when the reader closes it */
    SummaryView(Rig rig, Runnable closed) {
        this.rig = rig;
        El close = El.button("Close", () -> {
            rig.errands().closeSummary();
            closed.run();
        });
        El head = El.of("div", "panel-head", El.of("h3", "").text("Summary"), close);
        element = El.of("section", "panel", head, El.of("div", "panel-body", tree, facts))
                .attr("data-panel", "summary").flag("hidden", true);
    }

    El element() {
        return element;
    }

    void show() {
        SummaryReport report = rig.errands().summary();
        element.flag("hidden", report == null);
        if (report == null || report.handle().equals(shown)) {
            return;
        }
        shown = report.handle();
        StringBuilder text = new StringBuilder();
        list(report.tree(), "", text);
        tree.text(text.toString());
        facts.only(List.of(fact("Up to", "#" + report.sequenceNumber()), fact("Commit", report.handle()),
                fact("Written", report.characters() + " characters in " + report.written() + " blobs"),
                fact("Reused", report.reused() + " parts of the summary before")));
    }

    private static void list(SummaryNode node, String indent, StringBuilder text) {
        if (!(node instanceof SummaryNode.Tree folder)) {
            return;
        }
        folder.entries().forEach((name, part) -> {
            text.append(indent).append(name).append(switch (part) {
                case SummaryNode.Tree inner -> "/";
                case SummaryNode.Blob blob -> "  " + blob.content().length();
                case SummaryNode.Handle handle -> "  as before";
                case SummaryNode.Attachment attachment -> "  attachment";
            }).append('\n');
            list(part, indent + "  ", text);
        });
    }

    private static El fact(String name, String value) {
        return El.of("div", "", El.of("dt", "").text(name), El.of("dd", "").text(value));
    }
}
