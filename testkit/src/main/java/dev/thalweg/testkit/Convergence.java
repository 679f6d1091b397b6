package dev.thalweg.testkit;

import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.CanonicalJson;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.List;

/**
 * Whether everybody ends in the same state, by whatever way they came: step by step with edits of their own, from a
 * summary of the end, from a summary of the middle and the rest of the log, from the log alone; and whether it is the
 * state the oracle expects.
 */
public final class Convergence {
    private Convergence() {}

    /**
     * Looks at a script that has settled.
     *
     * @throws IllegalStateException that says which two differ, and how
     */
    public static <C extends SharedObject<?, ?>> void verify(StructureModel<C> model, ScriptPlayer<C> player) {
        if (player.clients().isEmpty()) {
            return;
        }
        int first = player.clients().get(0);
        JsonValue state = player.state(first);
        C reference = player.channel(first);
        for (int client : player.clients()) {
            String who = "c" + client;
            require(player.pendingCount(client) == 0, who + " has operations pending after all was delivered");
            same(model, who, player.channel(client), state, reference);
        }
        expected(model, player.operations(), player.log(), state);
        int end = player.sequenceNumber(first);
        try {
            SummaryNode.Tree summary = reference.summarize();
            same(model, "a replica loaded from the summary", player.bystander(summary, end, end), state, reference);
            same(model, "a replica of the log alone", player.bystander(null, 0, end), state, reference);
            SummaryNode.Tree middle = player.bystander(null, 0, end / 2).summarize();
            same(model, "a replica loaded half way", player.bystander(middle, end / 2, end), state, reference);
        } catch (ProtocolException e) {
            throw new IllegalStateException("a summary of this script cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** Whether a state is what the oracle expects, if there is one. */
    static void expected(StructureModel<?> model, List<LogOperation> operations, JsonArray line, JsonValue state) {
        JsonValue expected = model.expected(operations);
        if (expected == null) {
            expected = model.expectedOfLine(line);
        }
        if (expected != null) {
            require(expected.toJson().equals(model.shared(state).toJson()), "the oracle of " + model.name()
                    + " expects " + expected.toJson() + ", all replicas have " + state.toJson());
        }
    }

    /** Whether a channel is like another, of which the state is known. */
    static <C extends SharedObject<?, ?>> void same(StructureModel<C> model, String who, C channel,
            JsonValue state, C reference) {
        String seen = model.settled(model.shared(model.state(channel))).toJson();
        String due = model.settled(model.shared(state)).toJson();
        require(seen.equals(due), who + " sees " + seen + ", c0 sees " + due);
        String snapshot = CanonicalJson.of(channel.snapshot());
        String wanted = CanonicalJson.of(reference.snapshot());
        require(snapshot.equals(wanted), who + " has the snapshot " + snapshot + ", c0 has " + wanted);
        if (model.canonicalSummary()) {
            String summary = Summaries.toJson(channel.summarize()).toJson();
            String written = Summaries.toJson(reference.summarize()).toJson();
            require(summary.equals(written), who + " writes the summary " + summary + ", c0 writes " + written);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
