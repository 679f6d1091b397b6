package dev.thalweg.replication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which nodes belong together: those that are asked for consent, and from which messages are taken. */
@FunctionalInterface
public interface Membership {
    /** The names of all nodes now, the asking one among them, sorted by UTF-16 code unit. Not to be changed. */
    Set<String> members();

    /** All nodes now but one, which usually asks. A copy, in the same order. */
    default List<String> others(String self) {
        List<String> others = new ArrayList<>(members());
        others.removeIf(node -> node.equals(self));
        return others;
    }

    /** Always the same nodes: for tests, and for installations small enough to be written down. */
    static Membership of(Collection<String> nodes) {
        Set<String> members = Collections.unmodifiableSet(new TreeSet<>(nodes));
        return () -> members;
    }
}
