package dev.thalweg.dds.pact;

import dev.thalweg.dds.ChannelAttributes;
import dev.thalweg.dds.ChannelType;
import dev.thalweg.dds.Listener;
import dev.thalweg.dds.Listeners;
import dev.thalweg.dds.SharedObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys whose values change with everybody's knowledge. A value that is set is proposed first; it counts once every
 * client that was connected when the proposal was sequenced has signed it off, which each does by itself, or has left.
 * Until then readers see what counted before, and can look at what is proposed. One proposal per key at a time; the
 * first that is sequenced stands, and one whose author did not know what counts falls.
 *
 * <p>Fluid's PactMap, in Fluid's bytes. Values are plain JSON.
 */
public final class PactMap extends SharedObject<PactOperation, PactEvent> {
    /** How pact maps are made. */
    public static final ChannelType<PactMap> TYPE = new Type();

    /*
     * Own proposals of one key are sequenced in the order they were made. The one that stands then is heard of again
     * when it is accepted, the others never: so outcomes wait in a line for each key, and in one place when their
     * proposal stands.
     */
    private final PactKernel kernel;
    private final Map<String, ArrayDeque<Listener<? super PactOutcome>>> sent = new HashMap<>();
    private final Map<String, Listener<? super PactOutcome>> standing = new LinkedHashMap<>();
    private @Nullable String connection;

    private PactMap(String id, PactKernel kernel) {
        super(id, kernel);
        this.kernel = kernel;
    }

    @Override
    public ChannelType<PactMap> type() {
        return TYPE;
    }

    /** What counts for a key, or null when nothing does. */
    public @Nullable JsonValue get(String key) {
        AcceptedPact accepted = kernel.accepted(key);
        return accepted == null ? null : accepted.value();
    }

    /** What counts for a key and since when, also when it is deleted; null when nothing ever counted. */
    public @Nullable AcceptedPact getWithDetails(String key) {
        return kernel.accepted(key);
    }

    /** Whether something is proposed for a key. */
    public boolean isPending(String key) {
        return kernel.proposal(key) != null;
    }

    /** What is proposed for a key; null when it is to be deleted, or {@linkplain #isPending nothing is proposed}. */
    public @Nullable JsonValue getPending(String key) {
        Pact.Proposal proposal = kernel.proposal(key);
        return proposal == null ? null : proposal.value;
    }

    /** The connections whose consent is missing, in the order in which they joined; empty when nothing is proposed. */
    public List<String> expectedSignoffs(String key) {
        Pact.Proposal proposal = kernel.proposal(key);
        return proposal == null ? List.of() : List.copyOf(proposal.signoffs);
    }

    /** The keys for which something was ever proposed, in that order, also those that are deleted. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        kernel.keys().forEach(keys::add);
        return keys;
    }

    /**
     * Proposes a value.
     *
     * @param outcome told once: {@code Refused} at once when something is proposed for the key, and nothing is sent;
     *                {@code Refused} when another proposal turns out to be before it; {@code Accepted} when everybody has
     *                seen it, however many reconnects later; {@code Aborted} when it is taken back before it is sent;
     *                {@code Unknown} when the channel is closed
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void set(String key, JsonValue value, Listener<? super PactOutcome> outcome) {
        propose(key, value, outcome);
    }

    /** Proposes a value and does not ask what becomes of it. */
    public void set(String key, JsonValue value) {
        propose(key, value, ignored -> {});
    }

    /**
     * Proposes to delete a key. A key that holds nothing is left alone.
     *
     * @param outcome told once, as by {@link #set}; {@code Accepted} at once when there is nothing to delete
     * @throws IllegalStateException when the channel takes no edits now
     */
    public void delete(String key, Listener<? super PactOutcome> outcome) {
        if (get(key) == null && !isPending(key)) {
            outcome.on(new PactOutcome.Accepted());
        } else {
            propose(key, null, outcome);
        }
    }

    /** Proposes to delete a key and does not ask what becomes of it. */
    public void delete(String key) {
        delete(key, ignored -> {});
    }

    @Override
    public void connectionChanged(boolean connected, @Nullable String clientId) {
        connection = connected ? clientId : null;
        if (connected && clientId != null) {
            // What was proposed between the join and now was nobody's to sign off yet.
            for (String key : kernel.owedBy(clientId)) {
                submit(new PactOperation.Accept(key));
            }
            tell(kernel.takeDropped());
        }
    }

    @Override
    public void memberLeft(String clientId, int sequenceNumber) {
        if (kernel.awaits(clientId)) {
            changed();
            tell(kernel.left(clientId, sequenceNumber));
        }
    }

    @Override
    protected void closed(String reason) {
        List<Listener<? super PactOutcome>> all = new ArrayList<>(standing.values());
        sent.values().forEach(all::addAll);
        standing.clear();
        sent.clear();
        Listeners.each(all, outcome -> outcome.on(new PactOutcome.Unknown(reason)));
    }

    @Override
    protected void onEvent(PactEvent event) {
        switch (event) {
            case PactEvent.Pending pending -> {
                signOff(pending.key());
                if (pending.local()) {
                    Listener<? super PactOutcome> outcome = next(pending.key(), true);
                    if (outcome != null) {
                        standing.put(pending.key(), outcome);
                    }
                }
            }
            case PactEvent.Accepted accepted -> {
                if (accepted.local()) {
                    hear(standing.remove(accepted.key()), new PactOutcome.Accepted());
                }
            }
            case PactEvent.Refused refused -> hear(next(refused.key(), true), new PactOutcome.Refused());
            case PactEvent.Aborted aborted -> hear(next(aborted.key(), false), new PactOutcome.Aborted());
            case PactEvent.SignedOff signedOff -> {}
        }
    }

    private void propose(String key, @Nullable JsonValue value, Listener<? super PactOutcome> outcome) {
        if (isPending(key)) {
            outcome.on(new PactOutcome.Refused());
            return;
        }
        submit(new PactOperation.Set(key, value, reference()), () -> {
            ArrayDeque<Listener<? super PactOutcome>> line = sent.get(key);
            if (line == null) {
                line = new ArrayDeque<>(1);
                sent.put(key, line);
            }
            line.addLast(outcome);
        });
    }

    /** Consents, once the message that brought the proposal is through. */
    private void signOff(String key) {
        String asked = connection;
        if (asked != null && kernel.owes(key, asked)) {
            afterMessage(() -> {
                if (asked.equals(connection) && kernel.owes(key, asked)) {
                    submit(new PactOperation.Accept(key));
                }
            });
        }
    }

    /** Takes out who waits for this client's oldest or newest proposal of a key; null when the channel was closed. */
    private @Nullable Listener<? super PactOutcome> next(String key, boolean oldest) {
        ArrayDeque<Listener<? super PactOutcome>> line = sent.get(key);
        if (line == null) {
            return null;
        }
        Listener<? super PactOutcome> next = oldest ? line.pollFirst() : line.pollLast();
        if (line.isEmpty()) {
            sent.remove(key);
        }
        return next;
    }

    private static void hear(@Nullable Listener<? super PactOutcome> outcome, PactOutcome result) {
        if (outcome != null) {
            outcome.on(result);
        }
    }

    private static final class Type implements ChannelType<PactMap> {
        private static final ChannelAttributes ATTRIBUTES = ChannelAttributes
                .of("https://graph.microsoft.com/types/pact-map", "0.1");

        @Override
        public ChannelAttributes attributes() {
            return ATTRIBUTES;
        }

        @Override
        public PactMap create(String id, String replica) {
            return new PactMap(id, new PactKernel(new LinkedHashMap<>()));
        }

        @Override
        public PactMap load(String id, String replica, SummaryNode.Tree summary) throws ProtocolException {
            return new PactMap(id, new PactKernel(PactSummary.read(summary)));
        }
    }
}
