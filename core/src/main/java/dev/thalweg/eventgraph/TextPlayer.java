package dev.thalweg.eventgraph;

import java.util.List;

/**
 * Plays a text's history: the text after so many of its events, in the order in which they came to this replica. A step
 * costs what differs, in either direction, whatever the length of the text and its history.
 */
public final class TextPlayer {
    private final TextHistory history;
    private final Rope rope = new Rope();
    private int at;

    /** Starts at the empty text. */
    public TextPlayer(TextHistory history) {
        this.history = history;
    }

    /** How many events there are to play; more when the document has gone on. */
    public int length() {
        return history.events();
    }

    /** How many of them are in the text that is shown. */
    public int at() {
        return at;
    }

    /** The text after so many events. */
    public String text() {
        return rope.text(0, rope.length());
    }

    /** How many UTF-16 units that text has. */
    public int textLength() {
        return rope.length();
    }

    /** Who wrote a part of the text that is shown, as {@link TextHistory#blame}. @throws IllegalArgumentException when it is not inside */
    public List<Authorship> blame(int from, int to) {
        if (from < 0 || to < from || to > rope.length()) {
            throw new IllegalArgumentException("from " + from + " to " + to + " is not in a text of " + rope.length());
        }
        return history.blame(history.versionOf(at), from, to);
    }

    /** What takes the text that is shown to the document's text as it is. */
    public TextChange changeToNow() {
        return history.change(history.versionOf(at), history.versionOf(length()));
    }

    /**
     * Goes on or back to the text after so many events, or after one more rather than into the middle of a surrogate pair.
     *
     * @return how the text that is shown changed
     * @throws IllegalArgumentException when there are not so many
     */
    public TextChange moveTo(int events) {
        int[] from = history.versionOf(at);
        int wanted = events;
        history.versionOf(wanted);
        if (history.splitsPair(wanted)) {
            wanted++;
        }
        TextChange change = history.change(from, history.versionOf(wanted));
        int position = 0;
        for (TextChange.Edit edit : change.edits()) {
            switch (edit) {
                case TextChange.Edit.Retain retain -> position += retain.length();
                case TextChange.Edit.Insert insert -> {
                    rope.insert(position, insert.text().toCharArray(), 0, insert.text().length());
                    position += insert.text().length();
                }
                case TextChange.Edit.Delete delete -> rope.delete(position, delete.length());
            }
        }
        at = wanted;
        return change;
    }
}
