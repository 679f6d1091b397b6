package dev.thalweg.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.platform.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackTimersTest {
    private final LoopbackTimers timers = new LoopbackTimers(1000);
    private final List<String> ran = new ArrayList<>();

    @Test
    void tasksRunInTheOrderOfTheirTimeAndThenOfTheirMaking() {
        timers.schedule(20, () -> ran.add("c " + timers.now()));
        timers.schedule(10, () -> ran.add("a " + timers.now()));
        timers.schedule(10, () -> ran.add("b " + timers.now()));
        timers.advance(9);
        assertThat(ran).isEmpty();
        timers.advance(100);
        assertThat(ran).containsExactly("a 1010.0", "b 1010.0", "c 1020.0");
        assertThat(timers.now()).isEqualTo(1109);
        assertThat(timers.size()).isZero();
    }

    @Test
    void tasksScheduleTasks() {
        timers.schedule(5, () -> timers.schedule(5, () -> ran.add("inner " + timers.now())));
        timers.advance(10);
        assertThat(ran).containsExactly("inner 1010.0");
    }

    @Test
    void cancelledTasksDoNotRun() {
        Subscription task = timers.schedule(5, () -> ran.add("x"));
        task.cancel();
        task.cancel();
        assertThat(timers.size()).isZero();
        assertThat(timers.dueBy(2000)).isFalse();
        timers.advance(10);
        assertThat(ran).isEmpty();
    }

    @Test
    void whatIsDueRunsWithoutTimeGoingBy() {
        timers.schedule(0, () -> timers.schedule(0, () -> ran.add("x")));
        timers.schedule(1, () -> ran.add("y"));
        timers.advance(0);
        assertThat(ran).containsExactly("x");
        assertThat(timers.now()).isEqualTo(1000);
    }

    @Test
    void delaysAreNotNegative() {
        assertThatThrownBy(() -> timers.schedule(-1, () -> {})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> timers.schedule(Double.NaN, () -> {})).isInstanceOf(IllegalArgumentException.class);
    }
}
