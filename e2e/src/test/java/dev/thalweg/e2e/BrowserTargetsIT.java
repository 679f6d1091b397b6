package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the web module compiles loads in a browser, on both targets. */
class BrowserTargetsIT {
    private static final Path BUILT = Path.of(System.getProperty("thalweg.root"), "web", "target");

    private static Browsers browsers;
    private static StaticServer server;

    @BeforeAll
    static void start() throws IOException {
        assertThat(BUILT.resolve("site")).as("built pages (compile them with mvn -pl web -am package)")
                .isDirectory();
        server = StaticServer.of(BUILT);
        browsers = Browsers.launch();
    }

    @AfterAll
    static void stop() {
        if (browsers != null) {
            browsers.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"js", "wasm"})
    void demoPageLoads(String target) {
        assertThat(Files.isRegularFile(BUILT.resolve("site/app/thalweg." + target))).isTrue();
        assertThat(call("/site/app/thalweg", target, "about", "")).isEqualTo("Thalweg demo");
    }

    private static Object call(String program, String target, String function, String argument) {
        try (Page page = browsers.browser().newPage()) {
            page.navigate(server.address("/site/index.html"));
            return page.evaluate("""
                    async ({ program, target, name, argument }) => {
                      if (target === "js") return (await import(program + ".js"))[name](argument);
                      const runtime = await import(program + ".wasm-runtime.js");
                      return (await runtime.load(program + ".wasm")).exports[name](argument);
                    }""", Map.of("program", program, "target", target, "name", function, "argument", argument));
        }
    }
}
