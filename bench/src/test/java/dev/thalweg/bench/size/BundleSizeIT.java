package dev.thalweg.bench.size;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.bench.size.Bundle.Weight;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No program for the browser grows over its limit. */
final class BundleSizeIT {
    @Test
    void everyBundleIsWithinItsLimit() throws IOException {
        Path target = Path.of(System.getProperty("thalweg.root"), "web", "target");

        List<Weight> weights = SizeReport.weigh(target);

        assertThat(SizeReport.complaints(weights)).isEmpty();
        assertThat(weights).hasSameSizeAs(Bundle.ALL)
                .allSatisfy(weight -> assertThat(weight.brotli()).isPositive().isLessThan(weight.gzip()))
                .allSatisfy(weight -> assertThat(weight.gzip()).isLessThan(weight.raw()));
        assertThat(target.resolve("size.json")).content().contains("\"gzipLimit\":150000");
    }
}
