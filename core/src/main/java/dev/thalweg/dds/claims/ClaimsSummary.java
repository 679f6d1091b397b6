package dev.thalweg.dds.claims;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Claims in a summary: {@code header} holds
 * {@code {"claims":[{"key":…,"sequenceNumber":…,"value":…},…],"version":1}}, by key.
 */
final class ClaimsSummary {
    private static final String HEADER = "header";
    private static final int VERSION = 1;

    private ClaimsSummary() {}

    /** @param keys of the holdings, sorted */
    static SummaryNode.Tree write(List<String> keys, Map<String, ClaimsKernel.Holding> holdings) {
        List<JsonValue> claims = new ArrayList<>(keys.size());
        for (String key : keys) {
            ClaimsKernel.Holding holding = Objects.requireNonNull(holdings.get(key));
            claims.add(JsonObject.builder().put("key", key).put("sequenceNumber", holding.sequenceNumber())
                    .put("value", holding.value()).build());
        }
        JsonObject header = JsonObject.builder().put("claims", new JsonArray(claims)).put("version", VERSION).build();
        return new SummaryBuilder().text(HEADER, header.toJson()).build();
    }

    static Map<String, ClaimsKernel.Holding> read(SummaryNode.Tree summary) throws ProtocolException {
        String text = summary.requireText(HEADER, "a claims summary");
        JsonObject header = JsonCasts.object(JsonValue.parse(text), HEADER);
        header.integer("version", VERSION, VERSION);
        Map<String, ClaimsKernel.Holding> holdings = new HashMap<>();
        for (JsonValue each : header.array("claims").values()) {
            JsonObject claim = JsonCasts.object(each, "claim");
            JsonValue value = claim.require("value");
            ClaimsKernel.Holding holding = new ClaimsKernel.Holding(value,
                    claim.integer("sequenceNumber", 0, Integer.MAX_VALUE));
            if (value == JsonNull.NULL || holdings.put(claim.string("key"), holding) != null) {
                throw new ProtocolException("claim of " + claim.string("key") + " is free or there twice");
            }
        }
        return holdings;
    }
}
