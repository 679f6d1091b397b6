package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tables that several replicas edit without a server between them: each edits its own copy at once and sends what it did
 * to the others, in any order and by any way. Replicas that have the same events have the same tables, however the events
 * came.
 *
 * <p>The rules, where "later" is by {@link EventGraph#time}, then by agent's name and sequence number:
 *
 * <ul>
 * <li>Of two values of one cell the later stands.
 * <li>Insertions of one row at once make one row with the columns of both.
 * <li>A row is there when its latest insertion is later than its latest deletion. An update brings no row back.
 * <li>A row that was deleted and is inserted again has the columns it is inserted with, and none from before.
 * </ul>
 *
 * <p><b>No two replicas may edit under the same agent name at once</b>, nor may one go on from a copy older than what it
 * has sent. Replicas notice when they meet both histories, and refuse the second one they meet.
 *
 * <p>Not for use by several threads at once.
 */
public final class TableDocument implements EventDocument<List<RowChange>> {
    private final Items<RowOperation> operations = new Items<>(RowForm.FORM);
    private final EventStore store;
    private final Rows rows;

    /** Creates an empty one. @param agent a name that is this replica's alone */
    public TableDocument(String agent) {
        this(agent, TextDocument.DEFAULT_WAITING);
    }

    /** Creates an empty one. @param maxWaiting how much may wait for its causes, in operations and about as much a run */
    public TableDocument(String agent, int maxWaiting) {
        store = new EventStore(agent, maxWaiting, operations);
        rows = new Rows(store.graph());
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.TABLES;
    }

    /** The replica's name. */
    @Override
    public String agent() {
        return store.agent();
    }

    /** The columns of a row in the order of their names, or null when the row is not there. */
    public @Nullable JsonObject row(String table, String row) {
        return rows.get(table, row);
    }

    /** All rows of a table in the order of their names; a copy, empty for a table that nobody has written to. */
    public Map<String, JsonObject> rows(String table) {
        return rows.rows(table);
    }

    /** The names of all tables that were ever written to, in order; a copy. */
    public List<String> tables() {
        List<String> names = new ArrayList<>();
        rows.tables().forEach(names::add);
        return names;
    }

    /** Who did what when, to be read. */
    @Override
    public EventGraph graph() {
        return store.graph();
    }

    /** How many runs of events wait for their causes. */
    @Override
    public int waiting() {
        return store.waiting();
    }

    /**
     * Puts a row in, or more columns into a row that is there.
     *
     * @param values by column; may be empty
     * @return what was done: one operation, or a deletion before it when the row is to come without what was written to it
     *         after it was deleted
     */
    public TableRun insert(String table, String row, JsonObject values) {
        boolean leftovers = rows.hasLeftovers(table, row);
        store.requireRoom(2);
        int first = store.graph().size();
        if (leftovers) {
            add(new RowOperation.Delete(table, row));
        }
        add(new RowOperation.Insert(table, row, values));
        return run(first, store.graph().size());
    }

    /**
     * Gives one cell a value.
     *
     * @return what was done
     * @throws IllegalArgumentException when the row is not there
     */
    public TableRun update(String table, String row, String column, JsonValue value) {
        return edit(new RowOperation.Update(table, row, column, value));
    }

    /** Takes a row out. @return what was done @throws IllegalArgumentException when the row is not there */
    public TableRun delete(String table, String row) {
        return edit(new RowOperation.Delete(table, row));
    }

    private TableRun edit(RowOperation operation) {
        if (rows.get(operation.table(), operation.row()) == null) {
            throw new IllegalArgumentException("table " + operation.table() + " has no row " + operation.row());
        }
        int event = add(operation);
        return run(event, event + 1);
    }

    private int add(RowOperation operation) {
        int event = store.append(1);
        operations.append(operation);
        store.log().insert(event, store.graph().id(event).sequence(), 1);
        rows.apply(event, operation);
        return event;
    }

    /**
     * Takes in events of other replicas, in any order. Those that are here already change nothing, those whose causes are
     * missing wait for them.
     *
     * @throws ProtocolException when they cannot be: an agent has two histories, or too much would wait. Then nothing of it
     *                           was taken in.
     */
    public TableMergeResult merge(List<TableRun> runs) throws ProtocolException {
        return merge(batch(runs));
    }

    private static Batch batch(List<TableRun> runs) {
        Items<RowOperation> inserted = new Items<>(RowForm.FORM);
        Batch batch = new Batch(inserted);
        Map<String, Integer> numbers = new HashMap<>();
        for (TableRun run : runs) {
            batch.run(run.first(), run.operations().size(), run.parents(), numbers);
            // Nothing is said by a row's place in the log; by its number, runs of one agent go on where they ended.
            batch.operation(OperationLog.INSERT, run.first().sequence(), run.operations().size());
            run.operations().forEach(inserted::append);
        }
        return batch;
    }

    @Override
    public Batch read(List<EventRun> runs) throws ProtocolException {
        return batch(TableJson.readRuns(runs));
    }

    @Override
    public Batch read(byte[] bytes) throws ProtocolException {
        return store.read(bytes).batch();
    }

    /** Takes in events that {@link #encode} or {@link #encodeSince} wrote, like {@link #merge(List)}. */
    public TableMergeResult merge(byte[] bytes) throws ProtocolException {
        return merge(read(bytes));
    }

    @Override
    public TableMergeResult merge(Batch batch) throws ProtocolException {
        RowChanges changes = new RowChanges(rows);
        List<ProtocolException> refused = store.merge(batch, (version, firstNew) -> take(firstNew, changes));
        return new TableMergeResult(changes.toList(), refused);
    }

    private void take(int firstNew, RowChanges changes) throws ProtocolException {
        OperationLog log = store.log();
        for (int event = firstNew; event < store.graph().size(); event++) {
            if (log.kind(log.find(event)) != OperationLog.INSERT) {
                throw new ProtocolException("an operation of " + store.graph().id(event).agent()
                        + " deletes by position, in a table");
            }
        }
        for (int event = firstNew; event < store.graph().size(); event++) {
            RowOperation operation = operation(event);
            changes.touch(operation.table(), operation.row());
            rows.apply(event, operation);
        }
    }

    private RowOperation operation(int event) {
        OperationLog log = store.log();
        int run = log.find(event);
        return operations.get(log.content(run) + event - log.lv(run));
    }

    private TableRun run(int from, int to) {
        List<RowOperation> done = new ArrayList<>(to - from);
        for (int event = from; event < to; event++) {
            done.add(operation(event));
        }
        return new TableRun(store.graph().id(from), store.parents(from), store.graph().time(from), done);
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

    /** All events. */
    public List<TableRun> runs() {
        return runsSince(Map.of());
    }

    /** The events that somebody lacks who has so many of each agent. */
    public List<TableRun> runsSince(Map<String, Integer> vector) {
        return runsSince(vector, Integer.MAX_VALUE);
    }

    /**
     * The first of the events that somebody lacks who has so many of each agent. Who has taken them in asks for the next
     * with the vector of then.
     *
     * @param limit how many events at most, at least 1
     */
    public List<TableRun> runsSince(Map<String, Integer> vector, int limit) {
        List<TableRun> runs = new ArrayList<>();
        store.since(vector, limit, (from, to) -> runs.add(run(from, to)));
        return runs;
    }

    @Override
    public List<EventRun> eventsSince(Map<String, Integer> vector, int limit) {
        return TableJson.events(runsSince(vector, limit));
    }

    @Override
    public List<EventRun> eventsFrom(int localVersion) {
        List<TableRun> runs = new ArrayList<>();
        store.from(localVersion, (from, to) -> runs.add(run(from, to)));
        return TableJson.events(runs);
    }

    /** All events as bytes. */
    @Override
    public byte[] encode() {
        return store.encode(null);
    }

    @Override
    public byte[] encodeFrom(int localVersion) {
        return store.encodeFrom(localVersion);
    }

    /** The events that somebody lacks who has so many of each agent, as bytes. */
    public byte[] encodeSince(Map<String, Integer> vector) {
        return store.encodeSince(vector);
    }

    /**
     * A document from a file of this replica's own.
     *
     * @throws ProtocolException when it is damaged or does not hold all causes of its events
     */
    public static TableDocument load(String agent, byte[] bytes) throws ProtocolException {
        TableDocument document = new TableDocument(agent);
        RowChanges changes = new RowChanges(document.rows);
        document.store.load(document.store.read(bytes).batch(),
                (version, firstNew) -> document.take(firstNew, changes));
        return document;
    }
}
