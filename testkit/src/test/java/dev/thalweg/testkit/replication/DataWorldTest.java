package dev.thalweg.testkit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.fail;

import dev.thalweg.testkit.Shrinker;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code -Dthalweg.fuzz.seed} and {@code -Dthalweg.cases} say from which seed and in how many cases. */
class DataWorldTest {
    private static final int SEED = Integer.getInteger("thalweg.fuzz.seed", 1);
    private static final int CASES = Integer.getInteger("thalweg.cases", 1000);

    @Test
    void allNodesEndWithTheSameAndKeepWhatTheyAcknowledged() {
        for (int seed = SEED; seed < SEED + CASES; seed++) {
            DataCase made = DataCase.generate(seed);
            String failure = failure(made);
            if (failure != null) {
                List<DataCase.Step> steps = Shrinker.remove(made.steps(), fewer -> failure(made.with(fewer)) != null);
                fail("seed " + seed + ": " + failure + "; also with no more than " + made.with(steps) + ": "
                        + failure(made.with(steps)));
            }
        }
    }

    @Test
    void aSeedPlaysAlikeEachTime() {
        DataCase made = DataCase.generate(7);
        assertNull(failure(made));
        assertEquals(DataWorld.run(made), DataWorld.run(made));
    }

    private static @Nullable String failure(DataCase played) {
        try {
            DataWorld.run(played);
            return null;
        } catch (IllegalStateException | IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
