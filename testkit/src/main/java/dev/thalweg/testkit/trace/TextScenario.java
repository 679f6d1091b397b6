package dev.thalweg.testkit.trace;

import dev.thalweg.bytes.Hex;
import dev.thalweg.bytes.Sha256;
import dev.thalweg.bytes.Utf8;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.eventgraph.TextRun;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.List;

/** Replicas of a text that edit and merge as chance has it, with a digest of everything that came of it. */
public final class TextScenario {
    private static final List<String> TEXTS = List.of("a", "be", "\u00e9", "\u4e16", "\ud83d\ude00", "typed at once ");
    private static final int REPLICAS = 3;

    private final Rng rng;
    private final List<TextDocument> replicas = new ArrayList<>();
    private final StringBuilder all = new StringBuilder();

    private TextScenario(int seed) {
        rng = new Rng(seed);
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(new TextDocument("r" + i));
        }
    }

    /**
     * The digest of what comes of a seed: all texts on the way, and the file in the end.
     *
     * @throws IllegalStateException when the replicas do not end alike
     */
    public static String digest(int seed) {
        try {
            return new TextScenario(seed).play();
        } catch (ProtocolException e) {
            throw new IllegalStateException("a replica refused another's events: " + e.getMessage(), e);
        }
    }

    private String play() throws ProtocolException {
        int steps = rng.between(20, 80);
        for (int i = 0; i < steps; i++) {
            TextDocument here = rng.pick(replicas);
            switch (rng.weighted(6, 3, 3)) {
                case 0 -> here.insert(boundary(here, rng.below(here.length() + 1)), rng.pick(TEXTS));
                case 1 -> delete(here);
                default -> receive(here, rng.pick(replicas));
            }
        }
        for (TextDocument to : replicas) {
            for (TextDocument from : replicas) {
                receive(to, from);
            }
        }
        TextDocument last = replicas.get(0);
        last.merge(replicas.get(1).encode(false));
        TextDocument cold = new TextDocument("cold");
        cold.merge(Orders.shuffled(last.runs(), rng));
        if (!cold.text().equals(last.text())
                || !TextDocument.load("loaded", last.encode(true)).text().equals(last.text())) {
            throw new IllegalStateException("replicas differ: " + cold.text() + " and " + last.text());
        }
        all.append(Hex.encode(cold.encode(true)));
        return Hex.encode(Sha256.digest(Utf8.encode(all.toString())));
    }

    private void delete(TextDocument here) {
        int from = boundary(here, rng.below(here.length() + 1));
        here.delete(from, boundary(here, Math.min(here.length(), from + rng.below(5))) - from);
    }

    private void receive(TextDocument here, TextDocument from) throws ProtocolException {
        String before = here.text();
        String changed;
        if (rng.chance(50)) {
            changed = here.merge(from.encodeSince(here.versionVector())).change().applyTo(before);
        } else {
            List<TextRun> runs = from.runs();
            changed = here.merge(Orders.shuffled(runs, rng)).change().applyTo(before);
        }
        if (!changed.equals(here.text())) {
            throw new IllegalStateException("a change came to " + changed + " and the text is " + here.text());
        }
        all.append(changed).append('\n');
    }

    private static int boundary(TextDocument document, int position) {
        boolean inside = position > 0 && position < document.length()
                && Character.isLowSurrogate(document.text(position, position + 1).charAt(0));
        return inside ? position - 1 : position;
    }
}
