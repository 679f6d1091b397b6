package dev.thalweg.dds.register;

import dev.thalweg.dds.Awaited;
import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.dds.register.RegisterKernel.Register;
import dev.thalweg.dds.register.RegisterKernel.Version;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Registers whose writes are never lost without being seen: writes that did not know of each other are kept side by side
 * as versions, in the order in which they were sequenced, until somebody who has seen them writes again. All clients
 * agree on one of them, the atomic one, which is the first of those. Reads show what has been sequenced and nothing else.
 *
 * <p>Each write is told its outcome exactly once, when it is sequenced, however many reconnects later. When the channel
 * is closed first, it is told that.
 *
 * <p>Fluid's ConsensusRegisterCollection, in Fluid's bytes: a stock client reads and writes the same registers.
 */
public final class ConsensusRegisterCollection extends SharedObject<RegisterOperation, RegisterEvent> {
    /** How register collections are made. */
    public static final ChannelType<ConsensusRegisterCollection> TYPE = new Type();

    private final RegisterKernel kernel;
    private final Awaited<WriteOutcome> awaited = new Awaited<>();

    private ConsensusRegisterCollection(String id, RegisterKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
    }

    @Override
    public ChannelType<ConsensusRegisterCollection> type() {
        return TYPE;
    }

    /** The value of a register that all agree on, or null when it was never written. */
    public @Nullable JsonValue read(String key) {
        return read(key, ReadPolicy.ATOMIC);
    }

    /** A value of a register, or null when it was never written. */
    public @Nullable JsonValue read(String key, ReadPolicy policy) {
        Register register = kernel.register(key);
        if (register == null) {
            return null;
        }
        return switch (policy) {
            case ATOMIC -> register.atomic().value();
            case LWW -> register.newest().value();
        };
    }

    /** All versions of a register, in the order in which they were sequenced; empty when it was never written. A copy. */
    public List<JsonValue> versions(String key) {
        List<JsonValue> versions = new ArrayList<>();
        Register register = kernel.register(key);
        if (register != null) {
            for (Version version : register.versions()) {
                versions.add(version.value());
            }
        }
        return versions;
    }

    /** The registers that were written, in the order in which they were first; a copy. */
    public List<String> keys() {
        return new ArrayList<>(kernel.keys());
    }

    /** How many writes of this client are on their way. */
    public int pendingCount() {
        return kernel.pendingCount();
    }

    /**
     * Writes a register.
     *
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void write(String key, JsonValue value) {
        write(key, value, outcome -> {
        });
    }

    /**
     * Writes a register. It takes the place of the versions that are here now.
     *
     * @param outcome told once: {@code Won} or {@code Lost} when the write is sequenced, at once while the document is
     *                detached; {@code Aborted} when it is taken back before that, {@code Unknown} when the channel is
     *                closed before that
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void write(String key, JsonValue value, Listener<? super WriteOutcome> outcome) {
        submit(new RegisterOperation.Write(key, value, reference()), () -> awaited.add(outcome));
    }

    @Override
    protected void onEvent(RegisterEvent event) {
        if (!event.local()) {
            return;
        }
        // By the first event of a write, so that no listener makes another one in between.
        switch (event) {
            case RegisterEvent.AtomicChanged changed -> awaited.settleOldest(new WriteOutcome.Won());
            case RegisterEvent.VersionChanged changed -> {
                JsonValue atomic = read(changed.key());
                if (!changed.atomic() && atomic != null) {
                    awaited.settleOldest(new WriteOutcome.Lost(atomic));
                }
            }
            case RegisterEvent.Aborted aborted -> awaited.settleNewest(new WriteOutcome.Aborted());
        }
    }

    @Override
    protected void closed(String reason) {
        awaited.close(new WriteOutcome.Unknown(reason));
    }

    private static final class Type implements ChannelType<ConsensusRegisterCollection> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes
                .of("https://graph.microsoft.com/types/consensus-register-collection", "0.1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public ConsensusRegisterCollection create(String id, String replica) {
            return new ConsensusRegisterCollection(id, new RegisterKernel(Map.of()));
        }

        @Override
        public ConsensusRegisterCollection load(String id, String replica, SummaryNode.Tree summary)
                throws ProtocolException {
            return new ConsensusRegisterCollection(id, new RegisterKernel(RegisterSummary.read(summary)));
        }
    }
}
