package dev.thalweg.bench.micro;

import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Operations on OR-maps of a thousand rows, as their handles do them. */
public class OrMapBenchmark extends Throughput {
    private static final int ROWS = 1000;

    private final SharedOrMap tallies = SharedOrMap.TALLY.create("tallies", "a");
    private final SharedOrMap othersTallies = SharedOrMap.TALLY.create("tallies", "b");
    private final SharedOrMap registers = SharedOrMap.REGISTER.create("registers", "a");
    private final Outbox talliesOutbox = Outbox.of(tallies);
    private final Outbox othersOutbox = Outbox.of(othersTallies);
    private final Outbox registersOutbox = Outbox.of(registers);
    private final String[] rows = new String[ROWS];
    private final JsonValue value = JsonValue.of("x".repeat(100));
    private int next;

    /** Opens the rows. */
    @Setup
    public void prepare() throws ProtocolException {
        for (int i = 0; i < ROWS; i++) {
            rows[i] = "spoil-" + i;
            tallies.increment(rows[i], 1);
            talliesOutbox.replicate(tallies, othersOutbox, othersTallies);
            registers.set(rows[i], value);
            registersOutbox.acknowledge(registers);
        }
    }

    /** A delivery to a row by this client, and its acknowledgement. */
    @Benchmark
    public void incrementAndAcknowledge() throws ProtocolException {
        tallies.increment(rows[next++ % ROWS], 1);
        talliesOutbox.acknowledge(tallies);
    }

    /** A register written by this client, and its acknowledgement. */
    @Benchmark
    public void setAndAcknowledge() throws ProtocolException {
        registers.set(rows[next++ % ROWS], value);
        registersOutbox.acknowledge(registers);
    }

    /** A row struck and opened again: two operations, both acknowledged. */
    @Benchmark
    public void removeAndReopen() throws ProtocolException {
        String row = rows[next++ % ROWS];
        tallies.remove(row);
        talliesOutbox.acknowledge(tallies);
        tallies.open(row);
        talliesOutbox.acknowledge(tallies);
    }

    /** A delivery by one client: made, spelled as JSON, read by a second one, acknowledged at the first. */
    @Benchmark
    public void twoReplicasOverJson() throws ProtocolException {
        tallies.increment(rows[next++ % ROWS], 1);
        talliesOutbox.replicate(tallies, othersOutbox, othersTallies);
    }
}
