package dev.thalweg.bench.micro;

import dev.thalweg.dds.claims.ClaimOutcome;
import dev.thalweg.dds.claims.SharedClaims;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Claims on a thousand keys, as their handle does them. */
public class ClaimsBenchmark extends Throughput {
    private static final int KEYS = 1000;

    private final SharedClaims claims = SharedClaims.TYPE.create("claims", "a");
    private final Outbox outbox = Outbox.of(claims);
    private final String[] keys = new String[KEYS];
    private final JsonValue holder = JsonValue.of("Survey");
    private int next;
    private int accepted;

    /** Names the keys. */
    @Setup
    public void prepare() {
        for (int i = 0; i < KEYS; i++) {
            keys[i] = "station-" + i;
        }
    }

    /** A key taken over from whoever holds it, and the outcome. */
    @Benchmark
    public int compareAndSetAndOutcome() throws ProtocolException {
        claims.compareAndSet(keys[next++ % KEYS], holder, this::told);
        outbox.acknowledge(claims);
        return accepted;
    }

    /** A key claimed and set free again: two operations and their outcomes. */
    @Benchmark
    public int claimAndRelease() throws ProtocolException {
        String key = keys[next++ % KEYS];
        claims.claim(key, holder, this::told);
        outbox.acknowledge(claims);
        claims.release(key, this::told);
        outbox.acknowledge(claims);
        return accepted;
    }

    private void told(ClaimOutcome outcome) {
        if (!(outcome instanceof ClaimOutcome.Accepted)) {
            throw new IllegalStateException("expected the claim to be accepted, was told " + outcome);
        }
        accepted++;
    }
}
