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

/** The sheet of topologies on both targets: its numbers are those the simulations are tested with on the JVM. */
class TopologyIT {
    private static final Path SITE = Path.of(System.getProperty("thalweg.root"), "web", "target", "site");

    @RegisterExtension
    final Stage stage = new Stage();

    private Locator sheet;

    @ParameterizedTest
    @Mostly("js")
    void fiveTopologiesTickByTick(String target) throws IOException {
        try (StaticServer host = StaticServer.of(SITE)) {
            Page page = stage.visit(host.address("/local.html?target=" + target),
                    new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
            sheet = page.locator("[data-topology]");
            sheet.scrollIntoViewIfNeeded();
            has("data-target", target);
            has("data-tick", "0");
            comesTo("star", 500, 26);
            comesTo("filtered", 500, 26);
            comesTo("mesh", 1000, 25);

            // Nobody has heard of anything yet, but a message is on its way from everybody.
            assertThat(sheet.locator(".network .only")).hasCount(10);
            assertThat(sheet.locator(".network .arrow")).hasCount(10);
            assertThat(sheet.locator(".network .dot")).hasCount(0);
            step(26);
            has("data-tick", "26");
            has("data-pairs", "0");
            has("data-messages", "270");
            assertThat(sheet.locator(".network .known")).hasCount(60);
            assertThat(sheet.locator(".network")).hasAttribute("aria-label",
                    Pattern.compile(".*relay knows the latest of 10 of 10 values\\. *"));
            assertThat(sheet.locator("tr[data-load]")).hasCount(6);
            sheet.locator("[data-control=back]").press("Enter");
            has("data-tick", "25");
            // A relay of which a peer asks for half.
            pick("filtered");
            assertThat(sheet.locator(".network .cell:not(.known)")).not().hasCount(0);

            choose("peers", "10");
            choose("ticks", "100");
            choose("values", "1");
            pick("gossip");
            comesTo("gossip", 4530, 52);
            has("data-total", "4530");
            has("data-alike", "52");
            Axe.findsNothingSerious(page, "topologies, " + target);

            choose("peers", "4");
            choose("ticks", "80");
            pick("partition");
            comesTo("partition", 520, 42);
            sheet.locator("[data-control=tick]").fill("20");
            has("data-tick", "20");
            assertThat(sheet.locator(".network .way.cut")).hasCount(2);
            assertThat(sheet.locator(".network .only")).hasCount(4);
            sheet.locator("[data-control=tick]").fill("77");
            sheet.locator("[data-control=play]").click();
            has("data-tick", "79");
            has("data-playing", "false");

            page.setViewportSize(360, 740);
            Assertions.assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                    .as("nothing is wider than a telephone").isEqualTo(true);
        }
    }

    private void step(int times) {
        for (int i = 0; i < times; i++) {
            sheet.locator("[data-control=step]").press("Space");
        }
    }

    private void choose(String control, String value) {
        sheet.locator("[data-control=" + control + "]").selectOption(value);
    }

    private void pick(String shape) {
        sheet.locator("[data-pick=" + shape + "]").click();
        has("data-shape", shape);
    }

    private void comesTo(String shape, int messages, int alike) {
        Locator chart = sheet.locator("[data-chart=" + shape + "]");
        assertThat(chart).hasAttribute("data-total", "" + messages);
        assertThat(chart).hasAttribute("data-alike", "" + alike);
    }

    private void has(String attribute, String value) {
        assertThat(sheet).hasAttribute(attribute, value);
    }
}
