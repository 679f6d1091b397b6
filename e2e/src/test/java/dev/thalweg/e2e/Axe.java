package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What axe says about a page. */
final class Axe {
    private Axe() {}

    /** Fails when it finds serious or critical faults. @param where the page is now, for the message */
    static void findsNothingSerious(Page page, String where) throws IOException {
        try (InputStream source = Axe.class.getResourceAsStream("/axe.min.js")) {
            assertThat(source).as("axe on the class path").isNotNull();
            page.evaluate("source => window.axe ?? (0, eval)(source)",
                    new String(source.readAllBytes(), StandardCharsets.UTF_8));
        }
        List<?> faults = (List<?>) page.evaluate("""
                async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
                  .filter(fault => ["serious", "critical"].includes(fault.impact))
                  .map(fault => `${fault.impact} ${fault.id}: ${fault.help}; ` + fault.nodes.slice(0, 5)
                    .map(node => `${node.target.join(" ")} (${node.any.map(check => check.message).join(", ")})`)
                    .join("; "))""");
        assertThat(faults).as("accessibility faults: %s", where).isEmpty();
    }
}
