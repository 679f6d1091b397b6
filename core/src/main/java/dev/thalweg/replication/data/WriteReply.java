package dev.thalweg.replication.data;

import java.util.List;

/** How a write went. Whatever it says, the write stays and goes on to the nodes that do not have it. */
public sealed interface WriteReply {
    /** Which nodes have it, sorted, durable where the key is. */
    List<String> nodes();

    /** As many have it as were asked for. */
    record Written(List<String> nodes) implements WriteReply {}

    /** Too few had it in time. @param missing who did not answer, sorted */
    record TimedOut(List<String> nodes, List<String> missing) implements WriteReply {}
}
