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
public final class TextDocument {
    /** How much may wait for its causes, unless said otherwise: about as many units of text. */
    public static final int DEFAULT_WAITING = 1 << 22;

    private final String agent;
    private final EventGraph graph = new EventGraph();
    private final TextLog log = new TextLog();
    private final Rope rope;
    private final Walker walker;
    private final Receiver receiver;
    private int self = -1;
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
        if (agent.isEmpty()) {
            throw new IllegalArgumentException("an agent has a name");
        }
        requirePairs(agent);
        this.agent = agent;
        this.rope = rope;
        walker = new Walker(graph, log, leafCapacity, fan);
        receiver = new Receiver(graph, log, maxWaiting);
    }

    /** The replica's name. */
    public String agent() {
        return agent;
    }

    /** The text as it is. */
    public String text() {
        return rope.text(0, rope.length());
    }

    /** A part of the text. @throws IllegalArgumentException when it is not inside */
    public String text(int from, int to) {
        if (from < 0 || to < from || to > rope.length()) {
            throw new IllegalArgumentException("from " + from + " to " + to + " is not in a text of " + rope.length());
        }
        return rope.text(from, to);
    }

    /** How many UTF-16 units the text has. */
    public int length() {
        return rope.length();
    }

    /** Who did what when, to be read. */
    public EventGraph graph() {
        return graph;
    }

    /** How many runs of events wait for their causes. */
    public int waiting() {
        return receiver.waiting();
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
        if (Surrogates.areIn(inserted)) {
            requirePairs(inserted);
            surrogates = true;
        }
        requireRoom(inserted.length());
        int event = graph.append(self(), inserted.length(), graph.frontierHere());
        log.insert(event, position, inserted);
        rope.insert(position, log.text(), log.textLength() - inserted.length(), inserted.length());
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
        requireRoom(length);
        int event = graph.append(self(), length, graph.frontierHere());
        log.delete(event, position, length, true);
        rope.delete(position, length);
    }

    private int self() {
        if (self < 0) {
            self = graph.agents().findOrAdd(agent);
        }
        return self;
    }

    private void requireRoom(int more) {
        if (graph.size() > EventGraph.MAX_EVENTS - more) {
            throw new IllegalStateException("a document holds " + EventGraph.MAX_EVENTS + " events, no " + more
                    + " more than " + graph.size());
        }
    }

    private void requireBoundary(int position) {
        if (position < 0 || position > rope.length()) {
            throw new IllegalArgumentException("position " + position + " is not in a text of " + rope.length());
        }
        if (surrogates && position > 0 && position < rope.length()
                && Character.isLowSurrogate(rope.charAt(position))
                && Character.isHighSurrogate(rope.charAt(position - 1))) {
            throw new IllegalArgumentException("position " + position + " is inside a surrogate pair");
        }
    }

    private static void requirePairs(String text) {
        if (!Surrogates.areWhole(text)) {
            throw new IllegalArgumentException("half a surrogate pair at "
                    + Surrogates.half(text.toCharArray(), 0, text.length()) + " of the text");
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

    MergeResult merge(Batch batch) throws ProtocolException {
        Splices splices = new Splices(false);
        take(batch, splices);
        List<ProtocolException> refused = new ArrayList<>();
        for (Batch ready = receiver.takeReady(); ready != null; ready = receiver.takeReady()) {
            try {
                take(ready, splices);
            } catch (ProtocolException e) {
                refused.add(e);
            }
        }
        return new MergeResult(TextChange.of(splices, log.text()), refused);
    }

    /* All of a batch, or nothing. */
    private void take(Batch batch, Splices done) throws ProtocolException {
        int size = graph.size();
        int agents = graph.agents().count();
        int[] version = graph.frontier();
        Splices splices = new Splices(false);
        try {
            receiver.take(batch);
            surrogates |= batch.surrogates;
            walker.merge(version, size, rope.length(), splices);
        } catch (ProtocolException e) {
            log.truncate(size);
            graph.truncate(size, version, agents);
            throw e;
        }
        receiver.settle(batch);
        for (int i = 0; i < splices.size(); i++) {
            int position = splices.position(i);
            int length = splices.length(i);
            int content = splices.content(i);
            if (content < 0) {
                rope.delete(position, length);
                done.delete(position, length);
            } else {
                rope.insert(position, log.text(), content, length);
                done.insert(position, content, length);
            }
        }
    }

    /** The names of the latest events, which together stand for the version that is here. */
    public List<EventId> version() {
        return graph.ids(graph.frontierHere());
    }

    /** How many events of each agent are here. */
    public Map<String, Integer> versionVector() {
        return graph.versionVector();
    }

    /** All events. */
    public List<TextRun> runs() {
        return runsSince(Map.of());
    }

    /** The events that somebody lacks who has so many of each agent. */
    public List<TextRun> runsSince(Map<String, Integer> vector) {
        IntList ranges = graph.since(vector);
        List<TextRun> runs = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i += 2) {
            int event = ranges.get(i);
            while (event < ranges.get(i + 1)) {
                int end = Math.min(ranges.get(i + 1), graph.end(graph.runAt(event)));
                runs.add(run(event, end));
                event = end;
            }
        }
        return runs;
    }

    /** All events as bytes, with the text as it is when {@code withText}, so that {@link #load} need not replay them. */
    public byte[] encode(boolean withText) {
        IntList all = new IntList(2);
        if (graph.size() > 0) {
            all.add(0);
            all.add(graph.size());
        }
        return TextFormat.write(graph, log, all, withText ? text() : null);
    }

    /** The events that somebody lacks who has so many of each agent, as bytes. */
    public byte[] encodeSince(Map<String, Integer> vector) {
        return TextFormat.write(graph, log, graph.since(vector), null);
    }

    /**
     * The events that came here after the first so many, as bytes: what to send on after {@link EventGraph#size} was that.
     *
     * @throws IllegalArgumentException when there are none
     */
    public byte[] encodeFrom(int localVersion) {
        if (localVersion < 0 || localVersion >= graph.size()) {
            throw new IllegalArgumentException("there are events 0 to " + (graph.size() - 1) + ", asked for those from "
                    + localVersion);
        }
        IntList tail = new IntList(2);
        tail.add(localVersion);
        tail.add(graph.size());
        return TextFormat.write(graph, log, tail, null);
    }

    /** Takes in events that {@link #encode}, {@link #encodeSince} or {@link #encodeFrom} wrote, like {@link #merge(List)}. */
    public MergeResult merge(byte[] bytes) throws ProtocolException {
        return merge(TextFormat.read(bytes).batch());
    }

    /**
     * A document from a file of this replica's own. When the file has the text, it is believed: a file from somebody else
     * is for {@link #merge(byte[])}.
     *
     * @throws ProtocolException when it is damaged or does not hold all causes of its events
     */
    public static TextDocument load(String agent, byte[] bytes) throws ProtocolException {
        TextFormat.Contents contents = TextFormat.read(bytes);
        TextDocument document = new TextDocument(agent);
        char[] text = contents.text();
        if (text == null) {
            document.take(contents.batch(), new Splices(true));
        } else {
            document.receiver.take(contents.batch());
            document.receiver.settle(contents.batch());
            document.rope.insert(0, text, 0, text.length);
            document.surrogates = Surrogates.areIn(text);
        }
        if (document.waiting() > 0) {
            throw new ProtocolException(document.waiting() + " runs without their causes");
        }
        return document;
    }

    private TextRun run(int from, int to) {
        List<EventId> parents = new ArrayList<>();
        for (int parent : graph.parents(from)) {
            parents.add(graph.id(parent));
        }
        List<TextOperation> operations = new ArrayList<>();
        int run = log.find(from);
        int event = from;
        while (event < to) {
            int start = log.lv(run);
            int end = Math.min(to, start + log.length(run));
            addOperations(run, event - start, end - start, operations);
            event = end;
            run++;
        }
        return new TextRun(graph.id(from), parents, operations);
    }

    private void addOperations(int run, int from, int to, List<TextOperation> operations) {
        switch (log.kind(run)) {
            case TextLog.INSERT -> operations.add(new TextOperation.Insert(log.position(run, from, to),
                    new String(log.text(), log.content(run) + from, to - from)));
            case TextLog.DELETE -> operations.add(new TextOperation.Delete(log.position(run), to - from));
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
