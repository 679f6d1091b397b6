package dev.thalweg.dds.ormap;

import dev.thalweg.crdt.HidingMap;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;

/** A map in a summary: {@code header} holds {@code {"mode":"tally"|"register","state":{…},"version":1}}. */
final class OrMapSummary {
    private static final String HEADER = "header";
    private static final int VERSION = 1;

    private OrMapSummary() {}

    static SummaryNode.Tree write(OrMapMode mode, HidingMap<OrMapValue> state) {
        JsonObject header = JsonObject.builder().put("mode", mode.word()).put("state", state.toJson())
                .put("version", VERSION).build();
        return new SummaryBuilder().text(HEADER, header.toJson()).build();
    }

    static HidingMap<OrMapValue> read(SummaryNode.Tree summary, OrMapMode mode) throws ProtocolException {
        String text = summary.requireText(HEADER, "an OR-map's summary");
        JsonObject header = JsonCasts.object(JsonValue.parse(text), HEADER);
        header.integer("version", VERSION, VERSION);
        String word = header.string("mode");
        if (!word.equals(mode.word())) {
            throw new ProtocolException("mode must be " + mode.word() + ", was " + word);
        }
        return mode.empty().read(header.require("state"), "state");
    }
}
