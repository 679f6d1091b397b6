package dev.thalweg.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sheet of lattices, which is a program of its own, on both targets. */
class LatticesIT {
    private static final Path SITE = Path.of(System.getProperty("thalweg.root"), "web", "target", "site");

    @RegisterExtension
    final Stage stage = new Stage();

    private Locator sheet;

    @ParameterizedTest
    @ValueSource(strings = {"wasm-gc", "js"})
    void replicasDifferAndMeetAgain(String target) throws IOException {
        try (StaticServer host = StaticServer.of(SITE)) {
            Page page = stage.visit(host.address("/index.html?loopback&latency=0&target=" + target),
                    new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
            sheet = page.locator("[data-lattices]");
            Assertions.assertThat(page.evaluate(
                    "() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('lattices.wasm')).length"))
                    .as("fetched when a reader comes near").isEqualTo(0);
            sheet.scrollIntoViewIfNeeded();
            has("data-target", target);
            has("data-kind", "counter");

            // Nothing is held back: everybody follows.
            act("a", "increment");
            shows("1", "1", "1");
            has("data-states", "2");
            // Twice is once.
            sheet.locator("[data-control=duplicate]").check();
            act("b", "increment");
            shows("2", "2", "2");
            has("data-state", "alike");
            sheet.locator("[data-control=duplicate]").uncheck();
            // A and B do not hear each other, C hears both; what was lost comes when the link is mended.
            cut(2).check();
            act("a", "increment");
            act("b", "decrement");
            shows("3", "1", "2");
            has("data-state", "apart");
            assertThat(sheet.locator("[role=status]")).containsText("2 lost");
            cut(2).uncheck();
            shows("2", "2", "2");
            has("data-state", "alike");
            // Two that went apart, and above them the one that they met in.
            assertThat(sheet.locator("svg.hasse")).hasAttribute("aria-label",
                    Pattern.compile(".*directly above \\d+ and \\d+, here is A B C\\. *"));
            assertThat(sheet.locator(".edge")).hasCount(6);

            pick("or-set");
            sheet.locator("[data-control=delay]").selectOption("-1");
            act("a", "add-boat");
            sheet.locator("[data-control=deliver]").click();
            shows("boat", "boat", "boat");
            act("a", "remove-boat");
            act("b", "add-boat");
            has("data-flying", "4");
            shows("nothing", "boat", "boat");
            // By keyboard, in an order that the reader chooses.
            sheet.locator("[data-message]").last().press("Enter");
            has("data-flying", "3");
            sheet.locator("[data-control=deliver]").press("Space");
            shows("boat", "boat", "boat");
            has("data-state", "alike");

            pick("lww-map");
            act("a", "write-open");
            act("c", "write-shut");
            shows("gate open", "no gate", "gate shut");
            Axe.findsNothingSerious(page, "lattices, " + target);
            sheet.locator("[data-control=deliver]").click();
            has("data-state", "alike");
            shows("gate shut", "gate shut", "gate shut");
            sheet.locator("[data-control=restart]").click();
            has("data-states", "1");

            page.setViewportSize(360, 740);
            Assertions.assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                    .as("nothing is wider than a telephone").isEqualTo(true);
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true)
                    .setPath(Path.of(System.getProperty("thalweg.root"), "e2e", "target", "screenshots",
                            "lattices-narrow-" + target + ".png")));
        }
    }

    private void pick(String kind) {
        sheet.locator("[data-pick=" + kind + "]").click();
        has("data-kind", kind);
    }

    private Locator cut(int link) {
        return sheet.locator("[data-control=cut-" + link + "]");
    }

    private void act(String replica, String action) {
        sheet.locator("[data-replica=" + replica + "] [data-action=" + action + "]").click();
    }

    private void has(String attribute, String value) {
        assertThat(sheet).hasAttribute(attribute, value);
    }

    private void shows(String... values) {
        for (int i = 0; i < values.length; i++) {
            assertThat(sheet.locator("[data-replica=" + (char) ('a' + i) + "]")).hasAttribute("data-value", values[i]);
        }
    }
}
