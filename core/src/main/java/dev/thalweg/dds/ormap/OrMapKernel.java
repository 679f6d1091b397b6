package dev.thalweg.dds.ormap;

import dev.thalweg.crdt.HidingMap;
import dev.thalweg.crdt.LWWRegister;
import dev.thalweg.crdt.PNCounter;
import dev.thalweg.crdt.Stamp;
import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.Optimistic;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An OR-map without the world around it. */
final class OrMapKernel implements Kernel<OrMapOperation, OrMapEvent> {
    /*
     * What a reader sees is the sequenced state and all pending operations except strikes: a struck row stays readable
     * until the strike is ordered, because until then somebody else's delivery to it may still keep it.
     *
     * A register's stamp is later than the one it writes over, and as late as the last sequence number its author had
     * processed. So the clock needs no memory of its own: what must be known to write a row is in the row, hidden or
     * not, and comes with a summary as with operations. Somebody who was away for long and wrote ten times loses to
     * somebody who wrote once and was up to date. Nobody can have seen a sequence number that comes after its own
     * operation; a stamp that claims so would win for ever, and is refused by all alike.
     */
    private final OrMapMode mode;
    private final String replica;
    private final Optimistic<HidingMap<OrMapValue>> state;
    private final PendingRows pending = new PendingRows();

    OrMapKernel(OrMapMode mode, String replica, HidingMap<OrMapValue> sequenced) {
        this.mode = mode;
        this.replica = replica;
        this.state = new Optimistic<>(sequenced);
    }

    /** What a reader sees of a row. */
    private record Row(boolean there, boolean striking, @Nullable OrMapValue value) {}

    OrMapMode mode() {
        return mode;
    }

    HidingMap<OrMapValue> seen() {
        return state.seen();
    }

    HidingMap<OrMapValue> sequencedState() {
        return state.sequenced();
    }

    boolean pending(String key) {
        return pending.has(key);
    }

    boolean striking(String key) {
        return pending.strikes(key, state.seen());
    }

    OrMapOperation open(String key) {
        return new OrMapOperation.Open(key, state.seen().add(replica, key, null));
    }

    /** @throws IllegalArgumentException when this replica's ledger of the row cannot take the amount */
    OrMapOperation increment(String key, double amount) {
        PNCounter change = tally(state.seen().value(key)).update(replica, amount);
        return new OrMapOperation.Increment(key, amount,
                state.seen().add(replica, key, new OrMapValue.Tally(change)));
    }

    /** @param now the last sequence number processed */
    OrMapOperation write(String key, JsonValue value, int now) {
        LWWRegister change = LWWRegister.of(Stamp.after(stamp(state.seen(), key), now, replica), value);
        return new OrMapOperation.Write(key, state.seen().add(replica, key, new OrMapValue.Register(change)));
    }

    /** The strike of a row, or null when there is nothing to strike. */
    @Nullable
    OrMapOperation remove(String key) {
        return !state.seen().has(key) || striking(key) ? null
                : new OrMapOperation.Remove(key, state.seen().remove(key));
    }

    /** Takes an operation that came by another way than the line. @return null when all of it was known */
    @Nullable
    List<OrMapEvent> absorb(OrMapOperation operation) {
        // What a reader sees covers own pending operations too, strikes aside: they wait for their acknowledgement.
        if (state.seen().covers(operation.delta()) || pendingStrike(operation)) {
            return null;
        }
        return change(operation.delta(), false, () -> state.take(operation.delta()));
    }

    @Override
    public OrMapOperation read(JsonValue contents) throws ProtocolException {
        return OrMapOperation.read(contents, mode);
    }

    @Override
    public List<OrMapEvent> detached(OrMapOperation operation) {
        return change(operation.delta(), true, () -> state.take(operation.delta()));
    }

    @Override
    public List<OrMapEvent> local(OrMapOperation operation) {
        boolean shown = !(operation instanceof OrMapOperation.Remove);
        return change(operation.delta(), true, () -> {
            pending.add(operation);
            state.local(operation.delta(), shown);
        });
    }

    @Override
    public List<OrMapEvent> sequenced(OrMapOperation operation, OperationContext context, boolean own) {
        boolean refused = fromTheFuture(operation, context.sequenceNumber());
        if (!own) {
            return refused ? List.of()
                    : change(operation.delta(), false, () -> state.take(operation.delta()));
        }
        return change(operation.delta(), true, () -> {
            pending.remove(operation);
            if (refused) {
                state.refuse(operation.delta());
            } else {
                state.acknowledge(operation.delta());
            }
        });
    }

    @Override
    public List<OrMapEvent> rollback(OrMapOperation operation) {
        return change(operation.delta(), true, () -> {
            pending.remove(operation);
            state.rollback(operation.delta());
        });
    }

    @Override
    public OrMapOperation resubmit(OrMapOperation operation) {
        return operation;
    }

    @Override
    public SummaryNode.Tree summarize() {
        return OrMapSummary.write(mode, state.sequenced());
    }

    @Override
    public JsonValue snapshot() {
        JsonObject.Builder json = JsonObject.builder();
        for (String key : state.seen().keys()) {
            json.put(key, shown(state.seen().value(key)));
        }
        return json.build();
    }

    @Override
    public void check() {
        state.check();
        state.sequenced().check();
        state.seen().check();
        if (pending.size() != state.pendingCount()) {
            throw new IllegalStateException(
                    pending.size() + " operations are pending by row, " + state.pendingCount() + " in order");
        }
    }

    /* Makes a change and tells what it did to the rows that it could touch. */
    private List<OrMapEvent> change(HidingMap<OrMapValue> delta, boolean local, Runnable change) {
        Set<String> keys = state.seen().touched(delta);
        List<Row> before = new ArrayList<>(keys.size());
        for (String key : keys) {
            before.add(row(key));
        }
        change.run();
        List<OrMapEvent> events = new ArrayList<>();
        int i = 0;
        for (String key : keys) {
            tell(key, before.get(i++), row(key), local, events);
        }
        return events;
    }

    private Row row(String key) {
        HidingMap<OrMapValue> seen = state.seen();
        return new Row(seen.has(key), striking(key), seen.value(key));
    }

    private void tell(String key, Row before, Row after, boolean local, List<OrMapEvent> events) {
        if (!after.there) {
            if (before.there) {
                events.add(new OrMapEvent.Removed(key, local));
            }
            return;
        }
        OrMapValue value = after.value;
        if (!before.there) {
            events.add(new OrMapEvent.Opened(key, shown(value), local));
        } else if (value != null && !same(value, before.value)) {
            events.add(changed(key, before.value, value, local));
        }
        if (before.striking != after.striking) {
            events.add(new OrMapEvent.Striking(key, after.striking, local));
        }
    }

    private static boolean same(OrMapValue one, @Nullable OrMapValue other) {
        return other != null && one.covers(other) && other.covers(one);
    }

    private static OrMapEvent changed(String key, @Nullable OrMapValue before, OrMapValue after, boolean local) {
        return switch (after) {
            case OrMapValue.Tally tally -> {
                double value = tally.counter().total();
                yield new OrMapEvent.Tallied(key, (long) (value - tally(before).total()), (long) value, local);
            }
            case OrMapValue.Register register -> new OrMapEvent.Written(key, register.register().value(),
                    before == null ? null : before.value(), local);
        };
    }

    private JsonValue shown(@Nullable OrMapValue value) {
        if (value != null) {
            return value.value();
        }
        return switch (mode) {
            case TALLY -> JsonValue.of(0);
            case REGISTER -> JsonNull.NULL;
        };
    }

    private boolean pendingStrike(OrMapOperation operation) {
        return operation instanceof OrMapOperation.Remove && pending.hasStrike(operation);
    }

    private boolean fromTheFuture(OrMapOperation operation, int sequenceNumber) {
        Stamp stamp = stamp(operation.delta(), operation.key());
        if (stamp == null || stamp.time() <= sequenceNumber) {
            return false;
        }
        // A document copied from another one starts over with its numbers and keeps its stamps.
        Stamp known = stamp(state.sequenced(), operation.key());
        return known == null || stamp.time() > known.time();
    }

    private static @Nullable Stamp stamp(HidingMap<OrMapValue> map, String key) {
        return map.value(key) instanceof OrMapValue.Register register ? register.register().stamp() : null;
    }

    static PNCounter tally(@Nullable OrMapValue value) {
        return value instanceof OrMapValue.Tally tally ? tally.counter() : PNCounter.ZERO;
    }
}
