package dev.thalweg.samples.tally;

import dev.thalweg.jvm.JvmPlatform;
import dev.thalweg.jvm.journal.FileJournal;
import dev.thalweg.jvm.journal.QueuedJournal;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.eventsourcing.EntityOptions;
import dev.thalweg.replication.eventsourcing.ReplicatedEntity;
import dev.thalweg.samples.nodes.SampleNode;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** One node of the counter. Usage: its name and a folder for journals; commands on its input. */
public final class TallyNode {
    private TallyNode() {}

    /** Runs until its input ends. */
    public static void main(String[] arguments) throws Exception {
        String name = arguments[0];
        Path folder = Path.of(arguments[1]).resolve(name);
        SampleNode.run(name, node -> open(node, folder));
    }

    private static SampleNode.Commands open(SampleNode node, Path folder) throws Exception {
        JvmPlatform platform = node.platform();
        Journal journal = new QueuedJournal(FileJournal.open(folder,
                (file, from, length, reason) -> System.err.println(file + ": " + reason)), platform.executor());
        EntityOptions options = new EntityOptions(200, 64 * 1024, 1000, 1000, 300_000);
        ReplicatedEntity<Integer, Integer, Integer> entity = platform
                .<ReplicatedEntity<Integer, Integer, Integer>>ask(opened -> ReplicatedEntity.open(new Counting(),
                        new ReplicatedEntity.Parameters("tally", node.wire(), node.membership(),
                                platform.platform().timers(), platform.platform().ids(), journal, options,
                                (source, what) -> System.err.println(source + ": " + what)),
                        opened))
                .join();
        String replayed = shown(platform, entity).join();
        return (command, argument) -> switch (command) {
            case "count" -> platform.<Integer>ask(counted -> entity.command(Integer.parseInt(argument), counted))
                    .thenApply(total -> "counted");
            case "show" -> shown(platform, entity);
            case "replayed" -> CompletableFuture.completedFuture(replayed);
            default -> throw new IllegalArgumentException(command);
        };
    }

    private static CompletableFuture<String> shown(JvmPlatform platform,
            ReplicatedEntity<Integer, Integer, Integer> entity) {
        return platform.call(() -> entity.state().toString());
    }
}
