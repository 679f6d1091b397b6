package dev.thalweg.dds.register;

import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.PendingOperations;
import dev.thalweg.dds.register.RegisterEvent.Aborted;
import dev.thalweg.dds.register.RegisterEvent.AtomicChanged;
import dev.thalweg.dds.register.RegisterEvent.VersionChanged;
import dev.thalweg.dds.register.RegisterOperation.Write;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Registers without the world around them. A write takes the place of every version its author had seen; the others stay
 * beside it. It becomes the atomic value when its author had seen that one too: so of writes that did not know of each
 * other the first one stands.
 *
 * <p>What an author had seen is the reference of the write, made with it and kept when it is sent again after a
 * reconnect; with a newer one it would take the place of versions nobody knew when the value was chosen.
 *
 * <p>Each version is added once and taken out once, from the front of its register, so a write costs no more than that.
 */
final class RegisterKernel implements Kernel<RegisterOperation, RegisterEvent> {
    private final Map<String, Register> registers;
    private final PendingOperations<Write> pending = new PendingOperations<>();

    /** A value, and the number under which it was sequenced. */
    record Version(JsonValue value, int sequenceNumber) {}

    /** One register. Its versions are in the order of their numbers; those of one message share a number. */
    static final class Register {
        private final ArrayDeque<Version> versions = new ArrayDeque<>();
        private Version atomic;

        Register(Version atomic) {
            this.atomic = atomic;
        }

        Version atomic() {
            return atomic;
        }

        Version newest() {
            return versions.getLast();
        }

        /** Oldest first. */
        Collection<Version> versions() {
            return versions;
        }

        void add(Version version) {
            versions.addLast(version);
        }

        /** Whether a write that has seen so much becomes the atomic value. */
        private boolean yields(int reference) {
            return reference >= atomic.sequenceNumber;
        }

        private void write(Version version, int reference) {
            while (!versions.isEmpty() && versions.getFirst().sequenceNumber <= reference) {
                versions.removeFirst();
            }
            versions.addLast(version);
        }
    }

    /** @param registers taken over, in order */
    RegisterKernel(Map<String, Register> registers) {
        this.registers = new LinkedHashMap<>(registers);
    }

    @Nullable
    Register register(String key) {
        return registers.get(key);
    }

    Collection<String> keys() {
        return registers.keySet();
    }

    int pendingCount() {
        return pending.size();
    }

    @Override
    public RegisterOperation read(JsonValue contents) throws ProtocolException {
        return RegisterOperation.read(contents);
    }

    @Override
    public List<RegisterEvent> detached(RegisterOperation operation) {
        return write(write(operation), 0, 0, true);
    }

    @Override
    public List<RegisterEvent> local(RegisterOperation operation) {
        pending.add(write(operation));
        return List.of();
    }

    @Override
    public List<RegisterEvent> sequenced(RegisterOperation operation, OperationContext context, boolean own) {
        Write write = write(operation);
        int reference = write.referenceSequenceNumber();
        if (reference == RegisterOperation.UNSAID) {
            reference = context.referenceSequenceNumber();
        } else if (reference > context.referenceSequenceNumber()) {
            throw new IllegalStateException("a write refers to " + reference + ", its message to "
                    + context.referenceSequenceNumber());
        }
        if (own) {
            pending.acknowledge(write);
        }
        return write(write, reference, context.sequenceNumber(), own);
    }

    @Override
    public List<RegisterEvent> rollback(RegisterOperation operation) {
        Write write = write(operation);
        pending.rollback(write);
        return List.of(new Aborted(write.key(), write.value()));
    }

    @Override
    public RegisterOperation resubmit(RegisterOperation operation) {
        return operation;
    }

    @Override
    public SummaryNode.Tree summarize() {
        return RegisterSummary.write(registers);
    }

    @Override
    public JsonValue snapshot() {
        JsonObject.Builder json = JsonObject.builder();
        for (Map.Entry<String, Register> entry : registers.entrySet()) {
            List<JsonValue> versions = new ArrayList<>();
            for (Version version : entry.getValue().versions) {
                versions.add(version.value);
            }
            json.put(entry.getKey(), JsonObject.builder().put("atomic", entry.getValue().atomic.value)
                    .put("versions", new JsonArray(versions)).build());
        }
        return json.build();
    }

    @Override
    public void check() {
        for (Map.Entry<String, Register> entry : registers.entrySet()) {
            Register register = entry.getValue();
            if (register.versions.isEmpty()) {
                throw new IllegalStateException("register " + entry.getKey() + " has no versions");
            }
            int last = register.versions.getFirst().sequenceNumber;
            for (Version version : register.versions) {
                if (version.sequenceNumber < last) {
                    throw new IllegalStateException("register " + entry.getKey() + " has versions out of order");
                }
                last = version.sequenceNumber;
            }
            if (register.atomic.sequenceNumber > last) {
                throw new IllegalStateException("register " + entry.getKey() + " agrees on a version it does not have");
            }
        }
    }

    private List<RegisterEvent> write(Write write, int reference, int sequenceNumber, boolean local) {
        Version version = new Version(write.value(), sequenceNumber);
        Register register = registers.get(write.key());
        boolean wins = register == null || register.yields(reference);
        if (register == null) {
            register = new Register(version);
            registers.put(write.key(), register);
        } else if (wins) {
            register.atomic = version;
        }
        register.write(version, reference);
        RegisterEvent newest = new VersionChanged(write.key(), write.value(), wins, local);
        return wins ? List.of(new AtomicChanged(write.key(), write.value(), local), newest) : List.of(newest);
    }

    private static Write write(RegisterOperation operation) {
        return switch (operation) {
            case Write write -> write;
        };
    }
}
