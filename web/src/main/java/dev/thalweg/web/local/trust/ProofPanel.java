package dev.thalweg.web.local.trust;

import dev.thalweg.bytes.Hex;
import dev.thalweg.byzantine.EquivocationProof;
import dev.thalweg.web.dom.El;
import java.util.List;

/** The proof that Mallory told two stories, to be read, changed, and shown to a replica that knows nothing. */
final class ProofPanel {
    private final El held = El.of("p", "note");
    private final El json = El.of("textarea", "").attr("rows", 9).attr("spellcheck", "false").attr("data-proof", "")
            .attr("aria-label", "The proof as JSON; change it to see it refused");
    private final El bytes = El.of("pre", "json").attr("tabindex", "0");
    private final El said = El.of("p", "said").attr("role", "status").attr("data-believed", "");
    private final El body = El.of("div", "body").flag("hidden", true);
    private final El panel = El.of("div", "proof", El.of("h3", "").text("Proof that anybody can check"), held, body);
    private String shown = "";

    /** @param world who can check it */
    El el(World world) {
        El verify = El.button("Verify at a fresh replica", () -> world.verify(json.value(), (believed, words) -> said
                .text(words).attr("data-believed", believed ? "true" : "false"))).attr("data-control", "verify");
        El again = El.button("As it was", () -> json.value(shown)).attr("data-control", "restore");
        El hex = El.of("details", "", El.of("summary", "").text("The bytes that were signed, twice"), bytes);
        body.add(json, El.of("div", "row", verify, again), said, hex);
        return panel;
    }

    void show(World world) {
        List<EquivocationProof> proofs = world.replica(0).proofs();
        String holders = "";
        for (int i = 0; i < World.HONEST; i++) {
            if (!proofs.isEmpty() && world.replica(i).proofs().equals(proofs)) {
                holders += (holders.isEmpty() ? "" : ", ") + World.name(i);
            }
        }
        held.text(proofs.isEmpty() ? "Nobody has told two stories yet."
                : holders
                        + " hold the same proof: two headers by one author for one place in its history, both signed. It needs "
                        + "nobody's word.");
        body.flag("hidden", proofs.isEmpty());
        String next = proofs.isEmpty() ? "" : World.json(proofs.get(0)).toJson();
        if (!next.equals(shown)) {
            shown = next;
            json.value(next);
            bytes.text(Hex.encode(proofs.get(0).one().header().bytes()) + "\n\n"
                    + Hex.encode(proofs.get(0).other().header().bytes()));
        }
    }
}
