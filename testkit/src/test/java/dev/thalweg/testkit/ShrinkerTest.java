package dev.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    @Test
    void keepsOnlyWhatTheFailureNeeds() {
        Script script = RandomRunner.generate(Models.all().get(0), 3).script();
        assertThat(script.steps()).hasSizeGreaterThan(20);
        Step marker = new Step.Rollback(1, List.of(JsonValue.of(1), JsonValue.of(2), JsonValue.of(3)));
        Script marked = script.withSteps(insert(script.steps(), marker, new Step.Receive(2, 7)));
        Script small = Shrinker.shrink(marked, candidate -> {
            boolean rolledBack = false;
            for (Step step : candidate.steps()) {
                rolledBack |= step instanceof Step.Rollback rollback && rollback.calls().contains(JsonValue.of(2));
                if (rolledBack && step instanceof Step.Receive receive && receive.client() == 2
                        && receive.count() > 3) {
                    return true;
                }
            }
            return false;
        });
        assertThat(small.steps()).containsExactly(new Step.Rollback(1, List.of(JsonValue.of(2))),
                new Step.Receive(2, 4));
    }

    private static List<Step> insert(List<Step> steps, Step early, Step late) {
        List<Step> all = new ArrayList<>(steps);
        all.add(all.size() / 3, early);
        all.add(all.size() / 2, late);
        return all;
    }
}
