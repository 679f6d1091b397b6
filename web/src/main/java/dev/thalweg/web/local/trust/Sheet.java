package dev.thalweg.web.local.trust;

import dev.thalweg.byzantine.EquivocationProof;
import dev.thalweg.byzantine.Signer;
import dev.thalweg.byzantine.Verifier;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.web.dom.El;
import dev.thalweg.web.platform.BrowserSigner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Three honest replicas, Mallory, and what they make of her, with keys of the browser's own cryptography. */
public final class Sheet {
    private static final int SHORT = 12;

    private final El place;
    private final El status = El.of("p", "note").attr("role", "status");
    private final List<Card> cards = new ArrayList<>();
    private final Judgements judgements = new Judgements();
    private final ProofPanel proofs = new ProofPanel();
    private @Nullable World world;

    /** What stands on the page of an honest replica. */
    private record Card(El card, El text, El digest, El numbers, LogDrawing log) {}

    /** Keys of WebCrypto. */
    private static final class BrowserKeys implements Keys {
        @Override
        public void make(Outcome<Signer> outcome) {
            BrowserSigner.generate(new Outcome<>() {
                @Override
                public void succeeded(BrowserSigner signer) {
                    outcome.succeeded(signer);
                }

                @Override
                public void failed(Failure failure) {
                    outcome.failed(failure);
                }
            });
        }

        @Override
        public Verifier verifier() {
            return BrowserSigner.VERIFIER;
        }
    }

    private Sheet(El place) {
        this.place = place;
    }

    /** Puts the sheet into an element. */
    public static void mount(El place) {
        Sheet sheet = new Sheet(place);
        place.attr("data-state", "loading").only(List.of(sheet.status));
        sheet.status.text("Making four keys.");
        World.make(new BrowserKeys(), sheet::show, sheet::start, why -> {
            place.attr("data-state", "failed");
            sheet.status.text("This browser makes no Ed25519 keys on this page: " + why);
        });
    }

    private void start(World made) {
        world = made;
        List<El> parts = new ArrayList<>();
        El replicas = El.of("div", "replicas");
        for (int i = 0; i < World.HONEST; i++) {
            replicas.add(card(made, i));
        }
        parts.add(deeds(made));
        parts.add(status);
        parts.add(replicas);
        parts.add(judgements.el());
        parts.add(proofs.el(made));
        place.only(parts);
    }

    private static El deeds(World world) {
        El deeds = El.of("fieldset", "deeds", El.of("legend", "").text("Mallory can"));
        for (Deed deed : Deed.values()) {
            deeds.add(El.button(deed.label(), () -> world.act(deed)).attr("data-deed", deed.id()));
        }
        return deeds;
    }

    private El card(World world, int index) {
        String name = World.name(index);
        LogDrawing log = new LogDrawing();
        El text = El.of("output", "value").attr("aria-label", "Text at replica " + name);
        El digest = El.of("span", "digest");
        El numbers = El.of("p", "note");
        El write = El.button(name + " writes", () -> world.write(index)).attr("data-action", "write");
        El head = El.of("div", "head", El.of("h3", "").text("Replica " + name), write, text,
                El.of("p", "note", El.of("span", "").text("state "), digest), numbers);
        El frame = El.of("div", "frame", log.el()).attr("tabindex", "0").attr("role", "group").attr("aria-label",
                "Log of replica " + name);
        El card = El.of("section", "replica", head, frame).attr("data-replica", World.id(index))
                .attr("aria-label", "Replica " + name);
        cards.add(new Card(card, text, digest, numbers, log));
        return card;
    }

    private void show() {
        World shown = world;
        if (shown == null) {
            return;
        }
        for (int i = 0; i < World.HONEST; i++) {
            Card card = cards.get(i);
            String text = shown.text(i).trim();
            String digest = shown.digest(i);
            int entries = shown.replica(i).entries().size();
            int waiting = shown.replica(i).waiting();
            List<EquivocationProof> known = shown.replica(i).proofs();
            card.text().text(text);
            card.digest().text(digest.substring(0, SHORT));
            card.numbers().text(counted(entries, "entry", "entries") + ", " + waiting + " waiting, "
                    + counted(known.size(), "proof", "proofs"));
            card.log().show(shown, i);
            card.card().attr("data-value", text).attr("data-digest", digest).attr("data-entries", entries)
                    .attr("data-waiting", waiting).attr("data-proofs", known.size());
        }
        judgements.show(shown);
        proofs.show(shown);
        boolean alike = shown.isAlike();
        place.attr("data-state", alike ? "alike" : "apart").attr("data-withheld", shown.withheld());
        status.text((alike ? "A, B and C are in one state." : "A, B and C are in different states.")
                + (shown.withheld() == 0 ? "" : " Mallory keeps " + counted(shown.withheld(), "entry", "entries")
                        + " to herself.")
                + (shown.replica(0).proofs().isEmpty() ? "" : " Everybody can prove that she told two stories.")
                + (shown.trouble().isEmpty() ? "" : " Trouble: " + shown.trouble()));
    }

    private static String counted(int count, String one, String more) {
        return count + " " + (count == 1 ? one : more);
    }
}
