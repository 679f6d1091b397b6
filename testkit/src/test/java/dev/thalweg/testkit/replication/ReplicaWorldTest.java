package dev.thalweg.testkit.replication;

import org.junit.jupiter.api.Test;

/** {@code -Dthalweg.fuzz.seed} and {@code -Dthalweg.cases} say from which seed and in how many cases. */
class ReplicaWorldTest {
    private static final int SEED = Integer.getInteger("thalweg.fuzz.seed", 1);
    private static final int CASES = Integer.getInteger("thalweg.cases", 1000);

    @Test
    void allReplicasEndInOneDocument() {
        for (int seed = SEED; seed < SEED + CASES; seed++) {
            try {
                ReplicaWorld.run(seed);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
