package dev.thalweg.dds.pact;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonString;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryBuilder;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pact map in a summary: {@code header} holds
 * {@code [[key,{"accepted":{"value":…,"sequenceNumber":…},"pending":{"value":…,"expectedSignoffs":[…]}}],…]}, in the
 * order of the first proposals; {@code value} is left out where it is a deletion.
 */
final class PactSummary {
    private static final String HEADER = "header";

    private PactSummary() {}

    static SummaryNode.Tree write(Iterable<Pact> pacts) {
        List<JsonValue> pairs = new ArrayList<>();
        for (Pact pact : pacts) {
            pairs.add(JsonArray.of(new JsonString(pact.key), write(pact)));
        }
        return new SummaryBuilder().text(HEADER, new JsonArray(pairs).toJson()).build();
    }

    static Map<String, Pact> read(SummaryNode.Tree summary) throws ProtocolException {
        String text = summary.requireText(HEADER, "a pact map's summary");
        Map<String, Pact> pacts = new LinkedHashMap<>();
        for (JsonValue each : JsonCasts.array(JsonValue.parse(text), HEADER).values()) {
            List<JsonValue> pair = JsonCasts.array(each, "pact").values();
            if (pair.size() != 2) {
                throw new ProtocolException("a pact must be a pair of key and state, has " + pair.size() + " members");
            }
            Pact pact = new Pact(JsonCasts.string(pair.get(0), "key of a pact"), pacts.size());
            read(pact, JsonCasts.object(pair.get(1), "pact of " + pact.key));
            if (pacts.put(pact.key, pact) != null) {
                throw new ProtocolException("key " + pact.key + " is there twice");
            }
        }
        return pacts;
    }

    private static JsonObject write(Pact pact) {
        JsonObject.Builder json = JsonObject.builder();
        AcceptedPact accepted = pact.accepted;
        if (accepted != null) {
            json.put("accepted", JsonObject.builder().putIfPresent("value", accepted.value())
                    .put("sequenceNumber", accepted.sequenceNumber()).build());
        }
        Pact.Proposal proposal = pact.proposal;
        if (proposal != null) {
            json.put("pending", JsonObject.builder().putIfPresent("value", proposal.value)
                    .put("expectedSignoffs", JsonArray.ofStrings(proposal.signoffs)).build());
        }
        return json.build();
    }

    private static void read(Pact pact, JsonObject json) throws ProtocolException {
        JsonObject accepted = json.optionalObject("accepted");
        if (accepted != null) {
            pact.accepted = new AcceptedPact(accepted.get("value"),
                    accepted.integer("sequenceNumber", 0, Integer.MAX_VALUE));
        }
        JsonObject pending = json.optionalObject("pending");
        if (pending != null) {
            pact.proposal = new Pact.Proposal(pending.get("value"), false,
                    pending.array("expectedSignoffs").strings());
        }
        if (pact.accepted == null && (pact.proposal == null || pact.proposal.signoffs.isEmpty())) {
            throw new ProtocolException(
                    "nothing is accepted for key " + pact.key + ", and nobody's consent is missing");
        }
    }
}
