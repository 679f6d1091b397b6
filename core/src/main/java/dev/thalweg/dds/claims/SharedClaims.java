package dev.thalweg.dds.claims;

import dev.thalweg.dds.Awaited;
import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys of which each has one holder at most. The first claim that is sequenced gets a free key; a key that is held
 * changes hands only by {@link #compareAndSet} of somebody who knew the holder. Reads show what has been sequenced and
 * nothing else: a claim is never shown as held before everybody agrees that it is.
 *
 * <p>Each claim is told its outcome exactly once, at once when it needs no round trip, otherwise when its operation is
 * sequenced, however many reconnects later. When the channel is closed first, it is told that.
 */
public final class SharedClaims extends SharedObject<ClaimsOperation, ClaimsEvent> {
    /** How claims are made. */
    public static final ChannelType<SharedClaims> TYPE = new Type();

    private final ClaimsKernel kernel;
    private final Awaited<ClaimOutcome> awaited = new Awaited<>();

    private SharedClaims(String id, ClaimsKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
    }

    @Override
    public ChannelType<SharedClaims> type() {
        return TYPE;
    }

    /** Who holds a key, or null when it is free. */
    public @Nullable JsonValue holder(String key) {
        return kernel.holder(key);
    }

    /** The keys that are held, sorted by UTF-16 code unit. */
    public List<String> keys() {
        return kernel.keys();
    }

    /** Whether this client has asked for a key and does not know the outcome yet. */
    public boolean pending(String key) {
        return kernel.pending(key) != null;
    }

    /** What this client has asked to hold a key, null to set it free; null too when nothing is pending. */
    public @Nullable JsonValue filed(String key) {
        ClaimsOperation.Claim claim = kernel.pending(key);
        return claim == null ? null : claim.value();
    }

    /**
     * Asks for a free key.
     *
     * @param value   who or what is to hold it, not null
     * @param outcome told once: {@code AlreadyClaimed} or {@code AlreadyPending} at once, {@code Accepted} or
     *                {@code Lost} when the claim is sequenced, {@code Aborted} when it is taken back before that,
     *                {@code Unknown} when the channel is closed before that
     * @throws IllegalArgumentException when the value is null
     * @throws IllegalStateException    when the channel takes no edits now
     */
    public void claim(String key, JsonValue value, Listener<? super ClaimOutcome> outcome) {
        if (value == JsonNull.NULL) {
            throw new IllegalArgumentException("null holds nothing; release " + key + " instead");
        }
        JsonValue holder = kernel.holder(key);
        if (holder != null) {
            outcome.on(new ClaimOutcome.AlreadyClaimed(holder));
            return;
        }
        file(key, value, outcome);
    }

    /**
     * Puts a value in place of the holder that is seen now, or of nobody. It is refused when the key has changed hands
     * in between, even back to an equal holder.
     *
     * @param value   who or what is to hold the key; null sets it free
     * @param outcome told once, as by {@link #claim}, but never {@code AlreadyClaimed}
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void compareAndSet(String key, JsonValue value, Listener<? super ClaimOutcome> outcome) {
        file(key, value, outcome);
    }

    /** Sets a key free, provided that the holder is still the one that is seen now. */
    public void release(String key, Listener<? super ClaimOutcome> outcome) {
        file(key, JsonNull.NULL, outcome);
    }

    private void file(String key, JsonValue value, Listener<? super ClaimOutcome> outcome) {
        if (kernel.pending(key) != null) {
            outcome.on(new ClaimOutcome.AlreadyPending());
            return;
        }
        submit(kernel.claim(key, value), () -> awaited.add(outcome));
    }

    @Override
    protected void onEvent(ClaimsEvent event) {
        if (!event.local()) {
            return;
        }
        switch (event) {
            case ClaimsEvent.Claimed claimed -> awaited.settleOldest(new ClaimOutcome.Accepted(claimed.value()));
            case ClaimsEvent.Released released -> awaited.settleOldest(new ClaimOutcome.Accepted(JsonNull.NULL));
            case ClaimsEvent.Lost lost -> awaited.settleOldest(new ClaimOutcome.Lost(lost.holder()));
            case ClaimsEvent.Aborted aborted -> awaited.settleNewest(new ClaimOutcome.Aborted());
            case ClaimsEvent.Filed filed -> {
                // The outcome is open.
            }
        }
    }

    @Override
    protected void closed(String reason) {
        awaited.close(new ClaimOutcome.Unknown(reason));
    }

    private static final class Type implements ChannelType<SharedClaims> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes.of("https://thalweg.dev/types/claims",
                "1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public SharedClaims create(String id, String replica) {
            return new SharedClaims(id, new ClaimsKernel(Map.of()));
        }

        @Override
        public SharedClaims load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            return new SharedClaims(id, new ClaimsKernel(ClaimsSummary.read(summary)));
        }
    }
}
