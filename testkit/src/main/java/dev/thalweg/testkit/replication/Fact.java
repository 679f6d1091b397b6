package dev.thalweg.testkit.replication;

import dev.thalweg.replication.data.DistributedData;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** Something that must hold at the end as long as somebody remembers it. */
final class Fact {
    final String what;
    /** Who has acknowledged it. */
    final Set<String> nodes = new HashSet<>();
    final Predicate<DistributedData> check;
    boolean acknowledged;

    Fact(String what, Predicate<DistributedData> check) {
        this.what = what;
        this.check = check;
    }

    /** Whether anybody has it who cannot have forgotten it. */
    boolean isCertain() {
        return acknowledged && !nodes.isEmpty();
    }
}
