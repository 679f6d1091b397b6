package dev.thalweg.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The load program itself: it counts what it sends, hears all of it, and finds nothing amiss. */
final class LoadRunTest {
    @TempDir
    private Path work = Path.of("");

    @ParameterizedTest
    @EnumSource(names = {"THALWEG", "THALWEG_MEMORY", "BARE"})
    void everythingComesBackInAClosedLoop(Target target) throws Exception {
        Preset preset = new Preset("small", 2, 2, 1, new Pace.Window(4), 100);

        Figures figures = run(target, preset);

        assertThat(figures.faults()).isEmpty();
        assertThat(figures.operations()).isPositive();
        assertThat(figures.deliveries()).isGreaterThan(figures.operations());
        assertThat(figures.p50()).isPositive().isLessThanOrEqualTo(figures.p99());
    }

    @ParameterizedTest
    @EnumSource(names = {"THALWEG", "BARE"})
    void everythingComesBackAtARate(Target target) throws Exception {
        Figures figures = run(target, new Preset("small", 1, 3, 0, new Pace.Rate(20), 100));

        assertThat(figures.faults()).isEmpty();
        assertThat(figures.operations()).isPositive();
    }

    private Figures run(Target target, Preset preset) throws Exception {
        try (ServiceProcess service = target.start(work);
                LoadRun run = new LoadRun(service, preset, target, 50)) {
            return run.perform(0.2, 0.5);
        }
    }
}
