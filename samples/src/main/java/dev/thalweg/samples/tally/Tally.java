package dev.thalweg.samples.tally;

import dev.thalweg.samples.nodes.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A counter on three nodes, one of which is killed and started again, and a table of what each has. */
public final class Tally {
    private static final List<String> ALL = List.of("river", "mill", "weir");

    private Tally() {}

    /** Plays it. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("thalweg-tally");
        try (Cluster nodes = new Cluster(ALL, TallyNode.class, List.of(folder.toString()))) {
            nodes.head();
            act(nodes, "river", 5, List.of(ALL));
            act(nodes, "weir", 7, List.of(ALL));

            nodes.kill("weir");
            List<List<String>> others = List.of(List.of("river", "mill"));
            nodes.row("-- weir is killed", others);
            act(nodes, "mill", 10, others);
            act(nodes, "river", -2, others);

            nodes.restart("weir");
            System.out.println("   weir starts again; its journal says " + nodes.ask("weir", "replayed"));
            nodes.row("-- weir has caught up", List.of(ALL));
            act(nodes, "weir", 100, List.of(ALL));
        }
        try (var files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static void act(Cluster nodes, String node, int by, List<List<String>> alike) throws Exception {
        nodes.ask(node, "count " + by);
        nodes.row(node + ": count " + by, alike);
    }
}
