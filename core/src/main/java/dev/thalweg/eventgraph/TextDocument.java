package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A text that several replicas edit without a server between them: each edits its own copy at once and sends what it did
 * to the others, in any order and by any way. Replicas that have the same events have the same text.
 *
 * <p>Positions and lengths count UTF-16 units, as {@link String} does. An edit never splits a surrogate pair.
 *
 * <p><b>No two replicas may edit under the same agent name at once</b>, nor may one go on from a copy older than what it
 * has sent. Replicas notice when they meet both histories, and refuse the second one they meet.
 *
 * <p>Not for use by several threads at once.
 */
public final class TextDocument implements EventDocument<TextChange> {
    /** How much may wait for its causes, unless said otherwise: about as many units of text. */
    public static final int DEFAULT_WAITING = 1 << 22;

    private final Chars chars = new Chars(64);
    private final EventStore store;
    private final Rope rope;
    private final Walker walker;
    /* Whether a surrogate ever came in; a text without any needs no looking for pairs. */
    private boolean surrogates;

    /** Creates an empty one. @param agent a name that is this replica's alone */
    public TextDocument(String agent) {
        this(agent, DEFAULT_WAITING);
    }

    /** Creates an empty one. @param maxWaiting how much may wait for its causes, in units of text and about as much a run */
    public TextDocument(String agent, int maxWaiting) {
        this(agent, maxWaiting, new Rope(), 32, 16);
    }

    /** With trees of other sizes, for tests. */
    TextDocument(String agent, int maxWaiting, Rope rope, int leafCapacity, int fan) {
        store = new EventStore(agent, maxWaiting, chars);
        this.rope = rope;
        walker = new Walker(store.graph(), store.log(), leafCapacity, fan);
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.TEXT;
    }

    /** The replica's name. */
    @Override
    public String agent() {
        return store.agent();
    }

    /** The text as it is. */
    public String text() {
        return rope.text(0, rope.length());
    }

    /** A part of the text. @throws IllegalArgumentException when it is not inside */
    public String text(int from, int to) {
        requireRange(from, to);
        return rope.text(from, to);
    }

    void requireRange(int from, int to) {
        if (from < 0 || to < from || to > rope.length()) {
            throw new IllegalArgumentException("from " + from + " to " + to + " is not in a text of " + rope.length());
        }
    }

    /** How many UTF-16 units the text has. */
    public int length() {
        return rope.length();
    }

    /** Who did what when, to be read. */
    @Override
    public EventGraph graph() {
        return store.graph();
    }

    OperationLog log() {
        return store.log();
    }

    Chars chars() {
        return chars;
    }

    /** How many events this replica has made. */
    int ownEvents() {
        int self = store.graph().agents().find(agent());
        return self < 0 ? 0 : store.graph().agents().next(self);
    }

    /** How many runs of events wait for their causes. */
    @Override
    public int waiting() {
        return store.waiting();
    }

    /**
     * Puts text in.
     *
     * @throws IllegalArgumentException when the position is outside the text or between the two halves of a surrogate
     *                                  pair, or when the text has half a pair
     */
    public void insert(int position, String inserted) {
        requireBoundary(position);
        if (inserted.isEmpty()) {
            return;
        }
        Surrogates.requireWhole(inserted);
        put(position, inserted);
    }

    /** Puts text in at a position that is known to be sound. */
    void put(int position, String inserted) {
        int event = store.append(inserted.length());
        surrogates |= chars.append(inserted);
        store.log().insert(event, position, inserted.length());
        rope.insert(position, chars.chars(), chars.length() - inserted.length(), inserted.length());
    }

    /**
     * Takes text out.
     *
     * @throws IllegalArgumentException when some of it is outside the text or it would leave half a surrogate pair
     */
    public void delete(int position, int length) {
        requireBoundary(position);
        if (length < 0 || length > rope.length() - position) {
            throw new IllegalArgumentException("cannot delete " + length + " units from " + position + " of "
                    + rope.length());
        }
        requireBoundary(position + length);
        if (length == 0) {
            return;
        }
        take(position, length);
    }

    /** Takes text out that is known to be there. */
    void take(int position, int length) {
        int event = store.append(length);
        store.log().delete(event, position, length, true);
        rope.delete(position, length);
    }

    void requireBoundary(int position) {
        if (position < 0 || position > rope.length()) {
            throw new IllegalArgumentException("position " + position + " is not in a text of " + rope.length());
        }
        if (surrogates && position > 0 && position < rope.length()
                && Character.isLowSurrogate(rope.charAt(position))
                && Character.isHighSurrogate(rope.charAt(position - 1))) {
            throw new IllegalArgumentException("position " + position + " is inside a surrogate pair");
        }
    }

    /**
     * Takes in events of other replicas, in any order. Those that are here already change nothing, those whose causes are
     * missing wait for them.
     *
     * @throws ProtocolException when they cannot be: an agent has two histories, a position is outside of its author's
     *                           text, or too much would wait. Then nothing of it was taken in.
     */
    public MergeResult merge(List<TextRun> runs) throws ProtocolException {
        return merge(Batch.of(runs));
    }

    @Override
    public Batch read(List<EventRun> runs) throws ProtocolException {
        return Batch.of(TextJson.readRuns(runs));
    }

    @Override
    public Batch read(byte[] bytes) throws ProtocolException {
        return store.read(bytes).batch();
    }

    @Override
    public MergeResult merge(Batch batch) throws ProtocolException {
        Splices done = new Splices(false);
        List<ProtocolException> refused = store.merge(batch, (version, firstNew) -> take(version, firstNew, done));
        return new MergeResult(TextChange.of(done, chars.chars()), refused);
    }

    private void take(int[] version, int firstNew, Splices done) throws ProtocolException {
        checkMarks(firstNew);
        Splices splices = new Splices(false);
        walker.merge(version, firstNew, rope.length(), splices);
        surrogates |= chars.haveSurrogates();
        for (int i = 0; i < splices.size(); i++) {
            int position = splices.position(i);
            int length = splices.length(i);
            int content = splices.content(i);
            if (content < 0) {
                rope.delete(position, length);
                done.delete(position, length);
            } else {
                rope.insert(position, chars.chars(), content, length);
                done.insert(position, content, length);
            }
        }
    }

    /* Marks are of units that their authors had. */
    private void checkMarks(int firstNew) throws ProtocolException {
        if (chars.marks.isEmpty()) {
            return;
        }
        OperationLog log = store.log();
        int size = store.graph().size();
        for (int run = log.find(firstNew); run < log.runs(); run++) {
            if (log.kind(run) == OperationLog.MARK) {
                for (int event = Math.max(firstNew, log.lv(run)); event < Math.min(size,
                        log.lv(run) + log.length(run)); event++) {
                    requireSeen(event, mark(event).start());
                    requireSeen(event, mark(event).end());
                }
            }
        }
    }

    private void requireSeen(int event, TextCursor place) throws ProtocolException {
        EventId unit = place.unit();
        if (unit == null) {
            return;
        }
        EventGraph graph = store.graph();
        int found = graph.find(unit);
        if (found < 0 || store.log().kind(store.log().find(found)) != OperationLog.INSERT
                || !graph.contains(graph.parents(event), found)) {
            EventId id = graph.id(event);
            throw new ProtocolException("event " + id.sequence() + " of " + id.agent() + " marks from or to unit "
                    + unit.sequence() + " of " + unit.agent() + ", which its author cannot have seen");
        }
    }

    /** The mark that an event made. */
    TextMark mark(int event) {
        OperationLog log = store.log();
        int run = log.find(event);
        return chars.marks.get(log.position(run) + event - log.lv(run));
    }

    /** Adds a mark, whose units are here. */
    void mark(TextMark mark) {
        int event = store.append(1);
        chars.marks.add(mark);
        store.log().mark(event, 1);
    }

    /** The names of the latest events, which together stand for the version that is here. */
    @Override
    public List<EventId> version() {
        return store.version();
    }

    /** How many events of each agent are here. */
    @Override
    public Map<String, Integer> versionVector() {
        return store.versionVector();
    }

    /**
     * The text as it was at a version. It is worked out from the beginning; {@link TextHistory} is quicker when two versions
     * are near each other.
     *
     * @throws IllegalArgumentException when it names events that are not here
     */
    public String textAt(List<EventId> version) {
        Splices splices = new Splices(false);
        try {
            walker.checkout(store.graph().versionOf(version), splices);
        } catch (ProtocolException e) {
            throw new IllegalStateException("events that were taken in do not make sense", e);
        }
        Rope then = new Rope();
        for (int i = 0; i < splices.size(); i++) {
            if (splices.content(i) < 0) {
                then.delete(splices.position(i), splices.length(i));
            } else {
                then.insert(splices.position(i), chars.chars(), splices.content(i), splices.length(i));
            }
        }
        return then.text(0, then.length());
    }

    /**
     * A document of its own that goes on from this one, or from what it was: a branch. Either takes in what the other did by
     * {@link #merge(TextDocument)}.
     *
     * @param agent   a name that nobody else uses, this document's own agent neither
     * @param version as {@link #version()} told it
     * @throws IllegalArgumentException when the agent is this one or the version names events that are not here
     */
    public TextDocument fork(String agent, List<EventId> version) {
        store.requireOther(agent);
        try {
            return load(agent, encodeAt(version));
        } catch (ProtocolException e) {
            throw new IllegalStateException("what was written cannot be read", e);
        }
    }

    /** Takes in what a branch or any other document of the same origin has, and this one lacks. */
    public MergeResult merge(TextDocument other) throws ProtocolException {
        return merge(other.encodeSince(versionVector()));
    }

    /** All events. */
    public List<TextRun> runs() {
        return runsSince(Map.of());
    }

    /** The events that somebody lacks who has so many of each agent. */
    public List<TextRun> runsSince(Map<String, Integer> vector) {
        List<TextRun> runs = new ArrayList<>();
        store.since(vector, (from, to) -> runs.add(run(from, to)));
        return runs;
    }

    @Override
    public List<EventRun> eventsSince(Map<String, Integer> vector, int limit) {
        List<EventRun> runs = new ArrayList<>();
        store.since(vector, limit, (from, to) -> runs.add(TextJson.event(run(from, to), store.graph().time(from))));
        return runs;
    }

    @Override
    public List<EventRun> eventsFrom(int localVersion) {
        List<EventRun> runs = new ArrayList<>();
        store.from(localVersion, (from, to) -> runs.add(TextJson.event(run(from, to), store.graph().time(from))));
        return runs;
    }

    @Override
    public byte[] encode() {
        return encode(false);
    }

    /** All events as bytes, with the text as it is when {@code withText}, so that {@link #load} need not replay them. */
    public byte[] encode(boolean withText) {
        return store.encode(withText ? text() : null);
    }

    /** The events of a version, as bytes. @throws IllegalArgumentException when it names events that are not here */
    public byte[] encodeAt(List<EventId> version) {
        return store.encodeAt(version);
    }

    /** The events that somebody lacks who has so many of each agent, as bytes. */
    public byte[] encodeSince(Map<String, Integer> vector) {
        return store.encodeSince(vector);
    }

    /**
     * The events that came here after the first so many, as bytes: what to send on after {@link EventGraph#size} was that.
     * When that is in the middle of a surrogate pair, all of the pair is among them.
     *
     * @throws IllegalArgumentException when there are none
     */
    @Override
    public byte[] encodeFrom(int localVersion) {
        return store.encodeFrom(localVersion);
    }

    /** Takes in events that {@link #encode}, {@link #encodeSince} or {@link #encodeFrom} wrote, like {@link #merge(List)}. */
    public MergeResult merge(byte[] bytes) throws ProtocolException {
        return merge(read(bytes));
    }

    /**
     * A document from a file of this replica's own. When the file has the text, it is believed, and of the events only the
     * checksums are looked at until they are needed: a file from somebody else is for {@link #merge(byte[])}.
     *
     * @throws ProtocolException when it is damaged or does not hold all causes of its events. Should the checksums of a
     *                           file with its text be right and its events be nonsense, then the first call that needs
     *                           them throws {@link IllegalStateException}.
     */
    public static TextDocument load(String agent, byte[] bytes) throws ProtocolException {
        TextDocument document = new TextDocument(agent);
        EventFormat.Contents contents = document.store.read(bytes);
        char[] text = contents.text();
        if (text == null) {
            Splices done = new Splices(true);
            document.store.load(contents.batch(),
                    (version, firstNew) -> document.take(version, firstNew, done));
        } else {
            document.store.loadLater(contents);
            document.rope.insert(0, text, 0, text.length);
            document.surrogates = Surrogates.areIn(text);
        }
        return document;
    }

    private TextRun run(int from, int to) {
        OperationLog log = store.log();
        List<TextOperation> operations = new ArrayList<>();
        int run = log.find(from);
        int event = from;
        while (event < to) {
            int start = log.lv(run);
            int end = Math.min(to, start + log.length(run));
            addOperations(log, run, event - start, end - start, operations);
            event = end;
            run++;
        }
        return new TextRun(store.graph().id(from), store.parents(from), operations);
    }

    private void addOperations(OperationLog log, int run, int from, int to, List<TextOperation> operations) {
        switch (log.kind(run)) {
            case OperationLog.INSERT -> operations.add(new TextOperation.Insert(log.position(run, from, to),
                    new String(chars.chars(), log.content(run) + from, to - from)));
            case OperationLog.MARK -> {
                int first = log.position(run, from, to);
                for (int i = 0; i < to - from; i++) {
                    operations.add(new TextOperation.Mark(chars.marks.get(first + i)));
                }
            }
            case OperationLog.DELETE -> operations.add(new TextOperation.Delete(log.position(run), to - from));
            default -> {
                for (int i = from; i < to; i++) {
                    operations.add(new TextOperation.Delete(log.position(run, i, i + 1), 1));
                }
            }
        }
    }

    /** Fails when something inside does not fit together. For tests. */
    void check() {
        rope.check();
        walker.check();
    }
}
