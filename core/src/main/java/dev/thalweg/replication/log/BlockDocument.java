package dev.thalweg.replication.log;

import dev.thalweg.crdt.CausalContext;
import dev.thalweg.crdt.LWWMap;
import dev.thalweg.crdt.Lattice;
import dev.thalweg.crdt.ORMap;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonBoolean;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A document: blocks with fields, in an order. Of two values written to one field the later one stands, of two moves of a
 * block likewise. A deletion stands against changes and moves made at the same time, but not against an insertion.
 */
/*
 * An OR-map of last-writer-wins maps. Each of those has a mark that says that the block is there, its place, and its
 * fields. Only an insertion writes the mark, and a deletion resets all of the block that its author had seen; so a field
 * written at the same time stays behind, unseen, until the block is inserted again by somebody who had seen it, or for
 * ever: it is one value per field that was written while its block was being deleted. Nothing is kept of what was
 * deleted otherwise.
 */
public final class BlockDocument implements Lattice<BlockDocument> {
    /** No blocks. */
    public static final BlockDocument EMPTY = new BlockDocument(ORMap.of(LWWMap.EMPTY));

    private static final String MARK = "!";
    private static final String PLACE = "@";
    private static final char FIELD = '=';

    private final ORMap<LWWMap> blocks;

    private BlockDocument(ORMap<LWWMap> blocks) {
        this.blocks = blocks;
    }

    /** Whether a block is there. */
    public boolean has(String id) {
        return blocks.get(id).get(MARK) != null;
    }

    /** A block, or null when it is not there. */
    public @Nullable Block block(String id) {
        LWWMap kept = blocks.get(id);
        return kept.get(MARK) == null ? null : new Block(id, fields(kept));
    }

    /** The ids of the blocks that are there, in order. */
    public List<String> order() {
        Set<Place> places = new TreeSet<>();
        for (String id : blocks.keys()) {
            Position position = position(id);
            if (position != null) {
                places.add(new Place(position, id));
            }
        }
        List<String> ids = new ArrayList<>(places.size());
        for (Place place : places) {
            ids.add(place.id());
        }
        return ids;
    }

    /** The blocks that are there, in order. */
    public List<Block> blocks() {
        List<Block> found = new ArrayList<>();
        for (String id : order()) {
            found.add(new Block(id, fields(blocks.get(id))));
        }
        return found;
    }

    /** {@code [{"id":…,"fields":{…}},…]}, in order. */
    @Override
    public JsonArray value() {
        List<JsonValue> values = new ArrayList<>();
        for (Block block : blocks()) {
            values.add(JsonObject.builder().put("id", block.id()).put("fields", block.fields()).build());
        }
        return new JsonArray(values);
    }

    /** Which changes have been seen. */
    public CausalContext context() {
        return blocks.context();
    }

    /* Where a block is, or null when it is not there. */
    @Nullable
    Position position(String id) {
        LWWMap kept = blocks.get(id);
        if (kept.get(MARK) == null) {
            return null;
        }
        JsonValue place = kept.get(PLACE);
        try {
            return place == null ? Position.START : Position.read(place, PLACE);
        } catch (ProtocolException e) {
            throw new IllegalStateException("places were checked when they were read", e);
        }
    }

    /* The blocks that a delta may change. */
    Set<String> touched(BlockDocument delta) {
        return blocks.touched(delta.blocks);
    }

    /**
     * Does something to this document, by itself: whoever does much to one opens a {@link ReplicaLog}.
     *
     * @param writer the replica, which must have seen all its own changes
     * @param time   its time, as in {@link dev.thalweg.crdt.Stamp#after}
     * @return the delta
     * @throws IllegalArgumentException when it inserts a block that is there, or names one that is not
     */
    public BlockDocument apply(String writer, BlockOperation operation, double time) {
        BlockOrder order = new BlockOrder();
        for (String id : blocks.keys()) {
            order.put(id, position(id));
        }
        return apply(writer, operation, order, time);
    }

    /* The same for whoever keeps the order of the blocks. */
    BlockDocument apply(String writer, BlockOperation operation, BlockOrder order, double time) {
        String id = operation.id();
        boolean there = has(id);
        if (there == operation instanceof BlockOperation.Insert) {
            throw new IllegalArgumentException(there ? "there is a block " + id : "there is no block " + id);
        }
        return switch (operation) {
            case BlockOperation.Insert insert -> insert(writer, id, order.after(insert.after(), null, writer),
                    insert.fields(), time);
            case BlockOperation.Update update -> new BlockDocument(
                    write(blocks, ORMap.of(LWWMap.EMPTY), writer, id, update.fields(), time));
            case BlockOperation.Delete delete -> new BlockDocument(blocks.remove(id));
            case BlockOperation.Move move -> {
                if (id.equals(move.after())) {
                    throw new IllegalArgumentException("block " + id + " cannot go behind itself");
                }
                Position position = order.after(move.after(), id, writer);
                yield new BlockDocument(put(blocks, writer, id, PLACE, position.toJson(), time));
            }
        };
    }

    private BlockDocument insert(String writer, String id, Position position, JsonObject fields, double time) {
        ORMap<LWWMap> before = blocks;
        ORMap<LWWMap> delta = before.remove(id);
        ORMap<LWWMap> now = before.join(delta);
        delta = delta.join(put(now, writer, id, MARK, JsonBoolean.TRUE, time));
        now = before.join(delta);
        delta = delta.join(put(now, writer, id, PLACE, position.toJson(), time));
        return new BlockDocument(write(before, delta, writer, id, fields, time));
    }

    private static ORMap<LWWMap> write(ORMap<LWWMap> before, ORMap<LWWMap> begun, String writer, String id,
            JsonObject fields, double time) {
        ORMap<LWWMap> delta = begun;
        for (int i = 0; i < fields.size(); i++) {
            ORMap<LWWMap> now = before.join(delta);
            delta = delta.join(put(now, writer, id, FIELD + fields.name(i), fields.value(i), time));
        }
        return delta;
    }

    private static ORMap<LWWMap> put(ORMap<LWWMap> now, String writer, String id, String key, JsonValue value,
            double time) {
        return now.update(id, block -> block.put(writer, key, value, time));
    }

    private static JsonObject fields(LWWMap kept) {
        JsonObject.Builder fields = JsonObject.builder();
        for (String key : kept.keys()) {
            JsonValue value = kept.get(key);
            if (value != null && key.charAt(0) == FIELD) {
                fields.put(key.substring(1), value);
            }
        }
        return fields.build();
    }

    @Override
    public BlockDocument join(BlockDocument other) {
        return new BlockDocument(blocks.join(other.blocks));
    }

    @Override
    public boolean covers(BlockDocument other) {
        return blocks.covers(other.blocks);
    }

    /** As an OR-map of last-writer-wins maps, in which {@code !} marks a block, {@code @} is its place. */
    @Override
    public JsonObject toJson() {
        return blocks.toJson();
    }

    /** Reads a document. @param what names it in the error */
    public static BlockDocument read(JsonValue json, String what) throws ProtocolException {
        ORMap<LWWMap> blocks = EMPTY.blocks.read(json, what);
        for (String id : blocks.keys()) {
            LWWMap kept = blocks.get(id);
            for (String key : kept.keys()) {
                JsonValue value = kept.get(key);
                if (key.equals(PLACE) && value != null) {
                    Position.read(value, what + " place");
                } else if (!key.equals(MARK) && (key.isEmpty() || key.charAt(0) != FIELD)) {
                    throw new ProtocolException(what + " has a block with " + JsonValue.of(key).toJson()
                            + ", which is neither mark, place nor field");
                }
            }
        }
        return new BlockDocument(blocks);
    }

    /** Throws an {@link IllegalStateException} when an invariant does not hold. For tests. */
    public void check() {
        blocks.check();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof BlockDocument that && blocks.equals(that.blocks);
    }

    @Override
    public int hashCode() {
        return blocks.hashCode();
    }

    @Override
    public String toString() {
        return toJson().toJson();
    }
}
