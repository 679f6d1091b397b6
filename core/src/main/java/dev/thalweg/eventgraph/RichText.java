package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A text whose stretches have properties, as Peritext has them: S. Litt, S. Lim, M. Kleppmann and P. van Hardenberg,
 * "Peritext: A CRDT for Collaborative Rich Text Editing", CSCW 2022. Marks are events of the text's own graph and travel, are
 * kept and merged with it. Where several marks of one name overlap, the latest counts, by {@link EventGraph#time} and then by
 * agent; marks of different names do not touch each other. What may be there several times at one place, such as comments,
 * needs a name for each.
 *
 * <p>Edits are made here, so that text that comes in at the edge of a mark gets what {@link Expand} says also where the edge
 * is at deleted text.
 */
/*
 * Text goes directly behind the unit that is there before it, so before all deleted units that follow. A mark that ended
 * behind one of those ends too far back then, and one that started there starts too late. Whoever inserts sees that, and says
 * with a further mark how it is meant, up to the edge in question, so that what is typed next needs none.
 */
public final class RichText implements EventDocument<RichChange> {
    private final TextHistory history;
    private final TextDocument document;
    private final MarkIndex index;
    private int taken;
    /* By event of this replica's marks: what they took the place of. Kept for undo only. */
    private final NavigableMap<Integer, List<MarkIndex.Replaced>> replaced = new TreeMap<>();
    private boolean keepReplaced;

    /** The marks of a text. */
    public RichText(TextHistory history) {
        this.history = history;
        document = history.document();
        index = new MarkIndex(history);
        catchUp();
        index.changes();
    }

    /** Who wrote what when, and places that stay. */
    public TextHistory history() {
        return history;
    }

    /**
     * Whether there are no marks, as in most texts. Then an edit changes nothing but the text, needs no history, and may as
     * well be made in the document itself by those who have no use for a {@link RichChange}.
     */
    public boolean isPlain() {
        document.graph();
        return document.chars().marks.isEmpty();
    }

    private void catchUp() {
        int end = document.graph().size();
        if (taken == end) {
            return;
        }
        if (isPlain()) {
            taken = end;
            return;
        }
        history.catchUp();
        OperationLog log = document.log();
        for (int run = log.find(taken); run < log.runs(); run++) {
            if (log.kind(run) == OperationLog.MARK) {
                for (int event = Math.max(taken, log.lv(run)); event < log.lv(run) + log.length(run); event++) {
                    index.add(event, document.mark(event), replaced.get(event));
                }
            }
        }
        taken = end;
    }

    /**
     * Puts text in. It gets the properties of the marks that are around it or expand over it.
     *
     * @return how the text changed
     * @throws IllegalArgumentException as {@link TextDocument#insert} does
     */
    public RichChange insert(int position, String text) {
        catchUp();
        if (isPlain()) {
            document.insert(position, text);
            return text.isEmpty() ? RichChange.NONE
                    : plain(position, new RichChange.Edit.Insert(text, JsonObject.EMPTY));
        }
        Map<String, Fix> fixes = new TreeMap<>();
        if (!text.isEmpty()) {
            document.requireBoundary(position);
            findFixes(position, fixes);
        }
        int event = document.graph().size();
        document.insert(position, text);
        for (Map.Entry<String, Fix> each : fixes.entrySet()) {
            Fix fix = each.getValue();
            add(new TextMark(new TextCursor(document.graph().id(event), Affinity.AFTER), fix.end(), each.getKey(),
                    fix.value()));
        }
        TextChange.Builder change = new TextChange.Builder();
        change.retain(position);
        change.insert(text.toCharArray(), 0, text.length());
        return settle(change.build());
    }

    private record Fix(TextCursor end, JsonValue value) {}

    private void findFixes(int position, Map<String, Fix> fixes) {
        int at = position == 0 ? index.find(-1, Affinity.BEFORE)
                : index.find(history.unitAt(position - 1), Affinity.BEFORE);
        int last = position == document.length() ? index.size() - 1
                : index.find(history.unitAt(position), Affinity.AFTER);
        MarkIndex.Cut natural = index.cut(at);
        for (int i = at + 1; i <= last; i++) {
            MarkIndex.Cut cut = index.cut(i);
            if (cut.place.affinity() != Affinity.BEFORE) {
                continue;
            }
            Map<String, Integer> before = index.cut(i - 1).latest;
            cut.latest.forEach((name, event) -> {
                if (!event.equals(before.get(name))) {
                    fixes.put(name, new Fix(cut.place, index.value(event)));
                }
            });
            before.forEach((name, event) -> {
                if (!cut.latest.containsKey(name)) {
                    fixes.put(name, new Fix(cut.place, JsonNull.NULL));
                }
            });
        }
        for (String name : List.copyOf(fixes.keySet())) {
            Fix fix = fixes.get(name);
            if (fix != null && fix.value().equals(index.value(natural.latest.get(name)))) {
                fixes.remove(name);
            }
        }
    }

    /** Takes text out. @return how the text changed @throws IllegalArgumentException as {@link TextDocument#delete} does */
    public RichChange delete(int position, int length) {
        catchUp();
        document.delete(position, length);
        if (isPlain()) {
            return length == 0 ? RichChange.NONE : plain(position, new RichChange.Edit.Delete(length));
        }
        TextChange.Builder change = new TextChange.Builder();
        if (length > 0) {
            change.retain(position);
            change.delete(length);
        }
        return settle(change.build());
    }

    /* An edit of a text without marks: nothing else can have changed, so that nothing needs to be looked up. */
    private static RichChange plain(int position, RichChange.Edit edit) {
        return new RichChange(position == 0 ? List.of(edit)
                : List.of(new RichChange.Edit.Retain(position, JsonObject.EMPTY), edit));
    }

    /**
     * Gives a stretch a property.
     *
     * @param value  null to take the property away
     * @param expand what is to become of text that comes in at the edges
     * @return how the text changed
     * @throws IllegalArgumentException when the stretch is empty or not inside the text, or the name is empty
     */
    public RichChange mark(int from, int to, String name, JsonValue value, Expand expand) {
        document.requireRange(from, to);
        document.requireBoundary(from);
        document.requireBoundary(to);
        if (from == to) {
            throw new IllegalArgumentException("nothing to mark from " + from + " to " + to);
        }
        catchUp();
        add(new TextMark(history.cursor(from, expand.before ? Affinity.BEFORE : Affinity.AFTER),
                history.cursor(to, expand.after ? Affinity.AFTER : Affinity.BEFORE), name, value));
        return settle(TextChange.NONE);
    }

    /** Takes a property away from a stretch: {@link #mark} with null. */
    public RichChange unmark(int from, int to, String name, Expand expand) {
        return mark(from, to, name, JsonNull.NULL, expand);
    }

    private void add(TextMark mark) {
        if (keepReplaced) {
            replaced.put(document.graph().size(), new ArrayList<>(1));
        }
        document.mark(mark);
        catchUp();
    }

    /** From now on marks can be reverted. */
    void keepReplaced() {
        keepReplaced = true;
    }

    /** Marks before an event will not be reverted. */
    void forgetReplaced(int event) {
        replaced.headMap(event, false).clear();
        index.forgetStandIns(event);
    }

    /** Gives what a mark of this replica's marked the property that it had before, where nobody gave it another since. */
    void revert(int event) {
        catchUp();
        List<MarkIndex.Replaced> stretches = replaced.remove(event);
        if (stretches == null) {
            return;
        }
        String name = document.mark(event).name();
        for (MarkIndex.Replaced stretch : stretches) {
            for (MarkIndex.Replaced part : index.where(event, name, stretch)) {
                int before = part.event();
                if (before >= 0) {
                    index.standIn(document.graph().size(), before);
                }
                add(new TextMark(part.start(), part.end(), name, before < 0 ? JsonNull.NULL : index.value(before)));
            }
        }
    }

    /** Gives units, which are copies of others, the properties of those. */
    void markLike(IntList units, IntList copies) {
        if (isPlain()) {
            return;
        }
        catchUp();
        int i = 0;
        while (i < copies.size()) {
            MarkIndex.Cut wanted = index.cut(index.find(units.get(i), Affinity.AFTER));
            MarkIndex.Cut natural = index.cut(index.find(copies.get(i), Affinity.AFTER));
            int end = i + 1;
            while (end < copies.size() && copies.get(end) == copies.get(end - 1) + 1
                    && index.cut(index.find(units.get(end), Affinity.AFTER)) == wanted
                    && index.cut(index.find(copies.get(end), Affinity.AFTER)) == natural) {
                end++;
            }
            TextCursor from = new TextCursor(document.graph().id(copies.get(i)), Affinity.AFTER);
            TextCursor to = new TextCursor(document.graph().id(copies.get(end - 1)), Affinity.BEFORE);
            List<TextMark> marks = new ArrayList<>();
            TreeSet<String> names = new TreeSet<>(wanted.latest.keySet());
            names.addAll(natural.latest.keySet());
            for (String name : names) {
                JsonValue value = index.value(wanted.latest.get(name));
                if (!value.equals(index.value(natural.latest.get(name)))) {
                    marks.add(new TextMark(from, to, name, value));
                }
            }
            marks.forEach(this::add);
            i = end;
        }
    }

    @Override
    public DocumentKind kind() {
        return document.kind();
    }

    @Override
    public String agent() {
        return document.agent();
    }

    @Override
    public EventGraph graph() {
        return document.graph();
    }

    @Override
    public int waiting() {
        return document.waiting();
    }

    @Override
    public List<EventId> version() {
        return document.version();
    }

    @Override
    public Map<String, Integer> versionVector() {
        return document.versionVector();
    }

    @Override
    public List<EventRun> eventsSince(Map<String, Integer> vector, int limit) {
        return document.eventsSince(vector, limit);
    }

    @Override
    public List<EventRun> eventsFrom(int localVersion) {
        return document.eventsFrom(localVersion);
    }

    @Override
    public byte[] encode() {
        return document.encode();
    }

    @Override
    public byte[] encodeFrom(int localVersion) {
        return document.encodeFrom(localVersion);
    }

    @Override
    public Batch read(List<EventRun> runs) throws ProtocolException {
        return document.read(runs);
    }

    @Override
    public Batch read(byte[] bytes) throws ProtocolException {
        return document.read(bytes);
    }

    /** Takes in events of other replicas, like {@link TextDocument#merge(byte[])}. */
    public RichMergeResult merge(byte[] bytes) throws ProtocolException {
        return merge(read(bytes));
    }

    @Override
    public RichMergeResult merge(Batch batch) throws ProtocolException {
        catchUp();
        MergeResult result = document.merge(batch);
        return new RichMergeResult(settle(result.change()), result.refused());
    }

    /** Undoes with a manager of this text, see {@link TextUndoManager#undo}. @return how the text changed */
    public RichChange undo(TextUndoManager manager) {
        catchUp();
        return settle(manager.undo());
    }

    /** Redoes with a manager of this text, see {@link TextUndoManager#redo}. @return how the text changed */
    public RichChange redo(TextUndoManager manager) {
        catchUp();
        return settle(manager.redo());
    }

    /** The whole text as insertions, each with the properties that it has. */
    public RichChange contents() {
        return new RichChange(contents(0, document.length()));
    }

    /** A part of the text. @throws IllegalArgumentException when it is not inside */
    public List<RichChange.Edit> contents(int from, int to) {
        document.requireRange(from, to);
        catchUp();
        List<RichChange.Edit> contents = new ArrayList<>();
        if (from == to) {
            return contents;
        }
        if (isPlain()) {
            contents.add(new RichChange.Edit.Insert(document.text(from, to), JsonObject.EMPTY));
            return contents;
        }
        int at = index.find(history.unitAt(from), Affinity.AFTER);
        int position = from;
        while (position < to) {
            int end = Math.min(to, index.end(at));
            if (end > position) {
                addInsert(document.text(position, end), index.attributes(index.cut(at)), contents);
                position = end;
            }
            at++;
        }
        return contents;
    }

    private static void addInsert(String text, JsonObject attributes, List<RichChange.Edit> into) {
        if (!into.isEmpty() && into.get(into.size() - 1) instanceof RichChange.Edit.Insert last
                && last.attributes().equals(attributes)) {
            into.set(into.size() - 1, new RichChange.Edit.Insert(last.text() + text, attributes));
        } else {
            into.add(new RichChange.Edit.Insert(text, attributes));
        }
    }

    /* What a change of the text and the changes of marks since the last time are together. */
    private RichChange settle(TextChange change) {
        catchUp();
        List<MarkIndex.Changed> changed = index.changes();
        List<RichChange.Edit> edits = new ArrayList<>();
        int position = 0;
        int next = 0;
        for (TextChange.Edit edit : change.edits()) {
            switch (edit) {
                case TextChange.Edit.Retain retain -> {
                    next = retain(position, position + retain.length(), changed, next, edits);
                    position += retain.length();
                }
                case TextChange.Edit.Insert insert -> {
                    int end = position + insert.text().length();
                    for (RichChange.Edit part : contents(position, end)) {
                        edits.add(part);
                    }
                    position = end;
                }
                case TextChange.Edit.Delete delete -> edits.add(new RichChange.Edit.Delete(delete.length()));
            }
        }
        retain(position, document.length(), changed, next, edits);
        while (!edits.isEmpty() && edits.get(edits.size() - 1) instanceof RichChange.Edit.Retain last
                && last.attributes().size() == 0) {
            edits.remove(edits.size() - 1);
        }
        return new RichChange(edits);
    }

    /* Says what stays from one position to another. Returns the first of the changed stretches that may be further on */
    private static int retain(int from, int to, List<MarkIndex.Changed> changed, int first,
            List<RichChange.Edit> edits) {
        int position = from;
        int at = first;
        while (at < changed.size() && changed.get(at).from() < to) {
            MarkIndex.Changed stretch = changed.get(at);
            int start = Math.max(position, stretch.from());
            int end = Math.min(to, stretch.to());
            if (start < end) {
                addRetain(start - position, JsonObject.EMPTY, edits);
                addRetain(end - start, stretch.attributes(), edits);
                position = end;
            }
            if (stretch.to() > to) {
                break;
            }
            at++;
        }
        addRetain(to - position, JsonObject.EMPTY, edits);
        return at;
    }

    private static void addRetain(int length, JsonObject attributes, List<RichChange.Edit> into) {
        if (length <= 0) {
            return;
        }
        if (!into.isEmpty() && into.get(into.size() - 1) instanceof RichChange.Edit.Retain last
                && last.attributes().equals(attributes)) {
            into.set(into.size() - 1, new RichChange.Edit.Retain(last.length() + length, attributes));
        } else {
            into.add(new RichChange.Edit.Retain(length, attributes));
        }
    }
}
