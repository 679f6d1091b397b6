package dev.thalweg.byzantine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BadPeersTest {
    private static final int CASES = Integer.getInteger("thalweg.cases", 1000);

    @Test
    void honestReplicasEndWithTheSame() {
        int accused = 0;
        for (long seed = 0; seed < CASES; seed++) {
            BadPeers run = new BadPeers(seed);
            try {
                run.run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
            accused += run.accused();
        }
        assertTrue(accused > CASES / 4, "hardly anybody equivocated: " + accused);
    }
}
