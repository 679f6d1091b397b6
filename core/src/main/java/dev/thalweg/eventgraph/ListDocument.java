package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A list of JSON values that several replicas edit without a server between them: each edits its own copy at once and sends
 * what it did to the others, in any order and by any way. Replicas that have the same events have the same list.
 *
 * <p>Insertions are ordered as letters of a {@link TextDocument} are. An element that several move at once ends in one of
 * the places, and one that several set has one of the values: what is later by {@link EventGraph#time}, then by agent's name
 * and number. An element that one replica deletes and another sets at the same time is gone; one that another moves stays,
 * in its new place.
 *
 * <p><b>No two replicas may edit under the same agent name at once</b>, nor may one go on from a copy older than what it
 * has sent. Replicas notice when they meet both histories, and refuse the second one they meet.
 *
 * <p>Not for use by several threads at once.
 */
/*
 * Under the list is a row of slots that is edited as a text is: slots come in and are deleted, by position, and the walker
 * puts concurrent edits in order. A slot is an element, or a further place or value of one. To move is to put in a place and
 * delete those that were there, to set likewise with values. Which slots are shown follows from which are there
 * (ListElements), and so from the events alone.
 *
 * Positions of events are those of the row, indexes those of the list; SlotOrder knows both.
 */
public final class ListDocument implements EventDocument<List<ListChange>> {
    private final Items<ListSlot> slots = new Items<>(ListSlot.Form.FORM);
    private final IntList events = new IntList();
    private final EventStore store;
    private final Walker walker;
    private final SlotOrder order;
    private final ListElements elements;

    /** Creates an empty one. @param agent a name that is this replica's alone */
    public ListDocument(String agent) {
        this(agent, TextDocument.DEFAULT_WAITING);
    }

    /** Creates an empty one. @param maxWaiting how much may wait for its causes, in values and about as much a run */
    public ListDocument(String agent, int maxWaiting) {
        this(agent, maxWaiting, 32, 16);
    }

    /** With trees of other sizes, for tests. */
    ListDocument(String agent, int maxWaiting, int leafCapacity, int fan) {
        store = new EventStore(agent, maxWaiting, slots);
        walker = new Walker(store.graph(), store.log(), leafCapacity, fan);
        order = new SlotOrder(leafCapacity, fan);
        elements = new ListElements(store.graph(), slots, events, order);
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.LIST;
    }

    /** The replica's name. */
    @Override
    public String agent() {
        return store.agent();
    }

    /** How many elements there are. */
    public int size() {
        return order.total(SlotOrder.SHOWN);
    }

    /** An element. @throws IllegalArgumentException when there is none at the index */
    public JsonValue get(int index) {
        return elements.value(slotAt(index));
    }

    /** All elements; a copy. */
    public List<JsonValue> toList() {
        List<JsonValue> values = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            values.add(get(i));
        }
        return values;
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

    /** The event that put an element in. @throws IllegalArgumentException when there is none at the index */
    public EventId insertedBy(int index) {
        return id(elements.element(slotAt(index)));
    }

    EventStore store() {
        return store;
    }

    private int slotAt(int index) {
        requireIndex(index, size() - 1);
        return order.find(SlotOrder.SHOWN, index);
    }

    private void requireIndex(int index, int last) {
        if (index < 0 || index > last) {
            throw new IllegalArgumentException("index " + index + " is not in a list of " + size());
        }
    }

    /** Puts elements in, the first at an index. @throws IllegalArgumentException when the index is outside the list */
    public void insert(int index, List<JsonValue> values) {
        requireIndex(index, size());
        store.requireRoom(values.size());
        int position = behind(index - 1);
        for (JsonValue value : values) {
            add(position++, new ListSlot.Element(value));
        }
        elements.settle();
    }

    /** Puts an element in. @throws IllegalArgumentException when the index is outside the list */
    public void insert(int index, JsonValue value) {
        insert(index, List.of(value));
    }

    /** Takes elements out. @throws IllegalArgumentException when some of them are outside the list */
    public void delete(int index, int count) {
        if (count < 0 || index < 0 || index > size() - count) {
            throw new IllegalArgumentException(
                    "cannot delete " + count + " elements from " + index + " of " + size());
        }
        for (int i = 0; i < count; i++) {
            int element = elements.element(slotAt(index));
            int[] places = elements.live(element, true);
            int[] values = elements.live(element, false);
            store.requireRoom(places.length + values.length);
            remove(places);
            remove(values);
            elements.settle();
        }
    }

    /**
     * Moves an element.
     *
     * @param to its index afterwards
     * @throws IllegalArgumentException when either is outside the list
     */
    public void move(int from, int to) {
        int slot = slotAt(from);
        requireIndex(to, size() - 1);
        if (from == to) {
            return;
        }
        int element = elements.element(slot);
        int[] places = elements.live(element, true);
        store.requireRoom(places.length + 1);
        JsonValue value = elements.value(slot);
        add(behind(to < from ? to - 1 : to), new ListSlot.Place(id(element), value));
        remove(places);
        elements.settle();
    }

    /** Gives an element another value. @throws IllegalArgumentException when there is none at the index */
    public void set(int index, JsonValue value) {
        int slot = slotAt(index);
        int element = elements.element(slot);
        int[] values = elements.live(element, false);
        store.requireRoom(values.length + 1);
        add(order.position(slot, SlotOrder.LIVE) + 1, new ListSlot.Value(id(element), value));
        remove(values);
        elements.settle();
    }

    private EventId id(int element) {
        return store.graph().id(events.get(element));
    }

    /* The position in the row behind an element, or the first. */
    private int behind(int index) {
        return index < 0 ? 0 : order.position(slotAt(index), SlotOrder.LIVE) + 1;
    }

    private void add(int position, ListSlot slot) {
        int event = store.append(1);
        slots.append(slot);
        events.add(event);
        store.log().insert(event, position, 1);
        elements.insert(position, slots.length() - 1);
    }

    private void remove(int[] live) {
        for (int slot : live) {
            int position = order.position(slot, SlotOrder.LIVE);
            store.log().delete(store.append(1), position, 1, true);
            elements.delete(position);
        }
    }

    /**
     * Takes in events that {@link #encode}, {@link #encodeSince} or {@link #encodeFrom} wrote, in any order. Those that are
     * here already change nothing, those whose causes are missing wait for them.
     *
     * @throws ProtocolException when they cannot be: an agent has two histories, a position is outside of its author's list,
     *                           an element is one that its author cannot have seen, or too much would wait. Then nothing of
     *                           it was taken in.
     */
    public ListMergeResult merge(byte[] bytes) throws ProtocolException {
        return merge(read(bytes));
    }

    @Override
    public Batch read(List<EventRun> runs) throws ProtocolException {
        return ListJson.batch(runs);
    }

    @Override
    public Batch read(byte[] bytes) throws ProtocolException {
        return store.read(bytes).batch();
    }

    @Override
    public ListMergeResult merge(Batch batch) throws ProtocolException {
        List<ProtocolException> refused = store.merge(batch, this::take);
        return new ListMergeResult(elements.settle(), refused);
    }

    private void take(int[] version, int firstNew) throws ProtocolException {
        int known = events.size();
        try {
            addEvents(firstNew);
            Splices splices = new Splices(false);
            walker.merge(version, firstNew, order.total(SlotOrder.LIVE), splices);
            for (int i = 0; i < splices.size(); i++) {
                for (int k = 0; k < splices.length(i); k++) {
                    if (splices.content(i) < 0) {
                        elements.delete(splices.position(i));
                    } else {
                        elements.insert(splices.position(i) + k, splices.content(i) + k);
                    }
                }
            }
            known = events.size();
        } finally {
            events.truncate(known);
        }
    }

    /* Notes which events made the new slots, and that their authors had seen the elements they name. */
    private void addEvents(int firstNew) throws ProtocolException {
        EventGraph graph = store.graph();
        OperationLog log = store.log();
        for (int event = firstNew; event < graph.size(); event++) {
            int run = log.find(event);
            if (log.kind(run) != OperationLog.INSERT) {
                continue;
            }
            events.add(event);
            switch (slots.get(log.content(run) + event - log.lv(run))) {
                case ListSlot.Element element -> {}
                case ListSlot.Place place -> requireSeen(event, place.element());
                case ListSlot.Value value -> requireSeen(event, value.element());
            }
        }
    }

    private void requireSeen(int event, EventId element) throws ProtocolException {
        int creation = store.graph().find(element);
        int slot = events.lowerBound(creation);
        if (creation < 0 || slot >= events.size() || events.get(slot) != creation
                || !(slots.get(slot) instanceof ListSlot.Element)
                || !store.graph().contains(store.graph().parents(event), creation)) {
            EventId id = store.graph().id(event);
            throw new ProtocolException("event " + id.sequence() + " of " + id.agent() + " names an element "
                    + element.sequence() + " of " + element.agent() + " that its author cannot have seen");
        }
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
     * The list as it was at a version, worked out from the beginning.
     *
     * @throws IllegalArgumentException when it names events that are not here
     */
    public List<JsonValue> listAt(List<EventId> version) {
        return copy(agent(), version).toList();
    }

    /**
     * A document of its own that goes on from this one, or from what it was: a branch. Either takes in what the other did by
     * {@link #merge(ListDocument)}.
     *
     * @param agent   a name that nobody else uses, this document's own agent neither
     * @param version as {@link #version()} told it
     * @throws IllegalArgumentException when the agent is this one or the version names events that are not here
     */
    public ListDocument fork(String agent, List<EventId> version) {
        store.requireOther(agent);
        return copy(agent, version);
    }

    private ListDocument copy(String agent, List<EventId> version) {
        try {
            return load(agent, store.encodeAt(version));
        } catch (ProtocolException e) {
            throw new IllegalStateException("what was written cannot be read", e);
        }
    }

    /** Takes in what a branch or any other document of the same origin has, and this one lacks. */
    public ListMergeResult merge(ListDocument other) throws ProtocolException {
        return merge(other.encodeSince(versionVector()));
    }

    @Override
    public List<EventRun> eventsSince(Map<String, Integer> vector, int limit) {
        List<EventRun> runs = new ArrayList<>();
        store.since(vector, limit, (from, to) -> runs.add(ListJson.event(this, from, to)));
        return runs;
    }

    @Override
    public List<EventRun> eventsFrom(int localVersion) {
        List<EventRun> runs = new ArrayList<>();
        store.from(localVersion, (from, to) -> runs.add(ListJson.event(this, from, to)));
        return runs;
    }

    /** All events as bytes. */
    @Override
    public byte[] encode() {
        return store.encode(null);
    }

    /** The events that somebody lacks who has so many of each agent, as bytes. */
    public byte[] encodeSince(Map<String, Integer> vector) {
        return store.encodeSince(vector);
    }

    /**
     * The events that came here after the first so many, as bytes: what to send on after {@link EventGraph#size} was that.
     *
     * @throws IllegalArgumentException when there are none
     */
    @Override
    public byte[] encodeFrom(int localVersion) {
        return store.encodeFrom(localVersion);
    }

    /**
     * A document from a file of this replica's own.
     *
     * @throws ProtocolException when it is damaged or does not hold all causes of its events
     */
    public static ListDocument load(String agent, byte[] bytes) throws ProtocolException {
        ListDocument document = new ListDocument(agent);
        document.store.load(document.store.read(bytes).batch(), document::take);
        document.elements.settle();
        return document;
    }

    /** Fails when something inside does not fit together. For tests. */
    void check() {
        order.check();
        walker.check();
    }

    /** The row under the list as a text would have it: every slot as the unit with its number. For tests. */
    List<TextRun> row() {
        List<TextRun> runs = new ArrayList<>();
        OperationLog log = store.log();
        for (int event = 0; event < store.graph().size(); event++) {
            int run = log.find(event);
            int at = event - log.lv(run);
            int position = log.position(run, at, at + 1);
            TextOperation operation = log.kind(run) == OperationLog.INSERT
                    ? new TextOperation.Insert(position, String.valueOf((char) (log.content(run) + at)))
                    : new TextOperation.Delete(position, 1);
            runs.add(new TextRun(store.graph().id(event), store.parents(event), List.of(operation)));
        }
        return runs;
    }

    /** What an event put in, by its slot. For tests. */
    ListSlot slot(int number) {
        return slots.get(number);
    }

    /** The event that put a slot in. For tests. */
    EventId eventOf(int slot) {
        return store.graph().id(events.get(slot));
    }
}
