package dev.thalweg.dds.map;

import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values that many clients write. The last write on the one line wins, key by key; a clear takes out what was
 * sequenced before it. An own change shows at once and stays until it has been sequenced, whatever arrives meanwhile.
 *
 * <p>Fluid's SharedMap, in Fluid's bytes: a stock client reads and writes the same map. Iteration follows the order in
 * which keys came. A map that was loaded from a summary begins with the order of the summary, in which keys that spell
 * an array index come first.
 */
public final class SharedMap extends SharedObject<MapOperation, MapEvent> {
    /** How maps are made. */
    public static final ChannelType<SharedMap> TYPE = new Type();

    private final MapKernel kernel;

    private SharedMap(String id, MapKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
    }

    @Override
    public ChannelType<SharedMap> type() {
        return TYPE;
    }

    /** The value of a key, or null when there is none. */
    public @Nullable JsonValue get(String key) {
        return kernel.get(key);
    }

    /** Whether a key has a value. */
    public boolean has(String key) {
        return kernel.get(key) != null;
    }

    /** How many keys have a value. */
    public int size() {
        return kernel.size();
    }

    /** The keys that have a value, in order; a copy. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>(kernel.size());
        kernel.visit((key, value) -> keys.add(key));
        return keys;
    }

    /** Visits keys and values in order. The visitor must not change the map. */
    public void forEach(BiConsumer<? super String, ? super JsonValue> visitor) {
        kernel.visit(visitor::accept);
    }

    /** Whether what {@link #get} says of a key rests on a change of this client that has not been sequenced yet. */
    public boolean pending(String key) {
        return kernel.pending(key);
    }

    /**
     * Gives a key a value.
     *
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void set(String key, JsonValue value) {
        submit(new MapOperation.Set(key, value));
    }

    /**
     * Takes a key out. The others are told even when this client sees no such key, since one may be on its way.
     *
     * @return whether something was done: true unless the map is detached and has no such key
     * @throws IllegalStateException when the channel takes no edits now
     */
    public boolean delete(String key) {
        boolean done = attached() || has(key);
        submit(new MapOperation.Delete(key));
        return done;
    }

    /**
     * Takes every key out.
     *
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void clear() {
        submit(new MapOperation.Clear());
    }

    private static final class Type implements ChannelType<SharedMap> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes
                .of("https://graph.microsoft.com/types/map", "0.2");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public SharedMap create(String id, String replica) {
            return new SharedMap(id, new MapKernel(Map.of()));
        }

        @Override
        public SharedMap load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            return new SharedMap(id, new MapKernel(MapSummary.read(summary)));
        }
    }
}
