package dev.thalweg.web.conformance;

import dev.thalweg.bytes.Hex;
import dev.thalweg.byzantine.ByzantineLimits;
import dev.thalweg.byzantine.Delivery;
import dev.thalweg.byzantine.EntryJson;
import dev.thalweg.byzantine.Hashing;
import dev.thalweg.byzantine.SignedEntry;
import dev.thalweg.byzantine.SignedReplica;
import dev.thalweg.byzantine.SignedText;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.web.platform.BrowserSigner;
import java.util.ArrayList;
import java.util.List;

/** Takes in entries that were signed elsewhere, adds one that is signed here, and tells what came of it. */
final class TrustConformance {
    private final Run run;
    private final SignedReplica replica;
    private final List<JsonValue> verdicts = new ArrayList<>();

    /** What is known of a run: nothing yet, or how it ended. */
    static final class Run {
        String verdict = "";
    }

    private TrustConformance(Run run, BrowserSigner signer) {
        this.run = run;
        replica = new SignedReplica("doc", signer, BrowserSigner.VERIFIER, Hashing.CORE,
                new SignedText(Hex.encode(signer.publicKey())), ByzantineLimits.DEFAULT);
    }

    /** @param entries JSON of entries of a document called {@code doc} */
    static Run start(String entries) {
        Run run = new Run();
        BrowserSigner.generate(new Outcome<>() {
            @Override
            public void succeeded(BrowserSigner signer) {
                try {
                    List<SignedEntry> read = new ArrayList<>();
                    for (JsonValue entry : JsonCasts.array(JsonValue.parse(entries), "entries").values()) {
                        read.add(EntryJson.readEntry(entry));
                    }
                    new TrustConformance(run, signer).deliver(read, 0);
                } catch (ProtocolException e) {
                    run.verdict = String.valueOf(e.getMessage());
                }
            }

            @Override
            public void failed(Failure failure) {
                run.verdict = failure.message();
            }
        });
        return run;
    }

    private String text() {
        return replica.document() instanceof SignedText text ? text.text().text() : "";
    }

    private void deliver(List<SignedEntry> entries, int next) {
        if (next == entries.size()) {
            answer();
            return;
        }
        replica.deliver(entries.get(next), new Outcome<>() {
            @Override
            public void succeeded(Delivery delivery) {
                verdicts.add(JsonValue.of(delivery.alerts().isEmpty() ? delivery.status().name()
                        : delivery.alerts().get(0).kind().name()));
                deliver(entries, next + 1);
            }

            @Override
            public void failed(Failure failure) {
                run.verdict = failure.message();
            }
        });
    }

    private void answer() {
        String text = text();
        if (replica.document() instanceof SignedText signed) {
            signed.text().insert(text.length(), ".");
        }
        replica.commit(new Outcome<>() {
            @Override
            public void succeeded(List<SignedEntry> signed) {
                run.verdict = JsonObject.builder().put("verdicts", new JsonArray(verdicts)).put("text", text)
                        .put("proofs", replica.proofs().size()).put("own", EntryJson.write(signed.get(0))).build()
                        .toJson();
            }

            @Override
            public void failed(Failure failure) {
                run.verdict = failure.message();
            }
        });
    }
}
