package dev.thalweg.crdt;

import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where two dot maps differ. This one looks at everything that the smaller has and at the dots that it has seen, which
 * is all there is to do for deltas.
 */
class Differences {
    /** Adds the keys of dots within a range that are not below the same key in both maps. */
    void owners(PersistentMap<Dot, String> mine, PersistentMap<Dot, String> theirs, Dot first, Dot last,
            Set<String> keys) {
        missing(mine, theirs, first, last, keys);
        missing(theirs, mine, first, last, keys);
    }

    private static void missing(PersistentMap<Dot, String> one, PersistentMap<Dot, String> other, Dot first, Dot last,
            Set<String> keys) {
        Iterator<PersistentMap.Node<Dot, String>> owners = one.from(first);
        while (owners.hasNext()) {
            PersistentMap.Node<Dot, String> owner = owners.next();
            if (owner.key.compareTo(last) > 0) {
                return;
            }
            if (!owner.value.equals(other.get(owner.key))) {
                keys.add(owner.value);
            }
        }
    }

    /** Adds the keys that the other map has, unless both are known to have the same below it. */
    void entries(PersistentMap<String, DotStore> mine, PersistentMap<String, DotStore> theirs, Set<String> keys) {
        for (PersistentMap.Node<String, DotStore> node : theirs) {
            keys.add(node.key);
        }
    }

    /**
     * The same for two large maps: passes over what they share. By itself, so that programs which join nothing but deltas
     * need not carry it.
     */
    static final class OfShared extends Differences {
        @Override
        void owners(PersistentMap<Dot, String> mine, PersistentMap<Dot, String> theirs, Dot first, Dot last,
                Set<String> keys) {
            if (first.counter() == last.counter()) {
                note(mine.get(first), theirs.get(first), keys);
            } else {
                mine.range(first, last).differences(theirs.range(first, last), true,
                        (dot, my, their) -> note(my, their, keys));
            }
        }

        private static void note(@Nullable String mine, @Nullable String their, Set<String> keys) {
            if (mine != null && !mine.equals(their)) {
                keys.add(mine);
            }
            if (their != null && !their.equals(mine)) {
                keys.add(their);
            }
        }

        @Override
        void entries(PersistentMap<String, DotStore> mine, PersistentMap<String, DotStore> theirs, Set<String> keys) {
            PersistentMap.Node<String, DotStore> some = theirs.any();
            if (some == null || some.value instanceof DotSet) {
                return; // nothing but dots is in them, and where those are others the owners tell
            }
            mine.differences(theirs, false, (key, my, their) -> {
                if (my == null || their == null || !my.isLike(their)) {
                    keys.add(key);
                }
            });
        }
    }
}
