package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the web module compiles loads in a browser, on both targets. */
class BrowserTargetsIT {
    @RegisterExtension
    final Stage stage = new Stage();

    @ParameterizedTest
    @ValueSource(strings = {"js", "wasm"})
    void theDemoLoads(String target) {
        List<?> said = stage.program("site/app/thalweg", target).call("about", List.of(""));
        assertThat(said).hasSize(1).first().isEqualTo("Thalweg demo");
    }
}
