package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The counter by event sourcing, one node of which is killed and started again. */
class TallySampleIT {
    @Test
    void theNodeThatWasKilledReplaysAndCatchesUp() throws Exception {
        try (SampleProcess tally = Samples.run("tally", List.of())) {
            assertThat(CartSampleIT.columns(tally.says("river: count -2"))).isEqualTo("20 | 20 | (killed)");
            assertThat(tally.says("   weir starts again; its journal says ")).isEqualTo("12");
            assertThat(CartSampleIT.columns(tally.says("weir: count 100"))).isEqualTo("120 | 120 | 120");
            assertThat(tally.end()).isZero();
        }
    }
}
