package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The finished site on a host that serves files and nothing else. */
class StaticHostIT {
    private static final Path SITE = Path.of(System.getProperty("thalweg.root"), "web", "target", "site");

    @RegisterExtension
    final Stage stage = new Stage();

    @ParameterizedTest
    @ValueSource(strings = {"wasm-gc", "js"})
    void withoutAServerThePageOrdersByItselfAndSaysSo(String target) throws IOException {
        stage.expect("40[45].* at .*/api/demo/token");
        try (StaticServer host = StaticServer.of(SITE)) {
            DemoRig demo = stage.rig(stage.visit(host.address("/index.html?latency=0&target=" + target),
                    new Browser.NewContextOptions()), "[data-rig]");
            assertThat(demo.converges().target()).isEqualTo(target);
            assertThat(demo.root().innerText()).contains("no server: ordering in this page");
            assertThat(demo.control("jvm").isVisible()).as("no server, no client on its JVM").isFalse();

            demo.pick("counter");
            demo.client("b").toggleLink();
            demo.race();
            demo.shows(rig -> assertThat(rig.stamp()).isEqualTo("Link cut — B, 1 to resubmit"));
            demo.client("b").toggleLink();
            demo.converges(Map.of("sandbags-placed", "128"));
            demo.summarize();
            demo.convergesSaying("Summary written");
            demo.reload();
            demo.convergesSaying("B starts over");
            demo.pageScreenshot("static-host-" + target);
        }
    }

    @Test
    void theServersPageOrdersByItselfWhenAskedTo() {
        DemoRig demo = stage.open("loopback", "");
        demo.pick("counter");
        demo.race();
        demo.converges(Map.of("sandbags-placed", "128"));
        assertThat(demo.root().innerText()).contains("no server: ordering in this page");
    }

    @Test
    void aStrictContentSecurityPolicyGetsJavaScript() throws IOException {
        stage.expect("Content Security Policy");
        stage.expect("40[45].* at .*/api/demo/token");
        try (StaticServer host = StaticServer.of(SITE, Map.of("Content-Security-Policy",
                "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'"))) {
            DemoRig demo = stage.rig(stage.visit(host.address("/index.html?latency=0"),
                    new Browser.NewContextOptions()), "[data-rig]");
            assertThat(demo.converges().target()).isEqualTo("js");
            demo.pick("counter");
            demo.race();
            demo.converges(Map.of("sandbags-placed", "128"));
            assertThat(stage.console()).anyMatch(line -> line.contains("WebAssembly could not start"));
        }
    }
}
