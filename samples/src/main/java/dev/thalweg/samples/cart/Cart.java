package dev.thalweg.samples.cart;

import dev.thalweg.samples.nodes.Cluster;
import java.util.List;

/** A shopping cart in three processes, the network between them cut and mended, and a table of what each has. */
public final class Cart {
    private static final List<String> ALL = List.of("river", "mill", "weir");
    private static final List<List<String>> TOGETHER = List.of(ALL);
    private static final List<List<String>> APART = List.of(List.of("river", "mill"), List.of("weir"));

    private Cart() {}

    /** Plays it. */
    public static void main(String[] arguments) throws Exception {
        try (Cluster nodes = new Cluster(ALL, CartNode.class, List.of())) {
            nodes.head();
            act(nodes, "river", "put", "eggs", TOGETHER);
            act(nodes, "mill", "put", "tea", TOGETHER);

            nodes.cut(List.of("weir"));
            nodes.row("-- weir is cut off", APART);
            act(nodes, "river", "remove", "eggs", APART);
            act(nodes, "weir", "put", "eggs", APART);
            act(nodes, "mill", "remove", "tea", APART);
            act(nodes, "river", "put", "milk", APART);
            act(nodes, "weir", "put", "bread", APART);

            nodes.cut(List.of());
            nodes.row("-- the network is whole again", TOGETHER);
        }
    }

    private static void act(Cluster nodes, String node, String command, String item, List<List<String>> alike)
            throws Exception {
        nodes.ask(node, command + " " + item);
        nodes.row(node + ": " + command + " " + item, alike);
    }
}
