package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The shopping cart in three processes, cut off and whole again. */
class CartSampleIT {
    @Test
    void whatBothSidesDidIsThereInTheEnd() throws Exception {
        try (SampleProcess cart = Samples.run("cart", List.of())) {
            assertThat(columns(cart.says("weir: put bread"))).isEqualTo("milk | milk | bread eggs tea");
            assertThat(columns(cart.says("-- the network is whole again")))
                    .isEqualTo("bread eggs milk | bread eggs milk | bread eggs milk");
            assertThat(cart.end()).isZero();
        }
    }

    static String columns(String rest) {
        return String.join(" | ", rest.strip().split(" {2,}", -1));
    }
}
