package dev.thalweg.dds.claims;

import dev.thalweg.dds.Kernel;
import dev.thalweg.dds.OperationContext;
import dev.thalweg.dds.PendingOperations;
import dev.thalweg.dds.claims.ClaimsEvent.Aborted;
import dev.thalweg.dds.claims.ClaimsEvent.Claimed;
import dev.thalweg.dds.claims.ClaimsEvent.Filed;
import dev.thalweg.dds.claims.ClaimsEvent.Lost;
import dev.thalweg.dds.claims.ClaimsEvent.Released;
import dev.thalweg.dds.claims.ClaimsOperation.Claim;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Claims without the world around them. A claim is accepted when its key is free, or when it refers to the very sequence
 * number at which the present holder got the key: then its author knew whom it displaces. Everybody decides by the same
 * rule on the same line, the author included, so nothing shows before it is sequenced.
 *
 * <p>The reference of a claim is what its author saw when it was made, 0 when that was a free key: no key that was ever
 * free is held since 0. Sent again after a reconnect it stays the same; with a newer one the author would displace a
 * holder it never heard of.
 */
final class ClaimsKernel implements Kernel<ClaimsOperation, ClaimsEvent> {
    private final Map<String, Holding> holdings = new HashMap<>();
    private final PendingOperations<Claim> pending = new PendingOperations<>();
    private final Map<String, Claim> pendingByKey = new HashMap<>();

    /** A key that is held, and since when. */
    record Holding(JsonValue value, int sequenceNumber) {}

    ClaimsKernel(Map<String, Holding> holdings) {
        this.holdings.putAll(holdings);
    }

    @Nullable
    JsonValue holder(String key) {
        Holding holding = holdings.get(key);
        return holding == null ? null : holding.value;
    }

    /** The keys that are held, sorted by UTF-16 code unit. */
    List<String> keys() {
        List<String> keys = new ArrayList<>(holdings.keySet());
        keys.sort(null);
        return keys;
    }

    @Nullable
    Claim pending(String key) {
        return pendingByKey.get(key);
    }

    /** The operation that puts a value in place of what is seen now. */
    Claim claim(String key, JsonValue value) {
        Holding holding = holdings.get(key);
        return new Claim(key, value, holding == null ? 0 : holding.sequenceNumber);
    }

    @Override
    public ClaimsOperation read(JsonValue contents) throws ProtocolException {
        return ClaimsOperation.read(contents);
    }

    @Override
    public List<ClaimsEvent> detached(ClaimsOperation operation) {
        return List.of(hold(claim(operation), 0, true));
    }

    @Override
    public List<ClaimsEvent> local(ClaimsOperation operation) {
        Claim claim = claim(operation);
        if (pendingByKey.putIfAbsent(claim.key(), claim) != null) {
            throw new IllegalStateException("a claim of " + claim.key() + " is pending");
        }
        pending.add(claim);
        return List.of(new Filed(claim.key(), claim.value()));
    }

    @Override
    public List<ClaimsEvent> sequenced(ClaimsOperation operation, OperationContext context, boolean own) {
        Claim claim = claim(operation);
        if (own) {
            pending.acknowledge(claim);
            pendingByKey.remove(claim.key());
        }
        Holding holding = holdings.get(claim.key());
        if (holding == null || claim.referenceSequenceNumber() == holding.sequenceNumber) {
            return List.of(hold(claim, context.sequenceNumber(), own));
        }
        return List.of(new Lost(claim.key(), claim.value(), holding.value, own));
    }

    @Override
    public List<ClaimsEvent> rollback(ClaimsOperation operation) {
        Claim claim = claim(operation);
        pending.rollback(claim);
        pendingByKey.remove(claim.key());
        return List.of(new Aborted(claim.key(), claim.value()));
    }

    @Override
    public ClaimsOperation resubmit(ClaimsOperation operation) {
        return operation;
    }

    @Override
    public SummaryNode.Tree summarize() {
        return ClaimsSummary.write(keys(), holdings);
    }

    @Override
    public JsonValue snapshot() {
        JsonObject.Builder json = JsonObject.builder();
        for (String key : keys()) {
            json.put(key, Objects.requireNonNull(holdings.get(key)).value);
        }
        return json.build();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very same claim must be found both ways
    public void check() {
        for (Claim claim : pending.all()) {
            if (pendingByKey.get(claim.key()) != claim) {
                throw new IllegalStateException("the pending claim of " + claim.key() + " is not found by its key");
            }
        }
        if (pending.size() != pendingByKey.size()) {
            throw new IllegalStateException(
                    pending.size() + " claims are pending, " + pendingByKey.size() + " are found by key");
        }
        for (Map.Entry<String, Holding> entry : holdings.entrySet()) {
            if (entry.getValue().value == JsonNull.NULL) {
                throw new IllegalStateException(entry.getKey() + " is free and kept");
            }
        }
    }

    private ClaimsEvent hold(Claim claim, int sequenceNumber, boolean local) {
        Holding before = claim.releases() ? holdings.remove(claim.key())
                : holdings.put(claim.key(), new Holding(claim.value(), sequenceNumber));
        JsonValue previous = before == null ? null : before.value;
        return claim.releases() ? new Released(claim.key(), previous, local)
                : new Claimed(claim.key(), claim.value(), previous, local);
    }

    private static Claim claim(ClaimsOperation operation) {
        return switch (operation) {
            case Claim claim -> claim;
        };
    }
}
