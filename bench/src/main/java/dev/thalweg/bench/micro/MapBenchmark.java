package dev.thalweg.bench.micro;

import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** Operations on a SharedMap of a thousand keys, as its handle does them; one operation is one set. */
public class MapBenchmark extends Throughput {
    private static final int KEYS = 1000;
    private static final int UNACKNOWLEDGED = 20_000;

    private final String[] keys = new String[UNACKNOWLEDGED];
    private final JsonValue[] values = new JsonValue[KEYS];
    private final JsonValue[] sets = new JsonValue[KEYS];
    private SharedMap map = SharedMap.TYPE.create("map", "a");
    private SharedMap other = SharedMap.TYPE.create("map", "b");
    private Outbox outbox = Outbox.of(map);
    private Outbox othersOutbox = Outbox.of(other);
    private int next;

    /** Keys, values, and the operations by which another client sets them. */
    @Setup
    public void prepare() throws ProtocolException {
        for (int i = 0; i < UNACKNOWLEDGED; i++) {
            keys[i] = "gauge-" + i;
        }
        for (int i = 0; i < KEYS; i++) {
            values[i] = JsonValue.of(i * 3.5);
            sets[i] = JsonValue.parse("{\"key\":\"gauge-" + i + "\",\"type\":\"set\",\"value\":{\"type\":\"Plain\","
                    + "\"value\":" + i + "}}");
        }
    }

    /** Empty maps, so that iterations are alike. */
    @Setup(Level.Iteration)
    public void clear() {
        map = SharedMap.TYPE.create("map", "a");
        outbox = Outbox.of(map);
        other = SharedMap.TYPE.create("map", "b");
        othersOutbox = Outbox.of(other);
        next = 0;
    }

    /** A set by this client, and its acknowledgement. */
    @Benchmark
    public void setAndAcknowledge() throws ProtocolException {
        int i = next++ % KEYS;
        map.set(keys[i], values[i]);
        outbox.acknowledge(map);
    }

    /** A set by another client. */
    @Benchmark
    public void remoteSet() throws ProtocolException {
        outbox.receive(map, sets[next++ % KEYS]);
    }

    /** A set by one client: made, spelled as JSON, read by a second one, acknowledged at the first. */
    @Benchmark
    public void twoReplicasOverJson() throws ProtocolException {
        int i = next++ % KEYS;
        map.set(keys[i], values[i]);
        outbox.replicate(map, othersOutbox, other);
    }

    /** A set with a hundred sets of this client not acknowledged yet. */
    @Benchmark
    @OperationsPerInvocation(100)
    public void hundredPending() throws ProtocolException {
        pending(100);
    }

    /** A set among 20,000 distinct keys that are set before the first acknowledgement comes. */
    @Benchmark
    @OperationsPerInvocation(UNACKNOWLEDGED)
    public void twentyThousandPending() throws ProtocolException {
        pending(UNACKNOWLEDGED);
    }

    private void pending(int count) throws ProtocolException {
        for (int i = 0; i < count; i++) {
            map.set(keys[i], values[i % KEYS]);
        }
        for (int i = 0; i < count; i++) {
            outbox.acknowledge(map);
        }
    }
}
