package dev.thalweg.web.rig;

import dev.thalweg.web.dom.El;

/**
 * Dots that travel between clients and sequencer exactly as long as their frames do. Readers who want less motion see
 * the same in the counts on each client's card.
 */
final class FlowView {
    /** What is over sooner than a reader can see is not drawn. */
    private static final double SHORTEST_MILLIS = 50;
    /** Pixels above the cards: the wire that the sheet draws lies between the two. */
    private static final double UP_LANE = 35;
    private static final double DOWN_LANE = 13;

    private final El element = El.of("div", "flow").attr("aria-hidden", "true");
    private final El columns;
    private final SequencerView sequencer;

    FlowView(El columns, SequencerView sequencer) {
        this.columns = columns;
        this.sequencer = sequencer;
    }

    El element() {
        return element;
    }

    void travel(ClientView client, boolean up, String label, double millis) {
        if (millis < SHORTEST_MILLIS || El.reducedMotion()) {
            return;
        }
        double[] card = client.element().topIn(columns);
        double[] station = sequencer.element().topIn(columns);
        boolean sideBySide = Math.abs(card[1] - station[1]) < 1;
        double lane = sideBySide ? up ? -UP_LANE : -DOWN_LANE : 0;
        double[] from = up ? card : station;
        double[] to = up ? station : card;
        El dot = El.of("span", up ? "dot up" : "dot down", El.of("b", "").text(label));
        element.add(dot);
        dot.travel(from[0], from[1] + lane, to[0], to[1] + lane, millis);
    }
}
