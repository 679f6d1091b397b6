package dev.thalweg.samples.cart;

import dev.thalweg.crdt.ORSet;
import dev.thalweg.platform.Platform;
import dev.thalweg.replication.data.DataType;
import dev.thalweg.replication.data.DistributedData;
import dev.thalweg.replication.data.Key;
import dev.thalweg.samples.nodes.SampleNode;
import java.util.List;

/** One node of the cart. Usage: its name; commands on its input. */
public final class CartNode {
    private static final DataType<ORSet> CARTS = DataType.of("cart", ORSet.EMPTY);
    private static final Key<ORSet> CART = CARTS.key("ada");

    private CartNode() {}

    /** Runs until its input ends. */
    public static void main(String[] arguments) throws Exception {
        SampleNode.run(arguments[0], CartNode::open);
    }

    private static SampleNode.Commands open(SampleNode node) {
        Platform platform = node.platform().platform();
        DistributedData data = node.platform().<DistributedData>ask(opened -> DistributedData.open(
                new DistributedData.Parameters(node.wire(), node.membership(), platform.timers(), platform.ids(),
                        List.of(CARTS)),
                opened)).join();
        return (command, item) -> node.platform().call(() -> obey(data, command, item));
    }

    /* Reads and writes are this node's own: they work whoever can be reached. */
    private static String obey(DistributedData data, String command, String item) {
        switch (command) {
            case "put" -> data.update(CART, (cart, replica) -> cart.add(replica, item));
            case "remove" -> data.update(CART, (cart, replica) -> cart.remove(item));
            case "show" -> {
                ORSet cart = data.get(CART);
                return cart == null || cart.size() == 0 ? "-" : String.join(" ", cart.elements());
            }
            default -> throw new IllegalArgumentException(command);
        }
        return "done";
    }
}
