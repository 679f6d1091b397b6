package dev.thalweg.web.rig;

import dev.thalweg.web.dom.El;
import java.util.List;

/**
 * Fluid's own client on the document, when somebody asks for it: an element that a file of the site defines, which is
 * fetched then.
 */
final class StockView {
    private static final String FILE = "stock/stock.js";

    private final Rig rig;
    private final El element = El.of("div", "stock").flag("hidden", true);
    private boolean asked;

    StockView(Rig rig) {
        this.rig = rig;
    }

    El element() {
        return element;
    }

    /** Whether somebody has asked for it. */
    boolean asked() {
        return asked;
    }

    /** Fetches Fluid's client and has it join. */
    void add() {
        Venue at = rig.venue();
        if (at == null || at.address().isEmpty() || asked) {
            return;
        }
        asked = true;
        El script = El.of("script", "").attr("type", "module").attr("src", rig.options().base() + FILE);
        script.on("load", () -> rig.say("Fluid's own client has been fetched and joins."));
        script.on("error", () -> {
            asked = false;
            element.flag("hidden", true);
            rig.say("This copy of the page was built without Fluid's own client.");
        });
        El client = El.of("thalweg-stock-client", "client").attr("data-stock", "").attr("server", at.address())
                .attr("document", rig.documentId());
        element.only(List.of(client, script)).flag("hidden", false);
        rig.say("Fluid's own client is being fetched.");
    }
}
