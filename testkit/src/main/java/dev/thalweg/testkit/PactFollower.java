package dev.thalweg.testkit;

import dev.thalweg.dds.pact.PactEvent;
import dev.thalweg.dds.pact.PactMap;
import dev.thalweg.json.JsonValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps what counts and what is proposed by events alone, and counts the consents. */
final class PactFollower implements Follower {
    private final PactMap map;
    private final Map<String, JsonValue> accepted = new LinkedHashMap<>();
    private final Map<String, Proposal> proposals = new HashMap<>();

    private static final class Proposal {
        final @Nullable JsonValue value;
        int missing;

        Proposal(@Nullable JsonValue value, int missing) {
            this.value = value;
            this.missing = missing;
        }
    }

    PactFollower(PactMap map) {
        this.map = map;
        for (String key : map.keys()) {
            put(key, map.get(key));
            if (map.isPending(key)) {
                proposals.put(key, new Proposal(map.getPending(key), map.expectedSignoffs(key).size()));
            }
        }
        map.subscribe(this::on);
    }

    private void on(PactEvent event) {
        switch (event) {
            case PactEvent.Pending pending -> require(proposals.put(pending.key(),
                    new Proposal(pending.value(), map.expectedSignoffs(pending.key()).size())) == null, event);
            case PactEvent.SignedOff signedOff -> {
                Proposal proposal = proposals.get(signedOff.key());
                require(proposal != null && proposal.missing-- > 0, event);
            }
            case PactEvent.Accepted settled -> {
                Proposal proposal = proposals.remove(settled.key());
                require(proposal != null && proposal.missing == 0 && Objects.equals(proposal.value, settled.value())
                        && Objects.equals(accepted.get(settled.key()), settled.previous()), event);
                put(settled.key(), settled.value());
            }
            case PactEvent.Refused refused -> {}
            case PactEvent.Aborted aborted -> {}
        }
    }

    private void put(String key, @Nullable JsonValue value) {
        if (value == null) {
            accepted.remove(key);
        } else {
            accepted.put(key, value);
        }
    }

    private static void require(boolean holds, PactEvent event) {
        if (!holds) {
            throw new IllegalStateException("does not follow from what was told: " + event);
        }
    }

    @Override
    public void check() {
        for (String key : map.keys()) {
            Proposal proposal = proposals.get(key);
            boolean same = Objects.equals(map.get(key), accepted.get(key))
                    && map.isPending(key) == (proposal != null)
                    && (proposal == null || Objects.equals(map.getPending(key), proposal.value)
                            && map.expectedSignoffs(key).size() == proposal.missing);
            if (!same) {
                throw new IllegalStateException("events do not come to what there is for " + key);
            }
        }
    }
}
