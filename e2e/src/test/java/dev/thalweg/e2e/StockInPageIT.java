package dev.thalweg.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fluid's own client on the page, in the document that the page shows. */
class StockInPageIT {
    private static final HasAttributeOptions PATIENT = new HasAttributeOptions().setTimeout(30_000);

    @RegisterExtension
    final Stage stage = new Stage();

    @ParameterizedTest
    @ValueSource(strings = {"wasm-gc", "js"})
    void thePageAddsAStockClientToItsDocument(String target) throws Exception {
        Samples.install("tasks");
        DemoRig demo = stage.open("target=" + target, "");
        demo.pick("map");
        demo.converges();
        demo.client("a").row("mill-race").increment();
        demo.converges(Map.of("mill-race", "25"));

        demo.addStockClient();
        Locator stock = demo.root().locator("[data-stock]");
        assertThat(stock).hasAttribute("data-state", "joined", PATIENT);
        Locator gauge = stock.locator("[data-key='mill-race']");
        assertThat(gauge).hasAttribute("data-value", "25", PATIENT);

        gauge.locator("[data-action='increment']").click();
        demo.converges(Map.of("mill-race", "26"));
        demo.client("b").row("mill-race").decrement();
        demo.converges(Map.of("mill-race", "25"));
        assertThat(gauge).hasAttribute("data-value", "25", PATIENT);

        Locator sandbags = stock.locator("[data-key='sandbags-placed']");
        sandbags.locator("[data-action='decrement']").click();
        demo.pick("counter");
        demo.converges(Map.of("sandbags-placed", "119"));
        demo.race();
        demo.converges(Map.of("sandbags-placed", "127"));
        assertThat(sandbags).hasAttribute("data-value", "127", PATIENT);
        assertThat(demo.root().locator("[data-control='add-stock']").getAttribute("aria-disabled")).isEqualTo("true");
        demo.screenshot("stock-client-" + target);
    }
}
