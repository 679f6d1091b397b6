package dev.thalweg.web.rig;

import dev.thalweg.json.JsonWriter;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.web.dom.El;
import java.util.List;
import java.util.function.Consumer;

/** One line of the log, as it went over the wire, with its four numbers explained. */
final class InspectorView {
    private final Rig rig;
    private final El title = El.of("h3", "");
    private final El wire = El.of("pre", "").attr("tabindex", 0).attr("role", "region")
            .attr("aria-label", "The operation as JSON");
    private final El numbers = El.of("dl", "numbers");
    private final El element;
    private int shown = -1;

    /** @param closed called with the line that was shown when the reader closes it */
    InspectorView(Rig rig, Consumer<LogEntry> closed) {
        this.rig = rig;
        El close = El.button("Close", () -> {
            LogEntry entry = rig.inspected();
            rig.inspect(null);
            if (entry != null) {
                closed.accept(entry);
            }
        });
        element = El.of("section", "panel", El.of("div", "panel-head", title, close),
                El.of("div", "panel-body", wire, numbers)).attr("data-panel", "wire").flag("hidden", true);
    }

    El element() {
        return element;
    }

    void show() {
        LogEntry entry = rig.inspected();
        element.flag("hidden", entry == null);
        if (entry == null || entry.id() == shown) {
            return;
        }
        shown = entry.id();
        SequencedMessage message = entry.message();
        title.text("#" + entry.number() + " on the wire");
        wire.text(text(entry));
        numbers.only(List.of(
                number("CSN", message.clientSequenceNumber(), message.clientSequenceNumber() < 0
                        ? "Client sequence number: none, the service itself spoke."
                        : "Client sequence number: the count its author gave it on this connection. A gap is refused,"
                                + " a repetition ignored."),
                number("RSN", message.referenceSequenceNumber(), message.referenceSequenceNumber() < 0
                        ? "Reference sequence number: none, the service itself spoke."
                        : "Reference sequence number: the last one its author had processed when making it."),
                number("SN", message.sequenceNumber(),
                        "Sequence number: its place in line, given by the sequencer, the same for everyone."),
                number("MSN", message.minimumSequenceNumber(),
                        "Minimum sequence number: every writer has processed at least this; older history can be"
                                + " forgotten.")));
    }

    private static El number(String name, int value, String meaning) {
        return El.of("div", "", El.of("dt", "").text(name + " " + value), El.of("dd", "").text(meaning));
    }

    private static String text(LogEntry entry) {
        JsonWriter writer = new JsonWriter();
        entry.message().write(writer);
        StringBuilder text = new StringBuilder(writer.toString());
        ChannelOp op = entry.op();
        if (op != null) {
            text.append("\n\n").append("The structure’s part, at ").append(op.path()).append(":\n")
                    .append(op.contents().toJson());
        }
        if (!entry.frame().isEmpty()) {
            text.append("\n\nThe frame it came in:\n").append(entry.frame());
        }
        return text.toString();
    }
}
