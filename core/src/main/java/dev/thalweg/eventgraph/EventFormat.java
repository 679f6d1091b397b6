package dev.thalweg.eventgraph;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.lz4.Lz4Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events and texts as bytes: what replicas send each other and what is kept in files. */
final class EventFormat {
    /*
     * "TG", a version byte, the number of chunks. A chunk is its kind, the length of its payload, the payload, and the
     * CRC-32 of all of that. Numbers take as many bytes as they need, seven bits each.
     *
     * EVENTS: names of agents; runs; operations; text; marks of a text when it has any, which is what version 2 says. A run says who, from which sequence number, how many events and
     * which parents: by distance when they are in the chunk, otherwise by name. Of all that, what is usual takes no room:
     * that an agent goes on where it was, and that a run's parent is the event before it.
     * An operation is a byte: two bits of kind, three of length, three of where it is relative to where the one before
     * ended; 0 and 7 in the latter two mean that a number follows.
     * TEXT: what the events come to, so that a file need not be replayed.
     */
    static final int VERSION = 1;
    /** Of files with marks, so that a reader who knows none refuses them. */
    static final int VERSION_WITH_MARKS = 2;
    /** Kinds of chunks: events of texts, of lists, of tables. */
    static final int EVENTS = 1;
    static final int LIST_EVENTS = 3;
    static final int TABLE_EVENTS = 4;
    private static final int TEXT = 2;
    private static final int SHORT_LENGTH = 7;
    private static final int NEAR = 3;
    private static final int FAR = 7;
    private static final int CHAINED = 1;
    private static final int GOES_ON = 2;
    /** Shorter texts are not worth compressing. */
    private static final int WORTH_IT = 256;
    /** LZ4 cannot make more of a byte. */
    private static final int MOST_EXPANSION = 256;

    /** What was in some bytes. @param text of the whole document, or null when it was not kept */
    @SuppressWarnings("ArrayRecordComponent") // made for one caller and read once
    record Contents(ByteSource events, Units none, boolean marks, char @Nullable [] text) {
        /** The events, which are read only now. */
        Batch batch() throws ProtocolException {
            ByteSource in = events.part(events.at(), events.left());
            Batch batch = new EventReader(in, none.none(), marks).read();
            if (in.left() > 0) {
                throw new ProtocolException("the events have " + in.left() + " bytes too many");
            }
            return batch;
        }
    }

    private EventFormat() {}

    static byte[] write(EventGraph graph, OperationLog log, IntList ranges, @Nullable String text) {
        return new EventWriter(graph, log).write(ranges, text);
    }

    private static void chunk(ByteSink out, int kind, ByteSink payload) {
        int from = out.size();
        out.add(kind);
        out.number(payload.size());
        out.addAll(payload);
        out.checksum(from);
    }

    /** Writes some units, without making a string of a few letters. */
    static void writeText(ByteSink out, char[] text, int length) {
        boolean easy = length < WORTH_IT;
        for (int i = 0; easy && i < length; i++) {
            easy = text[i] < 0x80;
        }
        if (!easy) {
            writeText(out, new String(text, 0, length));
            return;
        }
        out.number(length);
        out.number(length);
        out.number(0);
        for (int i = 0; i < length; i++) {
            out.add(text[i]);
        }
    }

    static void writeText(ByteSink out, String text) {
        byte[] utf8 = Utf8.encode(text);
        byte[] packed = utf8.length < WORTH_IT ? utf8 : Lz4Block.compress(utf8);
        boolean smaller = packed.length < utf8.length;
        out.number(text.length());
        out.number(utf8.length);
        out.number(smaller ? packed.length : 0);
        out.addAll(smaller ? packed : utf8, 0, smaller ? packed.length : utf8.length);
    }

    /**
     * Puts events of a graph into columns. It can be used again and keeps what it wrote into: in JavaScript to make an array
     * takes far longer than to fill it with a letter's update.
     */
    static final class EventWriter {
        private final EventGraph graph;
        private final OperationLog log;
        private IntList ranges = new IntList(0);
        /* Firsts of the ranges, and how many events of the file are before each. */
        private final IntList firsts = new IntList(2);
        private final IntList offsets = new IntList(2);
        private final ByteSink runs = new ByteSink(16);
        private final ByteSink operations = new ByteSink(16);
        private final Units inserted;
        private final IntList agents = new IntList(2);
        /* By agent of the graph: one more than its place in that list, 0 when it is not there. */
        private int[] numbers = new int[2];
        /* By agent of the file: the sequence number it would go on with. */
        private final IntList next = new IntList(2);
        private int runCount;
        private int operationCount;
        private int cursor;
        private final ByteSink file = new ByteSink(64);
        private final ByteSink payload = new ByteSink(32);
        /* The name that was last written, and its bytes. */
        private String named = "";
        private byte[] name = {};

        EventWriter(EventGraph graph, OperationLog log) {
            this.graph = graph;
            this.log = log;
            inserted = log.inserted().none();
        }

        /** @param from first and end of each range, in order @param text of the document, or null to leave it out */
        byte[] write(IntList from, @Nullable String text) {
            clear();
            ranges = from;
            ByteSink written = writeEvents();
            file.add('T');
            file.add('G');
            file.add(hasMarks() ? VERSION_WITH_MARKS : VERSION);
            file.add(text == null ? 1 : 2);
            if (text != null) {
                ByteSink packed = new ByteSink(text.length() / 2 + 16);
                writeText(packed, text);
                chunk(file, TEXT, packed);
            }
            chunk(file, log.inserted().mark(), written);
            return file.toArray();
        }

        private void clear() {
            firsts.clear();
            offsets.clear();
            runs.clear();
            operations.clear();
            inserted.truncate(0);
            inserted.truncateMarks(0);
            for (int i = 0; i < agents.size(); i++) {
                numbers[agents.get(i)] = 0;
            }
            agents.clear();
            next.clear();
            runCount = 0;
            operationCount = 0;
            cursor = 0;
            file.clear();
            payload.clear();
        }

        private ByteSink writeEvents() {
            int written = 0;
            for (int i = 0; i < ranges.size(); i += 2) {
                int end = ranges.get(i + 1);
                int event = ranges.get(i);
                firsts.add(event);
                offsets.add(written);
                writeOperations(event, end);
                while (event < end) {
                    int run = graph.runAt(event);
                    int to = Math.min(end, graph.end(run));
                    writeRun(run, event, to - event, written);
                    written += to - event;
                    event = to;
                }
            }
            ByteSink out = payload;
            out.reserve(runs.size() + operations.size() + inserted.length() + 32);
            out.number(agents.size());
            for (int i = 0; i < agents.size(); i++) {
                String agent = graph.agents().name(agents.get(i));
                if (!agent.equals(named)) {
                    name = Utf8.encode(agent);
                    named = agent;
                }
                out.number(name.length);
                out.addAll(name, 0, name.length);
            }
            out.number(runCount);
            out.addAll(runs);
            out.number(operationCount);
            out.addAll(operations);
            inserted.write(out);
            if (hasMarks()) {
                List<JsonValue> marks = new ArrayList<>(inserted.marks.size());
                for (TextMark mark : inserted.marks) {
                    marks.add(mark.toJson());
                }
                writeText(out, new JsonArray(marks).toJson());
            }
            return out;
        }

        boolean hasMarks() {
            return !inserted.marks.isEmpty();
        }

        private int agent(int who) {
            if (who >= numbers.length) {
                numbers = Arrays.copyOf(numbers, Math.max(2 * numbers.length, graph.agents().count()));
            }
            if (numbers[who] == 0) {
                agents.add(who);
                next.add(0);
                numbers[who] = agents.size();
            }
            return numbers[who] - 1;
        }

        private void writeRun(int run, int event, int count, int written) {
            int who = agent(graph.agentOfRun(run));
            int first = graph.sequenceOfRun(run) + event - graph.start(run);
            boolean inside = event > graph.start(run);
            int[] parents = graph.parentsOfRun(run);
            boolean one = inside || parents.length == 1;
            boolean chained = one && written > 0 && indexOf(inside ? event - 1 : parents[0]) == written - 1;
            boolean goesOn = first == next.get(who);
            runs.number(who << 2 | (chained ? CHAINED : 0) | (goesOn ? GOES_ON : 0));
            runs.number(count);
            if (!goesOn) {
                runs.number(first);
            }
            next.set(who, first + count);
            if (!chained && inside) {
                runs.number(1);
                writeParent(event - 1, written);
            } else if (!chained) {
                runs.number(parents.length);
                for (int parent : parents) {
                    writeParent(parent, written);
                }
            }
            runCount++;
        }

        private void writeParent(int parent, int written) {
            int index = indexOf(parent);
            if (index >= 0) {
                runs.number(written - index << 1);
            } else {
                int run = graph.runAt(parent);
                runs.number(agent(graph.agentOfRun(run)) << 1 | 1);
                runs.number(graph.sequenceOfRun(run) + parent - graph.start(run));
            }
        }

        /* The event's place in the file, or -1. */
        private int indexOf(int event) {
            int range = firsts.lowerBound(event + 1) - 1;
            return range < 0 || event >= ranges.get(2 * range + 1) ? -1
                    : offsets.get(range) + event - firsts.get(range);
        }

        private void writeOperations(int from, int to) {
            int run = log.find(from);
            int event = from;
            while (event < to) {
                int start = log.lv(run);
                int end = Math.min(to, start + log.length(run));
                int count = end - event;
                if (log.kind(run) == OperationLog.MARK) {
                    int first = log.position(run, event - start, end - start);
                    inserted.marks.addAll(log.inserted().marks.subList(first, first + count));
                    writeOperation(OperationLog.MARK, cursor, count);
                    event = end;
                    run++;
                    continue;
                }
                writeOperation(log.kind(run), log.position(run, event - start, end - start), count);
                if (log.kind(run) == OperationLog.INSERT) {
                    inserted.append(log.inserted(), log.content(run) + event - start, count);
                }
                event = end;
                run++;
            }
        }

        private void writeOperation(int kind, int position, int count) {
            int move = (kind == OperationLog.DELETE_BACKWARDS ? position + count : position) - cursor;
            boolean near = move >= -NEAR && move <= NEAR;
            operations.add(kind << 6 | (count <= SHORT_LENGTH ? count : 0) << 3 | (near ? move + NEAR : FAR));
            if (count > SHORT_LENGTH) {
                operations.number(count - SHORT_LENGTH - 1);
            }
            if (!near) {
                operations.signed(move);
            }
            cursor = kind == OperationLog.INSERT ? position + count : position;
            operationCount++;
        }
    }

    /** What stands for the kind of the events in some bytes. */
    static int kindOfEvents(byte[] bytes) throws ProtocolException {
        ByteSource in = new ByteSource(bytes);
        in.skip(4, "the head");
        int kind = in.next("a chunk");
        if (kind == TEXT) {
            in.skip(in.number("the length of a chunk", in.left()) + 4, "a chunk");
            kind = in.next("a chunk");
        }
        return kind;
    }

    /** @param none of the units that the document has */
    static Contents read(byte[] bytes, Units none) throws ProtocolException {
        ByteSource in = new ByteSource(bytes);
        if (in.next("the mark") != 'T' || in.next("the mark") != 'G') {
            throw new ProtocolException("does not start with TG");
        }
        int version = in.next("the version");
        boolean marks = version == VERSION_WITH_MARKS && none.mark() == EVENTS;
        if (version != VERSION && !marks) {
            throw new ProtocolException("version " + version + " of the format, known are " + VERSION
                    + " and for texts " + VERSION_WITH_MARKS);
        }
        int chunks = in.next("the number of chunks");
        ByteSource events = null;
        char[] text = null;
        for (int i = 0; i < chunks; i++) {
            int from = in.at();
            int kind = in.next("a chunk");
            int length = in.number("the length of a chunk", in.left());
            ByteSource payload = in.part(in.skip(length, "a chunk"), length);
            in.checksum(from, "chunk " + i);
            if (kind == none.mark() && events == null) {
                events = payload;
            } else if (kind == TEXT && text == null) {
                text = readText(payload);
                if (payload.left() > 0) {
                    throw new ProtocolException("the text has " + payload.left() + " bytes too many");
                }
            } else {
                throw new ProtocolException("chunk " + i + " is of kind " + kind + ", which is unknown or there twice");
            }
        }
        if (in.left() > 0 || events == null) {
            throw new ProtocolException(events == null ? "there are no events" : in.left() + " bytes too many");
        }
        return new Contents(events, none, marks, text);
    }

    static char[] readText(ByteSource in) throws ProtocolException {
        int units = in.number("the length of a text", EventGraph.MAX_EVENTS);
        int length = in.number("the length of a text in bytes", Integer.MAX_VALUE);
        int packed = in.number("the length of a compressed text", in.left());
        if (units > length || packed == 0 && length > in.left() || packed > 0 && length / MOST_EXPANSION > packed) {
            throw new ProtocolException("a text of " + units + " units is said to take " + length + " bytes");
        }
        byte[] utf8 = in.bytes();
        int from = in.skip(packed > 0 ? packed : length, "a text");
        if (packed > 0) {
            utf8 = Lz4Block.decompress(in.bytes(), from, from + packed, length);
            from = 0;
        }
        char[] text = new char[units];
        if (Utf8.decode(utf8, from, from + length, text) != units) {
            throw new ProtocolException("a text of " + units + " units is not UTF-8 or of another length");
        }
        return text;
    }

    /** Takes events from columns. */
    private static final class EventReader {
        private final ByteSource in;
        private final Batch batch;
        private final boolean marks;
        private int marked;
        private final IntList next = new IntList(2);
        /* Where each run starts in the chunk. */
        private final IntList starts = new IntList(4);

        EventReader(ByteSource in, Units none, boolean marks) {
            this.in = in;
            this.marks = marks;
            batch = new Batch(none);
        }

        Batch read() throws ProtocolException {
            int agents = in.number("the number of agents", in.left());
            for (int i = 0; i < agents; i++) {
                int length = in.number("the length of a name", in.left());
                int from = in.skip(length, "a name");
                char[] name = new char[length];
                int units = Utf8.decode(in.bytes(), from, from + length, name);
                if (units < 1) {
                    throw new ProtocolException("the name of agent " + i + " is empty or not UTF-8");
                }
                batch.agents.add(new String(name, 0, units));
                next.add(0);
            }
            int runs = in.number("the number of runs", in.left());
            int events = 0;
            for (int i = 0; i < runs; i++) {
                events += readRun(events);
            }
            readOperations(events);
            batch.inserted.read(in);
            int units = 0;
            for (int i = 0; i < batch.kind.size(); i++) {
                units += batch.kind.get(i) == OperationLog.INSERT ? batch.units.get(i) : 0;
            }
            if (units != batch.inserted.length()) {
                throw new ProtocolException(units + " units are inserted, there are " + batch.inserted.length());
            }
            if (marks) {
                readMarks();
            }
            return batch;
        }

        private void readMarks() throws ProtocolException {
            JsonArray values = JsonCasts.array(JsonValue.parse(new String(readText(in))), "the marks");
            for (JsonValue value : values.values()) {
                batch.inserted.marks.add(TextMark.read(value));
            }
            if (batch.inserted.marks.size() != marked) {
                throw new ProtocolException(marked + " events make marks, there are " + batch.inserted.marks.size());
            }
        }

        private int readRun(int events) throws ProtocolException {
            int head = in.number("a run", Integer.MAX_VALUE);
            int who = head >> 2;
            if (who >= batch.agents.size()) {
                throw new ProtocolException("agent " + who + " of " + batch.agents.size());
            }
            int count = in.number("the length of a run", EventGraph.MAX_EVENTS - events);
            int first = (head & GOES_ON) != 0 ? next.get(who)
                    : in.number("a sequence number", EventGraph.MAX_EVENTS);
            if (count == 0 || first > EventGraph.MAX_EVENTS - count) {
                throw new ProtocolException("a run of " + count + " events from " + first + " on");
            }
            next.set(who, first + count);
            batch.run(who, first, count);
            if ((head & CHAINED) != 0) {
                addParent(events, 1);
            } else {
                int parents = in.number("the number of parents", in.left());
                for (int i = 0; i < parents; i++) {
                    readParent(events);
                }
            }
            starts.add(events);
            return count;
        }

        private void readParent(int events) throws ProtocolException {
            int head = in.number("a parent", Integer.MAX_VALUE);
            if ((head & 1) == 0) {
                addParent(events, head >> 1);
                return;
            }
            int who = head >> 1;
            if (who >= batch.agents.size()) {
                throw new ProtocolException("agent " + who + " of " + batch.agents.size());
            }
            batch.parent(who, in.number("a sequence number", EventGraph.MAX_EVENTS));
        }

        private void addParent(int events, int distance) throws ProtocolException {
            int index = events - distance;
            if (index < 0 || distance < 1) {
                throw new ProtocolException("a parent " + distance + " before event " + events);
            }
            int run = starts.lowerBound(index + 1) - 1;
            batch.parent(batch.agent.get(run), batch.sequence.get(run) + index - starts.get(run));
        }

        private void readOperations(int events) throws ProtocolException {
            int operations = in.number("the number of operations", in.left());
            int cursor = 0;
            int left = events;
            for (int i = 0; i < operations; i++) {
                int head = in.next("an operation");
                int kind = head >> 6;
                int count = head >> 3 & 7;
                if (count == 0) {
                    count = in.number("a length", EventGraph.MAX_EVENTS) + SHORT_LENGTH + 1;
                }
                int move = (head & 7) == FAR ? in.signed("a position") : (head & 7) - NEAR;
                if (kind == OperationLog.MARK && !marks || count > left || Math.abs(move) > EventGraph.MAX_EVENTS) {
                    throw new ProtocolException("operation " + i + " of kind " + kind + " on " + count + " units, for "
                            + left + " events");
                }
                int position = cursor + move - (kind == OperationLog.DELETE_BACKWARDS ? count : 0);
                if (position < 0 || position > EventGraph.MAX_EVENTS) {
                    throw new ProtocolException("operation " + i + " is at " + position);
                }
                if (kind == OperationLog.MARK) {
                    batch.operation(kind, marked, count);
                    marked += count;
                    left -= count;
                    continue;
                }
                batch.operation(kind, position, count);
                cursor = kind == OperationLog.INSERT ? position + count : position;
                left -= count;
            }
            if (left > 0) {
                throw new ProtocolException(left + " events without an operation");
            }
        }
    }
}
