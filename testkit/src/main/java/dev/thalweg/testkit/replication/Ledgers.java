package dev.thalweg.testkit.replication;

import dev.thalweg.crdt.PNCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much each replica had counted, either way, as others know it who have not forgotten it. */
final class Ledgers {
    private final Map<Fact, Ledger> ledgers = new LinkedHashMap<>();
    private final List<Fact> seen = new ArrayList<>();

    private record Ledger(String replica, double plus, double minus) {}

    /** A replica counts, which others may acknowledge: all that it will have counted by then in the way that the delta says. */
    void counted(Fact fact, String replica, PNCounter before, double by) {
        ledgers.put(fact, new Ledger(replica, by > 0 ? before.increments().count(replica) + by : 0,
                by < 0 ? before.decrements().count(replica) - by : 0));
    }

    /** A replica ends, and this is what a node has of it. */
    void seen(String replica, String node, PNCounter counter) {
        Fact fact = new Fact("what " + node + " knew of " + replica, data -> true);
        fact.acknowledged = true;
        fact.nodes.add(node);
        seen.add(fact);
        ledgers.put(fact, new Ledger(replica, counter.increments().count(replica),
                counter.decrements().count(replica)));
    }

    /** A node dies, and may not have written down what it had. */
    void dies(String node) {
        seen.forEach(fact -> fact.nodes.remove(node));
    }

    /** A node has nothing any more of what it had. */
    void forgets(String node) {
        ledgers.keySet().forEach(fact -> fact.nodes.remove(node));
    }

    /** Whether all of that is in a sum, in whoever's name it is by now. */
    boolean hold(@Nullable PNCounter counter) {
        Map<String, Double> plus = new HashMap<>();
        Map<String, Double> minus = new HashMap<>();
        ledgers.forEach((fact, ledger) -> {
            if (fact.isCertain()) {
                plus.merge(ledger.replica, ledger.plus, Math::max);
                minus.merge(ledger.replica, ledger.minus, Math::max);
            }
        });
        double total = counter == null ? 0 : counter.increments().total();
        double taken = counter == null ? 0 : counter.decrements().total();
        return total >= sum(plus) && taken >= sum(minus);
    }

    private static double sum(Map<String, Double> amounts) {
        double sum = 0;
        for (double amount : amounts.values()) {
            sum += amount;
        }
        return sum;
    }
}
