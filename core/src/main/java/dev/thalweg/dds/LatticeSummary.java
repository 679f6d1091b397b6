package dev.thalweg.dds;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;

/** A structure that is one lattice in a summary: {@code header} holds {@code {"state":…,"version":1}}. */
public final class LatticeSummary {
    private static final String HEADER = "header";
    private static final int VERSION = 1;

    private LatticeSummary() {}

    /** Writes a state. */
    public static SummaryNode.Tree write(Lattice<?> state) {
        JsonObject header = JsonObject.builder().put("state", state.toJson()).put("version", VERSION).build();
        return new SummaryBuilder().text(HEADER, header.toJson()).build();
    }

    /** Reads a state. @param what names the structure in the error */
    public static <S extends Lattice<S>> S read(SummaryNode.Tree summary, Lattice.Reader<S> reader, String what)
            throws ProtocolException {
        String text = summary.requireText(HEADER, "the summary of " + what);
        JsonObject header = JsonCasts.object(JsonValue.parse(text), HEADER);
        header.integer("version", VERSION, VERSION);
        return reader.read(header.require("state"), "state");
    }
}
