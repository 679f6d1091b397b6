package dev.thalweg.eventgraph;

import java.util.ArrayList;
import java.util.List;

/**
 * How a text changed, from its start to its end: what stays, what comes in, what goes. Applied in order, the edits take
 * any copy of the text as it was to the text as it is. What is behind the last edit stays.
 *
 * @param edits none when nothing changed
 */
public record TextChange(List<Edit> edits) {
    static final TextChange NONE = new TextChange(List.of());

    /** Copies the list. */
    public TextChange {
        edits = List.copyOf(edits);
    }

    /** One step through the text. */
    public sealed interface Edit {
        /** So many UTF-16 units stay. */
        record Retain(int length) implements Edit {}

        /** Text comes in here. */
        record Insert(String text) implements Edit {}

        /** So many units go from here. */
        record Delete(int length) implements Edit {}
    }

    /** Whether the text stayed as it was. */
    public boolean isEmpty() {
        return edits.isEmpty();
    }

    /** A copy of the old text, changed. @throws IllegalArgumentException when the old text is shorter than that */
    public String applyTo(String old) {
        StringBuilder text = new StringBuilder(old.length());
        int at = 0;
        for (Edit edit : edits) {
            switch (edit) {
                case Edit.Retain retain -> {
                    int end = at + retain.length();
                    requireInside(end, old);
                    text.append(old, at, end);
                    at = end;
                }
                case Edit.Insert insert -> text.append(insert.text());
                case Edit.Delete delete -> {
                    at += delete.length();
                    requireInside(at, old);
                }
            }
        }
        return text.append(old, at, old.length()).toString();
    }

    private static void requireInside(int end, String old) {
        if (end > old.length()) {
            throw new IllegalArgumentException(
                    "the change goes to " + end + ", the text has " + old.length() + " units");
        }
    }

    /* Puts changes one after another together, in a span tree: a deletion of what came in before leaves nothing. */
    static TextChange of(Splices splices, char[] text) {
        if (splices.size() == 0) {
            return NONE;
        }
        if (splices.size() == 1) {
            return single(splices.position(0), splices.length(0), splices.content(0), text);
        }
        // A unit's id is where its text is.
        int firstUnit = Integer.MAX_VALUE;
        for (int i = 0; i < splices.size(); i++) {
            firstUnit = splices.content(i) < 0 ? firstUnit : Math.min(firstUnit, splices.content(i));
        }
        SpanTree spans = new SpanTree(32, 16);
        spans.reset(firstUnit);
        for (int i = 0; i < splices.size(); i++) {
            int position = splices.position(i);
            int count = splices.length(i);
            if (splices.content(i) < 0) {
                delete(spans, position, count);
            } else {
                if (position == 0) {
                    spans.toStart();
                } else {
                    spans.toPosition(position - 1);
                    spans.offset++;
                }
                spans.insert(splices.content(i), count, -1, -1);
            }
        }
        return edits(spans, text);
    }

    private static TextChange single(int position, int count, int content, char[] text) {
        Edit edit = content < 0 ? new Edit.Delete(count) : new Edit.Insert(new String(text, content, count));
        return new TextChange(position == 0 ? List.of(edit) : List.of(new Edit.Retain(position), edit));
    }

    private static void delete(SpanTree spans, int position, int count) {
        int left = count;
        while (left > 0) {
            spans.toPosition(position);
            int take = Math.min(left, spans.length() - spans.offset);
            spans.isolate(take);
            spans.setState(2 * SpanTree.INSERTED | SpanTree.EVER_DELETED);
            left -= take;
        }
    }

    private static TextChange edits(SpanTree spans, char[] text) {
        Builder edits = new Builder();
        spans.toStart();
        do {
            boolean before = spans.id() >= SpanTree.UNDER;
            if (spans.isInEffect() && before) {
                edits.retain(spans.length());
            } else if (spans.isInEffect()) {
                edits.insert(text, spans.id(), spans.length());
            } else if (before) {
                edits.delete(spans.length());
            }
        } while (spans.next());
        return edits.build();
    }

    /** Puts edits together: what comes in at a place is said before what goes there, and what stays last not at all. */
    static final class Builder {
        private final List<Edit> edits = new ArrayList<>();
        private final StringBuilder inserted = new StringBuilder();
        private int retained;
        private int deleted;

        void retain(int length) {
            if (length > 0) {
                flush();
                retained += length;
            }
        }

        void insert(char[] text, int from, int length) {
            beforeEdit();
            inserted.append(text, from, length);
        }

        void delete(int length) {
            beforeEdit();
            deleted += length;
        }

        private void beforeEdit() {
            if (retained > 0) {
                edits.add(new Edit.Retain(retained));
                retained = 0;
            }
        }

        private void flush() {
            if (inserted.length() > 0) {
                edits.add(new Edit.Insert(inserted.toString()));
                inserted.setLength(0);
            }
            if (deleted > 0) {
                edits.add(new Edit.Delete(deleted));
                deleted = 0;
            }
        }

        TextChange build() {
            flush();
            return edits.isEmpty() ? NONE : new TextChange(edits);
        }
    }
}
