package dev.thalweg.bench.micro;

import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Increments of a SharedCounter, as its handle does them. */
public class CounterBenchmark extends Throughput {
    private final SharedCounter counter = SharedCounter.TYPE.create("counter", "a");
    private final SharedCounter other = SharedCounter.TYPE.create("counter", "b");
    private final Outbox outbox = Outbox.of(counter);
    private final Outbox othersOutbox = Outbox.of(other);
    private JsonValue increment = JsonValue.of(0);

    /** The operation by which another client increments. */
    @Setup
    public void prepare() throws ProtocolException {
        increment = JsonValue.parse("{\"type\":\"increment\",\"incrementAmount\":1}");
    }

    /** An increment by this client, and its acknowledgement. */
    @Benchmark
    public void incrementAndAcknowledge() throws ProtocolException {
        counter.increment(1);
        outbox.acknowledge(counter);
    }

    /** An increment by another client. */
    @Benchmark
    public void remoteIncrement() throws ProtocolException {
        outbox.receive(counter, increment);
    }

    /** An increment by one client: made, spelled as JSON, read by a second one, acknowledged at the first. */
    @Benchmark
    public void twoReplicasOverJson() throws ProtocolException {
        counter.increment(1);
        outbox.replicate(counter, othersOutbox, other);
    }
}
