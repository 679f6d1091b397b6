package dev.thalweg.eventgraph;

import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all documents that need no service have: an agent, its graph of events, and what waits to go into it. */
final class EventStore {
    private static final int FEW = 256;

    private final String agent;
    private final EventGraph graph = new EventGraph();
    private final OperationLog log;
    private final Receiver receiver;
    private int self = -1;
    /* The events of the file that this was loaded from with its text, until somebody asks for them. */
    private EventFormat.@Nullable Contents unread;
    /* Of the latest events, which are sent as often as somebody types. Only few at a time, so that it stays small. */
    private EventFormat.@Nullable EventWriter updates;
    private final IntList tail = new IntList(2);

    /** What new events do to a document. */
    interface Effect {
        /**
         * Takes a document to everything that is in the graph.
         *
         * @param version  what the document has
         * @param firstNew the first event that it does not have; it has none of the later ones either
         * @throws ProtocolException when an event makes no sense; the document must be as it was then
         */
        void apply(int[] version, int firstNew) throws ProtocolException;
    }

    /** @param inserted none yet, of the kind that the document has */
    EventStore(String agent, int maxWaiting, Units inserted) {
        if (agent.isEmpty()) {
            throw new IllegalArgumentException("an agent has a name");
        }
        Surrogates.requireWhole(agent);
        this.agent = agent;
        log = new OperationLog(inserted);
        receiver = new Receiver(graph, log, maxWaiting);
    }

    String agent() {
        return agent;
    }

    EventGraph graph() {
        readEvents();
        return graph;
    }

    OperationLog log() {
        readEvents();
        return log;
    }

    /** How many runs of events wait for their causes. */
    int waiting() {
        return receiver.waiting();
    }

    /** Adds events of this replica. @return the first, whose operations are to be put into the log */
    int append(int count) {
        requireRoom(count);
        if (self < 0) {
            self = graph.agents().findOrAdd(agent);
        }
        return graph.append(self, count, graph.frontierHere());
    }

    /** @throws IllegalStateException when so many more events would be too many */
    void requireRoom(int more) {
        readEvents();
        if (graph.size() > EventGraph.MAX_EVENTS - more) {
            throw new IllegalStateException("a document holds " + EventGraph.MAX_EVENTS + " events, no " + more
                    + " more than " + graph.size());
        }
    }

    /**
     * Takes in a batch, and what waited for it.
     *
     * @return why runs that had been waiting were dropped
     * @throws ProtocolException when the batch is refused; then nothing of it was taken in
     */
    List<ProtocolException> merge(Batch batch, Effect effect) throws ProtocolException {
        take(batch, effect);
        List<ProtocolException> refused = new ArrayList<>();
        for (Batch ready = receiver.takeReady(); ready != null; ready = receiver.takeReady()) {
            try {
                take(ready, effect);
            } catch (ProtocolException e) {
                refused.add(e);
            }
        }
        return refused;
    }

    /** All of a batch, or nothing. */
    private void take(Batch batch, Effect effect) throws ProtocolException {
        if (batch.inserted.mark() != log.inserted().mark()) {
            throw new IllegalArgumentException("events of kind " + batch.inserted.mark() + " for a document of kind "
                    + log.inserted().mark());
        }
        readEvents();
        int size = graph.size();
        int agents = graph.agents().count();
        int[] version = graph.frontier();
        try {
            receiver.take(batch);
            effect.apply(version, size);
        } catch (ProtocolException e) {
            log.truncate(size);
            graph.truncate(size, version, agents);
            throw e;
        }
        receiver.settle(batch);
    }

    /** Takes in a file of this replica's own, into an empty one. @throws ProtocolException when causes are missing */
    void load(Batch batch, Effect effect) throws ProtocolException {
        take(batch, effect);
        if (receiver.waiting() > 0) {
            throw new ProtocolException(receiver.waiting() + " runs without their causes");
        }
    }

    /** Takes in a file of this replica's own, into an empty one, when somebody asks for its events. */
    void loadLater(EventFormat.Contents contents) {
        unread = contents;
    }

    private void readEvents() {
        EventFormat.Contents contents = unread;
        if (contents == null) {
            return;
        }
        try {
            receiver.take(contents.batch());
            receiver.requireAllTaken();
            unread = null;
        } catch (ProtocolException e) {
            log.truncate(0);
            graph.truncate(0, new int[0], 0);
            throw new IllegalStateException("the file that this was loaded from is not one of ours: " + e.getMessage(),
                    e);
        }
    }

    List<EventId> version() {
        return graph().ids(graph.frontierHere());
    }

    Map<String, Integer> versionVector() {
        return graph().versionVector();
    }

    /** A stretch of one agent's events, each the only parent of the next. */
    interface Stretch {
        void take(int from, int to);
    }

    /** Goes over what somebody lacks who has so many events of each agent. */
    void since(Map<String, Integer> vector, Stretch stretch) {
        since(vector, Integer.MAX_VALUE, stretch);
    }

    /**
     * Goes over the first of what somebody lacks who has so many events of each agent.
     *
     * @param limit how many at most, at least 1; one more where the limit would split a surrogate pair
     */
    void since(Map<String, Integer> vector, int limit, Stretch stretch) {
        if (limit < 1) {
            throw new IllegalArgumentException("at least one event is asked for, was " + limit);
        }
        over(whole(graph().since(vector)), limit, stretch);
    }

    /** Goes over what came here after the first so many events. */
    void from(int localVersion, Stretch stretch) {
        if (localVersion < graph().size()) {
            IntList range = new IntList(2);
            range.add(localVersion);
            range.add(graph.size());
            over(whole(range), Integer.MAX_VALUE, stretch);
        }
    }

    private void over(IntList ranges, int limit, Stretch stretch) {
        int left = limit;
        for (int i = 0; i < ranges.size(); i += 2) {
            int event = ranges.get(i);
            while (event < ranges.get(i + 1) && left > 0) {
                int end = Math.min(ranges.get(i + 1), graph.end(graph.runAt(event)));
                if (end - event > left) {
                    end = event + left - (log.isWithin(event + left) ? 1 : 0);
                    if (end == event && left < limit) {
                        return;
                    }
                    // What goes together is sent together also when that is more than the limit.
                    end = end == event ? event + 2 : end;
                    left = end - event;
                }
                stretch.take(event, end);
                left -= end - event;
                event = end;
            }
        }
    }

    /** The names of an event's parents. */
    List<EventId> parents(int event) {
        List<EventId> parents = new ArrayList<>();
        for (int parent : graph.parents(event)) {
            parents.add(graph.id(parent));
        }
        return parents;
    }

    /** All events as bytes. @param text what they come to, or null when that is not to be kept with them */
    byte[] encode(@Nullable String text) {
        IntList all = new IntList(2);
        if (graph().size() > 0) {
            all.add(0);
            all.add(graph.size());
        }
        return EventFormat.write(graph, log, all, text);
    }

    byte[] encodeAt(List<EventId> version) {
        IntList latestFirst = new IntList();
        graph().ancestry().diff(new int[] {}, graph.versionOf(version), new IntList(), latestFirst);
        IntList ranges = new IntList(latestFirst.size());
        for (int i = latestFirst.size() - 2; i >= 0; i -= 2) {
            ranges.add(latestFirst.get(i));
            ranges.add(latestFirst.get(i + 1));
        }
        return EventFormat.write(graph, log, ranges, null);
    }

    /** @throws IllegalArgumentException when an agent is this one */
    void requireOther(String branch) {
        if (branch.equals(agent)) {
            throw new IllegalArgumentException("a branch needs an agent of its own, not " + agent);
        }
    }

    byte[] encodeSince(Map<String, Integer> vector) {
        return EventFormat.write(graph, log, whole(graph().since(vector)), null);
    }

    /* Has ranges begin before a surrogate pair rather than in the middle of it: nobody could take half of one in. */
    private IntList whole(IntList ranges) {
        for (int i = 0; i < ranges.size(); i += 2) {
            int first = ranges.get(i);
            if (log.isWithin(first)) {
                ranges.set(i, first - 1);
            }
        }
        return ranges;
    }

    byte[] encodeFrom(int localVersion) {
        if (localVersion < 0 || localVersion >= graph().size()) {
            throw new IllegalArgumentException("there are events 0 to " + (graph.size() - 1) + ", asked for those from "
                    + localVersion);
        }
        tail.clear();
        tail.add(localVersion);
        tail.add(graph.size());
        whole(tail);
        if (graph.size() - localVersion > FEW) {
            return EventFormat.write(graph, log, tail, null);
        }
        EventFormat.EventWriter writer = updates;
        if (writer == null) {
            writer = new EventFormat.EventWriter(graph, log);
            updates = writer;
        }
        return writer.write(tail, null);
    }

    /** Events that {@link #encode}, {@link #encodeSince} or {@link #encodeFrom} wrote. */
    EventFormat.Contents read(byte[] bytes) throws ProtocolException {
        return EventFormat.read(bytes, log.inserted().none());
    }
}
