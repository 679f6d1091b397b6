package dev.thalweg.dds.cell;

import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import org.jspecify.annotations.Nullable;

/**
 * One value, or none, that many clients write. The last write on the one line wins. An own change shows at once and
 * stays until it has been sequenced, whatever arrives meanwhile.
 *
 * <p>Fluid's SharedCell, in Fluid's bytes.
 */
public final class SharedCell extends SharedObject<CellOperation, CellEvent> {
    /** How cells are made. */
    public static final ChannelType<SharedCell> TYPE = new Type();

    private final CellKernel kernel;

    private SharedCell(String id, CellKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
    }

    @Override
    public ChannelType<SharedCell> type() {
        return TYPE;
    }

    /** The value, or null when the cell is empty. */
    public @Nullable JsonValue get() {
        return kernel.get();
    }

    /** Whether there is no value. */
    public boolean empty() {
        return kernel.get() == null;
    }

    /** Whether what {@link #get} says rests on a change of this client that has not been sequenced yet. */
    public boolean pending() {
        return kernel.pending();
    }

    /**
     * Gives the cell a value.
     *
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void set(JsonValue value) {
        submit(new CellOperation.Set(value));
    }

    /**
     * Empties the cell; sent and told even when it is empty already.
     *
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void delete() {
        submit(new CellOperation.Delete());
    }

    private static final class Type implements ChannelType<SharedCell> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes
                .of("https://graph.microsoft.com/types/cell", "0.1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public SharedCell create(String id, String replica) {
            return new SharedCell(id, new CellKernel(null));
        }

        @Override
        public SharedCell load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            return new SharedCell(id, new CellKernel(CellSummary.read(summary)));
        }
    }
}
