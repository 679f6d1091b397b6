package dev.thalweg.crdt;

import dev.thalweg.json.JsonValue;
import java.util.List;
import java.util.Set;

/**
 * A lattice whose states say something of every replica that ever changed them, and that can forget those that have ended
 * without changing its value.
 *
 * <p>States before and after are not to be joined: what was forgotten would come back. Everybody who holds a state has to
 * forget the same replicas in the same order, once all of them have all that those replicas did; who has less, having
 * started anew, may do the same, and what it has then is covered by what the others have.
 *
 * @param <S> the implementing class
 */
public interface Prunable<S> {
    /** The replica in whose name ended replicas' parts are kept where they matter. No replica may be called so. */
    String ENDED = "*";

    /** The replicas that the state could forget if they have ended, sorted. */
    List<String> prunable();

    /** What the state has of some replicas, and of what they would become: two states that agree in it forget alike. */
    JsonValue share(Set<String> replicas);

    /** The state without some replicas. */
    S pruned(Set<String> replicas);
}
