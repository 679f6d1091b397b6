package dev.thalweg.replication;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Which nodes belong together: those that are asked for consent, and from which messages are taken. */
@FunctionalInterface
public interface Membership {
    /** The names of all nodes now, the asking one among them, sorted by UTF-16 code unit. Not to be changed. */
    Set<String> members();

    /** Always the same nodes: for tests, and for installations small enough to be written down. */
    static Membership of(Collection<String> nodes) {
        Set<String> members = Collections.unmodifiableSet(new TreeSet<>(nodes));
        return () -> members;
    }
}
