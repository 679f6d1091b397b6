package dev.thalweg.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LatenciesTest {
    @Test
    void percentilesAreThoseOfTheNearestRank() {
        Latencies latencies = new Latencies();
        for (int i = 100; i >= 1; i--) {
            latencies.add(i * 1_000_000L);
        }

        assertThat(latencies.percentiles(0, 0.5, 0.9, 0.99, 0.995, 1)).containsExactly(1, 50, 90, 99, 100, 100);
    }

    @Test
    void everyLatencyIsKept() {
        Latencies latencies = new Latencies();
        for (int i = 0; i < 200_000; i++) {
            latencies.add(1_000);
        }
        latencies.add(5_000_000_000L);

        assertThat(latencies.count()).isEqualTo(200_001);
        assertThat(latencies.percentiles(0.99999, 1)).containsExactly(0.001, 5000);
    }

    @Test
    void nothingHasNoPercentiles() {
        Latencies latencies = new Latencies();
        latencies.add(1);
        latencies.clear();

        assertThat(latencies.percentiles(0.5)).containsExactly(Double.NaN);
    }
}
