package dev.thalweg.bench.micro;

import dev.thalweg.dds.pncounter.SharedPnCounter;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Updates of a PN counter to which ten replicas have contributed, as its handle does them. */
public class PnCounterBenchmark extends Throughput {
    private static final int REPLICAS = 10;
    private static final int DELTAS = 1000;

    private final SharedPnCounter counter = SharedPnCounter.TYPE.create("counter", "a");
    private final SharedPnCounter other = SharedPnCounter.TYPE.create("counter", "b");
    private final Outbox outbox = Outbox.of(counter);
    private final Outbox othersOutbox = Outbox.of(other);
    private final JsonValue[] deltas = new JsonValue[DELTAS];
    private int sign = 1;
    private int next;

    /** Contributions of ten replicas, and a thousand operations of one of them. */
    @Setup
    public void prepare() throws ProtocolException {
        for (int replica = 0; replica < REPLICAS; replica++) {
            SharedPnCounter author = SharedPnCounter.TYPE.create("counter", "replica-" + replica);
            Outbox authorsOutbox = Outbox.of(author);
            for (int i = 0; i < DELTAS / REPLICAS; i++) {
                author.update(i % 3 == 0 ? -1 : 2);
                JsonValue delta = JsonValue.parse(authorsOutbox.spellOldest());
                deltas[i * REPLICAS + replica] = delta;
                outbox.receive(counter, delta);
                othersOutbox.receive(other, delta);
                authorsOutbox.acknowledge(author);
            }
        }
    }

    /** An update by this client, and its acknowledgement. */
    @Benchmark
    public void updateAndAcknowledge() throws ProtocolException {
        sign = -sign;
        counter.update(sign);
        outbox.acknowledge(counter);
    }

    /** An update by another client. After the first thousand they are known already, which costs the same joins. */
    @Benchmark
    public void remoteUpdate() throws ProtocolException {
        outbox.receive(counter, deltas[next++ % DELTAS]);
    }

    /** An update by one client: made, spelled as JSON, read by a second one, acknowledged at the first. */
    @Benchmark
    public void twoReplicasOverJson() throws ProtocolException {
        sign = -sign;
        counter.update(sign);
        outbox.replicate(counter, othersOutbox, other);
    }
}
