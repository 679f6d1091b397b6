package dev.thalweg.dds;

import dev.thalweg.crdt.Lattice;
import dev.thalweg.json.JsonValue;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel of a structure that is a lattice and shows every own operation at once.
 *
 * @param <S> the lattice
 * @param <O> the structure's operations
 * @param <E> the structure's events
 */
public abstract class DeltaKernel<S extends Lattice<S>, O extends DeltaOperation<S>, E extends ChannelEvent>
        implements Kernel<O, E> {
    private final Optimistic<S> state;

    /** A kernel with nothing pending. */
    protected DeltaKernel(S sequenced) {
        this.state = new Optimistic<>(sequenced);
    }

    /** Tells what an operation did to what a reader sees. @param local whether this client caused it */
    protected abstract List<E> changed(O operation, S before, S after, boolean local);

    /** What a reader sees. */
    public final S seen() {
        return state.seen();
    }

    /** What has been sequenced. */
    public final S sequencedState() {
        return state.sequenced();
    }

    /** Takes an operation that came by another way than the line. @return null when all of it was known */
    public final @Nullable List<E> absorb(O operation) {
        // What a reader sees covers own pending operations too: those wait for their own acknowledgement.
        return state.seen().covers(operation.delta()) ? null : take(operation, false);
    }

    @Override
    public final List<E> detached(O operation) {
        return take(operation, true);
    }

    @Override
    public final List<E> local(O operation) {
        S before = state.seen();
        state.local(operation.delta(), true);
        return changed(operation, before, state.seen(), true);
    }

    @Override
    public final List<E> sequenced(O operation, OperationContext context, boolean own) {
        if (!own) {
            return take(operation, false);
        }
        state.acknowledge(operation.delta());
        return List.of();
    }

    @Override
    public final List<E> rollback(O operation) {
        S before = state.seen();
        state.rollback(operation.delta());
        return changed(operation, before, state.seen(), true);
    }

    @Override
    public final O resubmit(O operation) {
        return operation;
    }

    @Override
    public final SummaryNode.Tree summarize() {
        return LatticeSummary.write(state.sequenced());
    }

    @Override
    public JsonValue snapshot() {
        return state.seen().value();
    }

    @Override
    public final void check() {
        state.check();
    }

    private List<E> take(O operation, boolean local) {
        S before = state.seen();
        state.take(operation.delta());
        return changed(operation, before, state.seen(), local);
    }
}
