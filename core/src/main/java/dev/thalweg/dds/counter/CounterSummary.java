package dev.thalweg.dds.counter;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;

/** A counter in a summary: {@code header} holds {@code {"value":n}}. */
final class CounterSummary {
    private static final String HEADER = "header";

    private CounterSummary() {}

    static SummaryNode.Tree write(double value) {
        return new SummaryBuilder().text(HEADER, JsonObject.of("value", JsonValue.of(value)).toJson()).build();
    }

    static double read(SummaryNode.Tree summary) throws ProtocolException {
        String text = summary.requireText(HEADER, "a counter's summary");
        return JsonCasts.object(JsonValue.parse(text), HEADER).number("value");
    }
}
