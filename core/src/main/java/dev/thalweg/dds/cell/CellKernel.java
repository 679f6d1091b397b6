package dev.thalweg.dds.cell;

import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.PendingOperations;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cell without the world around it: what was sequenced last, and this client's pending operations, the last of which
 * is what a reader sees.
 */
final class CellKernel implements Kernel<CellOperation, CellEvent> {
    private final PendingOperations<CellOperation> pending = new PendingOperations<>();
    private @Nullable JsonValue sequenced;

    CellKernel(@Nullable JsonValue sequenced) {
        this.sequenced = sequenced;
    }

    /** What a reader sees, or null when the cell is empty. */
    @Nullable
    JsonValue get() {
        CellOperation newest = pending.newest();
        return newest == null ? sequenced : value(newest);
    }

    boolean pending() {
        return pending.size() > 0;
    }

    @Override
    public CellOperation read(JsonValue contents) throws ProtocolException {
        return CellOperation.read(contents);
    }

    @Override
    public List<CellEvent> detached(CellOperation operation) {
        sequenced = value(operation);
        return changed(sequenced, true);
    }

    @Override
    public List<CellEvent> local(CellOperation operation) {
        pending.add(operation);
        return changed(value(operation), true);
    }

    @Override
    public List<CellEvent> sequenced(CellOperation operation, OperationContext context, boolean own) {
        sequenced = value(operation);
        if (own) {
            pending.acknowledge(operation);
            return List.of();
        }
        return pending.size() == 0 ? changed(sequenced, false) : List.of();
    }

    @Override
    public List<CellEvent> rollback(CellOperation operation) {
        pending.rollback(operation);
        return changed(get(), true);
    }

    @Override
    public CellOperation resubmit(CellOperation operation) {
        return operation;
    }

    @Override
    public SummaryNode.Tree summarize() {
        return CellSummary.write(sequenced);
    }

    @Override
    public JsonValue snapshot() {
        return JsonObject.builder().putIfPresent("value", get()).build();
    }

    @Override
    public void check() {
        // Two fields, either of which may hold anything.
    }

    private static @Nullable JsonValue value(CellOperation operation) {
        return switch (operation) {
            case CellOperation.Set set -> set.value();
            case CellOperation.Delete delete -> null;
        };
    }

    private static List<CellEvent> changed(@Nullable JsonValue value, boolean local) {
        return List.of(value == null ? new CellEvent.Deleted(local) : new CellEvent.ValueChanged(value, local));
    }
}
