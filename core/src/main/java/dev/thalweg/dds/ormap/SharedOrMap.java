package dev.thalweg.dds.ormap;

import dev.thalweg.crdt.GCounter;
import dev.thalweg.crdt.HidingMap;
import dev.thalweg.dds.Absorbing;
import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map of rows that many clients open, change and strike. A strike takes away only what its author had seen: a change
 * made at the same time keeps the row. A struck row stays readable until the strike is ordered, and keeps what it held:
 * opened again it goes on from there, on every replica.
 *
 * <p>A map is made in one of two modes. In tally mode a row is a number to which clients {@link #increment}; in register
 * mode it is a value that clients {@link #set}, of which the latest stands.
 */
public final class SharedOrMap extends SharedObject<OrMapOperation, OrMapEvent> implements Absorbing {
    /** How maps of tallies are made. */
    public static final ChannelType<SharedOrMap> TALLY = new Type(OrMapMode.TALLY,
            "https://thalweg.dev/types/or-map-tally");

    /** How maps of registers are made. */
    public static final ChannelType<SharedOrMap> REGISTER = new Type(OrMapMode.REGISTER,
            "https://thalweg.dev/types/or-map-register");

    /** The same as {@link #TALLY}. */
    public static final ChannelType<SharedOrMap> TYPE = TALLY;

    private final OrMapKernel kernel;

    private SharedOrMap(String id, OrMapKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
    }

    @Override
    public ChannelType<SharedOrMap> type() {
        return switch (kernel.mode()) {
            case TALLY -> TALLY;
            case REGISTER -> REGISTER;
        };
    }

    /** What the rows hold. */
    public OrMapMode mode() {
        return kernel.mode();
    }

    /** The rows, sorted by UTF-16 code unit. */
    public List<String> keys() {
        return kernel.seen().keys();
    }

    /** How many rows there are. */
    public int size() {
        return kernel.seen().size();
    }

    /** Whether a row is there. One that this client struck is, until the strike is ordered. */
    public boolean has(String key) {
        return kernel.seen().has(key);
    }

    /**
     * What a row's ledger comes to, sequenced and pending; 0 when the row is not there.
     *
     * @throws IllegalStateException in register mode
     */
    public long tally(String key) {
        requireMode(OrMapMode.TALLY);
        return tally(kernel.seen(), key);
    }

    /** What a row's ledger comes to by what has been sequenced; 0 when the row is not there. */
    public long sequencedTally(String key) {
        requireMode(OrMapMode.TALLY);
        return tally(kernel.sequencedState(), key);
    }

    /**
     * What a row's register holds, sequenced or pending; null when the row is not there or was opened and never set.
     *
     * @throws IllegalStateException in tally mode
     */
    public @Nullable JsonValue register(String key) {
        requireMode(OrMapMode.REGISTER);
        OrMapValue value = has(key) ? kernel.seen().value(key) : null;
        return value == null ? null : value.value();
    }

    /** Whether an operation of this client on a row is not acknowledged yet. */
    public boolean pending(String key) {
        return kernel.pending(key);
    }

    /** Whether this client struck a row and the row will be gone when that is ordered, as things stand. */
    public boolean removing(String key) {
        return kernel.striking(key);
    }

    /**
     * Adds to a row's ledger, and opens the row.
     *
     * @param amount from -(2^53 - 1) to 2^53 - 1; 0 only opens the row
     * @throws IllegalArgumentException when it is beyond that, or when what this replica ever added to the row, or took
     *                                  away, would be
     * @throws IllegalStateException    in register mode, or when the channel takes no edits now
     */
    public void increment(String key, long amount) {
        requireMode(OrMapMode.TALLY);
        double exact = amount;
        if (Math.abs(exact) > GCounter.MAX) {
            throw new IllegalArgumentException("an increment must be at most 2^53 - 1 either way, was " + amount);
        }
        submit(amount == 0 ? kernel.open(key) : kernel.increment(key, exact));
    }

    /**
     * Writes a row's register, and opens the row.
     *
     * @throws IllegalStateException in tally mode, or when the channel takes no edits now
     */
    public void set(String key, JsonValue value) {
        requireMode(OrMapMode.REGISTER);
        submit(kernel.write(key, value, reference()));
    }

    /**
     * Opens a row with what it held when it was struck; a new row holds 0, or nothing. A row that is there is kept
     * against strikes made at the same time.
     *
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void open(String key) {
        submit(kernel.open(key));
    }

    /**
     * Strikes a row.
     *
     * @return whether there was anything to strike; false when the row is not there or struck already
     * @throws IllegalStateException when the channel takes no edits now
     */
    public boolean remove(String key) {
        OrMapOperation strike = kernel.remove(key);
        if (strike == null) {
            return false;
        }
        submit(strike);
        return true;
    }

    @Override
    public boolean absorb(JsonValue operation) throws ProtocolException {
        List<OrMapEvent> events = kernel.absorb(kernel.read(operation));
        if (events == null) {
            return false;
        }
        tell(events);
        return true;
    }

    private static long tally(HidingMap<OrMapValue> map, String key) {
        return map.has(key) ? (long) OrMapKernel.tally(map.value(key)).total() : 0;
    }

    private void requireMode(OrMapMode wanted) {
        if (kernel.mode() != wanted) {
            throw new IllegalStateException("channel " + id() + " is a map in " + kernel.mode().word() + " mode");
        }
    }

    private static final class Type implements ChannelType<SharedOrMap> {
        private final OrMapMode mode;
        private final ChannelAttributes attributes;

        Type(OrMapMode mode, String url) {
            this.mode = mode;
            this.attributes = ChannelAttributes.of(url, "1");
        }

        @Override
        public ChannelAttributes attributes() {
            return attributes;
        }

        @Override
        public SharedOrMap create(String id, String replica) {
            return new SharedOrMap(id, new OrMapKernel(mode, replica, mode.empty()));
        }

        @Override
        public SharedOrMap load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            return new SharedOrMap(id, new OrMapKernel(mode, replica, OrMapSummary.read(summary, mode)));
        }
    }
}
