package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal in the browser's own database does what every journal does. */
class JournalIT {
    @RegisterExtension
    final Stage stage = new Stage();

    @ParameterizedTest
    @ValueSource(strings = {"js", "wasm"})
    void doesWhatEveryJournalDoes(String target) {
        try (Program program = stage.program("conformance/conformance", target)) {
            Page page = program.page();
            Object verdict = page.evaluate("""
                    async ({ path, target }) => {
                      const load = async () => {
                        if (target === "js") return import(path + ".js");
                        const runtime = await import(path + ".wasm-runtime.js");
                        return (await runtime.load(path + ".wasm")).exports;
                      };
                      const exports = await load();
                      for (let waited = 0; waited < 300; waited++) {
                        const verdict = exports.journal("contract");
                        if (verdict !== "") return verdict;
                        await new Promise(wake => setTimeout(wake, 100));
                      }
                      return "nothing came";
                    }""", Map.of("path", program.path(), "target", target));
            assertThat(verdict).isEqualTo("39 hold");
        }
    }
}
