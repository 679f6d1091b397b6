package dev.thalweg.dds.pncounter;

import dev.thalweg.crdt.PNCounter;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;

/** A counter in a summary: {@code header} holds {@code {"state":{"n":{…},"p":{…}},"version":1}}. */
final class PnCounterSummary {
    private static final String HEADER = "header";
    private static final int VERSION = 1;

    private PnCounterSummary() {}

    static SummaryNode.Tree write(PNCounter state) {
        JsonObject header = JsonObject.builder().put("state", state.toJson()).put("version", VERSION).build();
        return new SummaryBuilder().text(HEADER, header.toJson()).build();
    }

    static PNCounter read(SummaryNode.Tree summary) throws ProtocolException {
        String text = summary.text(HEADER);
        if (text == null) {
            throw new ProtocolException("a PN counter's summary has no " + HEADER);
        }
        JsonObject header = JsonCasts.object(JsonValue.parse(text), HEADER);
        header.integer("version", VERSION, VERSION);
        return PNCounter.read(header.require("state"), "state");
    }
}
