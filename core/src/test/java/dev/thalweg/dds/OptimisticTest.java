package dev.thalweg.dds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.crdt.GCounter;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OptimisticTest {
    @Test
    void isWhatIsSequencedJoinedWithWhatIsPending() {
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            Optimistic<GCounter> state = new Optimistic<>(GCounter.ZERO);
            ArrayDeque<GCounter> pending = new ArrayDeque<>();
            for (int i = 0; i < 40; i++) {
                step(state, pending, random);
                state.check();
                assertThat(state.pendingCount()).as("seed %d", seed).isEqualTo(pending.size());
            }
        }
    }

    private static void step(Optimistic<GCounter> state, ArrayDeque<GCounter> pending, Random random) {
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                GCounter delta = state.seen().increment("me", 1 + random.nextInt(5));
                pending.addLast(delta);
                state.local(delta, random.nextInt(4) > 0);
            }
            case 2 -> state.take(state.seen().increment("other", 1));
            case 3 -> {
                if (!pending.isEmpty()) {
                    state.acknowledge(pending.removeFirst());
                }
            }
            case 4 -> {
                if (!pending.isEmpty()) {
                    state.rollback(pending.removeLast());
                }
            }
            default -> {
                if (!pending.isEmpty()) {
                    state.refuse(pending.removeFirst());
                }
            }
        }
    }

    @Test
    void rollbackAfterNothingElseCameInIsTheVeryStateBefore() {
        Optimistic<GCounter> state = new Optimistic<>(GCounter.ZERO);
        GCounter first = state.seen().increment("me", 1);
        state.local(first, true);
        GCounter before = state.seen();
        GCounter second = before.increment("me", 1);
        state.local(second, true);
        state.acknowledge(first);
        state.rollback(second);
        assertThat(state.seen()).isSameAs(before);
    }

    @Test
    void whatIsNotDueIsAMistake() {
        Optimistic<GCounter> state = new Optimistic<>(GCounter.ZERO);
        GCounter delta = GCounter.ZERO.increment("me", 1);
        state.local(delta, true);
        state.local(delta.increment("me", 1), true);
        GCounter equal = GCounter.ZERO.increment("me", 1);
        assertThatThrownBy(() -> state.acknowledge(equal)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> state.rollback(delta)).isInstanceOf(IllegalStateException.class);
    }
}
