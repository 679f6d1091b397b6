package dev.thalweg.bench.micro;

import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Operations on a SharedDirectory of so many subdirectories three levels down, as its handles do them. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DirectoryBenchmark {
    private static final int KEYS = 10;

    /** How many subdirectories there are. */
    @Param({"10", "10000"})
    public int subdirectories;

    private final List<Directory> directories = new ArrayList<>();
    private final List<JsonValue> sets = new ArrayList<>();
    private SharedDirectory tree = SharedDirectory.TYPE.create("tree", "a");
    private SharedDirectory other = SharedDirectory.TYPE.create("tree", "b");
    private Outbox outbox = Outbox.of(tree);
    private Outbox othersOutbox = Outbox.of(other);
    private int next;

    /** Trees of empty subdirectories, and the operations by which another client sets keys in them. */
    @Setup(Level.Iteration)
    public void grow() throws ProtocolException {
        tree = SharedDirectory.TYPE.create("tree", "a");
        outbox = Outbox.of(tree);
        other = SharedDirectory.TYPE.create("tree", "b");
        othersOutbox = Outbox.of(other);
        directories.clear();
        sets.clear();
        next = 0;
        Directory above = tree.createSubDirectory("plant");
        outbox.replicate(tree, othersOutbox, other);
        above = above.createSubDirectory("gauges");
        outbox.replicate(tree, othersOutbox, other);
        for (int i = 0; i < subdirectories; i++) {
            Directory made = above.createSubDirectory("gauge-" + i);
            outbox.replicate(tree, othersOutbox, other);
            directories.add(made);
            sets.add(JsonValue.parse("{\"key\":\"level\",\"path\":\"" + made.path()
                    + "\",\"type\":\"set\",\"value\":{\"type\":\"Plain\",\"value\":" + i + "}}"));
        }
    }

    /** A set by this client, and its acknowledgement. */
    @Benchmark
    public void setAndAcknowledge() throws ProtocolException {
        int i = next++;
        directories.get(i % subdirectories).set("key-" + i % KEYS, JsonValue.of(i));
        outbox.acknowledge(tree);
    }

    /** A set by another client. */
    @Benchmark
    public void remoteSet() throws ProtocolException {
        outbox.receive(tree, sets.get(next++ % subdirectories));
    }

    /** A set by one client: made, spelled as JSON, read by a second one, acknowledged at the first. */
    @Benchmark
    public void twoReplicasOverJson() throws ProtocolException {
        int i = next++;
        directories.get(i % subdirectories).set("key-" + i % KEYS, JsonValue.of(i));
        outbox.replicate(tree, othersOutbox, other);
    }

    /** A subdirectory is made beside the others and deleted again, each acknowledged. */
    @Benchmark
    public void makeAndDelete() throws ProtocolException {
        tree.createSubDirectory("passing");
        outbox.acknowledge(tree);
        tree.deleteSubDirectory("passing");
        outbox.acknowledge(tree);
    }
}
