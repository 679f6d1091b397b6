package dev.thalweg.dds.cell;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import org.jspecify.annotations.Nullable;

/** A cell in a summary: {@code header} holds {@code {"value":v}}, or {@code {}} when it is empty. */
final class CellSummary {
    private static final String HEADER = "header";

    private CellSummary() {}

    static SummaryNode.Tree write(@Nullable JsonValue value) {
        JsonObject header = JsonObject.builder().putIfPresent("value", value).build();
        return new SummaryBuilder().text(HEADER, header.toJson()).build();
    }

    static @Nullable JsonValue read(SummaryNode.Tree summary) throws ProtocolException {
        String text = summary.requireText(HEADER, "a cell's summary");
        return JsonCasts.object(JsonValue.parse(text), HEADER).get("value");
    }
}
