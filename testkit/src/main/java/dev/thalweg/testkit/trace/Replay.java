package dev.thalweg.testkit.trace;

import dev.thalweg.eventgraph.MergeResult;
import dev.thalweg.eventgraph.TextDocument;
import dev.thalweg.eventgraph.TextRun;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Rng;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays a history into documents and looks at what comes of it. */
public final class Replay {
    private Replay() {}

    /** A document with the whole history. @throws IllegalArgumentException when the history cannot be played */
    public static TextDocument play(History history) {
        TextDocument document = new TextDocument("reader");
        merge(document, history.runs());
        return document;
    }

    private static MergeResult merge(TextDocument document, List<TextRun> runs) {
        try {
            return document.merge(runs);
        } catch (ProtocolException e) {
            throw new IllegalArgumentException("cannot be played: " + e.getMessage(), e);
        }
    }

    /** Plays it whole, through bytes and from a file with its text. @return what went wrong, or null */
    public static @Nullable String whole(History history) {
        TextDocument document = play(history);
        String failure = compare("played whole", history, document);
        if (failure != null) {
            return failure;
        }
        try {
            TextDocument loaded = TextDocument.load("other", document.encode(false));
            TextDocument cached = TextDocument.load("other", document.encode(true));
            failure = compare("loaded", history, loaded);
            return failure != null ? failure : compare("loaded with its text", history, cached);
        } catch (ProtocolException e) {
            return "its file cannot be read: " + e.getMessage();
        }
    }

    /** Plays it in a random order that puts causes before effects, whole and in random portions, and compares changes. */
    public static @Nullable String inOtherOrders(History history, Rng rng) {
        List<TextRun> order = Orders.shuffled(history.runs(), rng);
        TextDocument whole = new TextDocument("whole");
        merge(whole, order);
        String failure = compare("played in another order", history, whole);
        if (failure != null) {
            return failure;
        }
        TextDocument portions = new TextDocument("portions");
        String copy = "";
        int from = 0;
        int most = Math.max(1, order.size() / 4);
        while (from < order.size()) {
            int to = Math.min(order.size(), from + 1 + rng.below(most));
            copy = merge(portions, order.subList(from, to)).change().applyTo(copy);
            from = to;
        }
        return copy.equals(history.end()) ? compare("played in portions", history, portions)
                : "the changes of portions add up to another text";
    }

    /** Plays it one event at a time. */
    public static @Nullable String live(History history) {
        TextDocument document = new TextDocument("live");
        for (TextRun event : Orders.events(history.runs())) {
            merge(document, List.of(event));
        }
        return compare("played one event at a time", history, document);
    }

    private static @Nullable String compare(String how, History history, TextDocument document) {
        if (document.waiting() > 0) {
            return how + ", " + document.waiting() + " runs are left without their causes";
        }
        String text = document.text();
        if (text.equals(history.end())) {
            return null;
        }
        int at = 0;
        while (at < Math.min(text.length(), history.end().length()) && text.charAt(at) == history.end().charAt(at)) {
            at++;
        }
        return how + ", its text has " + text.length() + " units and not " + history.end().length()
                + ", and is another from unit " + at + " on";
    }
}
