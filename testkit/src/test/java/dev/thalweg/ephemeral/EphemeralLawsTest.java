package dev.thalweg.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Cases;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Stores that have heard of the same show the same, which is what the greatest of all entries that were ever written say;
 * and a copy that follows the changes they report shows it too.
 */
class EphemeralLawsTest {
    private static final double LIFETIME = 20;

    private final List<EphemeralStore> stores = new ArrayList<>();
    private final List<Map<String, EphemeralEntry>> copies = new ArrayList<>();
    private final List<EphemeralState> sent = new ArrayList<>();
    private final Map<String, EphemeralEntry> greatest = new HashMap<>();
    private final Map<String, Integer> left = new HashMap<>();
    private double now;

    @Test
    void storesShowTheGreatestEntries() {
        Cases.hold(seed -> new EphemeralLawsTest().play(new Rng(seed)));
    }

    private void play(Rng rng) throws ProtocolException {
        for (int i = 0; i < 3; i++) {
            stores.add(new EphemeralStore("p" + i, EphemeralLimits.DEFAULT.withLifetime(LIFETIME)));
            copies.add(new TreeMap<>());
        }
        int steps = rng.between(10, 60);
        for (int i = 0; i < steps; i++) {
            step(rng, rng.below(3));
        }
        for (int round = 0; round < 2; round++) {
            for (int to = 0; to < 3; to++) {
                for (int from = 0; from < 3; from++) {
                    merge(to, stores.get(from).state());
                }
                follow(to, stores.get(to).advance(now));
            }
        }
        for (int i = 0; i < 3; i++) {
            assertThat(stores.get(i).getAll("n")).isEqualTo(expected());
            assertThat(EphemeralJson.state(stores.get(i).state()))
                    .isEqualTo(EphemeralJson.state(stores.get(0).state()));
        }
    }

    private void step(Rng rng, int at) throws ProtocolException {
        EphemeralStore store = stores.get(at);
        String key = "k" + rng.below(3);
        double time = now + rng.between(-8, 2);
        switch (rng.weighted(8, 2, 1, 6, 2)) {
            case 0 -> written(at, key, store.set("n", key, JsonValue.of(rng.below(4)), time));
            case 1 -> written(at, key, store.remove("n", key, time));
            case 2 -> {
                String who = "p" + rng.below(4);
                EphemeralMerge merge = store.leave(who);
                merge.fresh().left().forEach((peer, clock) -> left.merge(peer, clock, Math::max));
                sent.add(merge.fresh());
                follow(at, merge.changes());
            }
            case 3 -> {
                if (!sent.isEmpty()) {
                    merge(at, rng.chance(70) ? rng.pick(sent) : stores.get(rng.below(3)).state());
                }
            }
            default -> {
                now += rng.below(8);
                follow(at, store.advance(now));
            }
        }
        assertThat(store.getAll("n")).isEqualTo(copies.get(at));
    }

    private void written(int at, String key, @Nullable EphemeralEntry entry) {
        if (entry == null) {
            return;
        }
        sent.add(new EphemeralState(Map.of("n", Map.of(key, entry)), Map.of()));
        greatest.merge(key, entry, (old, fresh) -> old.compareTo(fresh) >= 0 ? old : fresh);
        EphemeralEntry seen = stores.get(at).get("n", key);
        if (seen == null) {
            copies.get(at).remove(key);
        } else {
            copies.get(at).put(key, seen);
        }
    }

    private void merge(int at, EphemeralState state) throws ProtocolException {
        EphemeralMerge merge = stores.get(at).merge(state);
        follow(at, merge.changes());
        assertThat(stores.get(at).merge(state).fresh().isEmpty()).isTrue();
    }

    private void follow(int at, List<EphemeralChange> changes) {
        for (EphemeralChange change : changes) {
            EphemeralEntry after = change.after();
            assertThat(after).isNotEqualTo(change.before());
            EphemeralEntry old = after == null ? copies.get(at).remove(change.key())
                    : copies.get(at).put(change.key(), after);
            assertThat(old).isEqualTo(change.before());
        }
    }

    private Map<String, EphemeralEntry> expected() {
        Map<String, EphemeralEntry> expected = new TreeMap<>();
        greatest.forEach((key, entry) -> {
            if (entry.value() != null && entry.timestamp() + LIFETIME > now
                    && entry.clock() > left.getOrDefault(entry.peer(), -1)) {
                expected.put(key, entry);
            }
        });
        return expected;
    }
}
