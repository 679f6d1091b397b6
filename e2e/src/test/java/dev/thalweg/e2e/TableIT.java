package dev.thalweg.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;

/** The sheet of a table that is edited offline, on both targets: two copies in a tab, two tabs, and two machines. */
class TableIT {
    private static final Path SITE = Path.of(System.getProperty("thalweg.root"), "web", "target", "site");
    private static final Browser.NewContextOptions STILL = new Browser.NewContextOptions()
            .setReducedMotion(ReducedMotion.REDUCE);

    @RegisterExtension
    final Stage stage = new Stage();

    @ParameterizedTest
    @Mostly("js")
    void copiesAreEditedOfflineAndMeet(String target) throws IOException {
        try (StaticServer host = StaticServer.of(SITE)) {
            String address = host.address("/local.html?target=" + target);
            Page page = stage.visit(address, STILL);
            assertThat(sheet(page)).hasAttribute("data-target", target);
            state(page, "alike");
            Locator a = copy(page, "a");
            Locator b = copy(page, "b");

            // By keyboard: to the cell below, write, and leave one as it was.
            cell(a, "mill-race", "keeper").click();
            page.keyboard().press("ArrowDown");
            page.keyboard().press("ArrowRight");
            page.keyboard().press("Enter");
            page.keyboard().type("62");
            page.keyboard().press("Enter");
            value(b, "north-levee", "level", "62");
            assertThat(a).hasAttribute("data-pending", "0");
            assertThat(cell(b, "north-levee", "level")).hasAttribute("data-changed", "");
            page.keyboard().type("9");
            page.keyboard().press("Escape");
            value(a, "north-levee", "level", "62");
            assertThat(cell(a, "north-levee", "level")).isFocused();

            // Both go their own ways, one of them through a reload.
            page.locator("[data-control=part]").click();
            state(page, "apart");
            assertThat(cell(a, "mill-race", "keeper")).hasAttribute("data-pending", "true");
            assertThat(a).hasAttribute("data-pending", "3");
            page.reload();
            state(page, "apart");
            assertThat(a).hasAttribute("data-state", "offline");
            assertThat(a).hasAttribute("data-pending", "3");
            value(a, "mill-race", "keeper", "Dora");
            value(b, "mill-race", "keeper", "Emil");
            assertThat(row(a, "north-levee")).hasCount(0);
            assertThat(cell(b, "north-levee", "level")).hasAttribute("data-pending", "true");
            Axe.findsNothingSerious(page, "table offline, " + target);

            // They meet: what is touched is what changed, and it is marked.
            page.evaluate("""
                    () => {
                      window.touched = new Set();
                      const name = (node) => {
                        const cell = (node.nodeType === 1 ? node : node.parentElement).closest("td, tr, tbody");
                        return [cell.closest("tr")?.dataset.row, cell.dataset.column].filter(Boolean).join(" ");
                      };
                      new MutationObserver((all) => all.forEach((one) => window.touched.add(name(one.target))))
                        .observe(document.querySelector("[data-copy=a] tbody"), { childList: true, characterData: true, subtree: true });
                    }""");
            page.locator("[data-control=part]").click();
            state(page, "alike");
            assertThat(a).hasAttribute("data-pending", "0");
            assertThat(b).hasAttribute("data-pending", "0");
            Assertions.assertThat(page.evaluate("() => [...window.touched].sort()"))
                    .isEqualTo(List.of("mill-race keeper", "pump-house gate"));
            assertThat(a.locator("td[data-changed]")).hasCount(2);
            assertThat(cell(a, "pump-house", "gate")).hasAttribute("data-changed", "");
            value(a, "mill-race", "keeper", "Emil");
            for (Locator copy : List.of(a, b)) {
                assertThat(row(copy, "north-levee")).hasCount(0);
                for (String rule : List.of("later-stands", "no-update-brings-back", "one-row")) {
                    assertThat(copy.locator("[data-rule=" + rule + "]")).hasCount(1);
                }
            }
            sameDigest(a, b);

            // A second tab of the same browser; it is another copy, and gets what the first has.
            Page second = page.context().newPage();
            second.navigate(address);
            state(second, "alike");
            assertThat(sheet(second)).hasAttribute("data-tab", "2");
            Locator other = copy(second, "a");
            value(other, "mill-race", "keeper", "Emil");
            other.locator("[data-control=offline]").check();
            cell(other, "spillway", "gate").dblclick();
            second.keyboard().type("ajar");
            second.keyboard().press("Enter");
            assertThat(cell(other, "spillway", "gate")).hasAttribute("data-pending", "true");
            row(a, "spillway").locator("[data-action=delete]").click();
            value(other, "spillway", "gate", "ajar");
            second.reload();
            value(other, "spillway", "gate", "ajar");
            other.locator("[data-control=offline]").uncheck();
            assertThat(row(other, "spillway")).hasCount(0);
            assertThat(other.locator("[data-rule=no-update-brings-back]")).hasCount(1);
            sameDigest(a, other);

            // What is put in again has nothing from before.
            a.locator("[data-new=row]").fill("spillway");
            a.locator("[data-new=row]").press("Enter");
            value(other, "spillway", "gate", "");
            sameDigest(a, other);

            page.setViewportSize(360, 740);
            Assertions.assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                    .as("nothing is wider than a telephone").isEqualTo(true);
            Axe.findsNothingSerious(page, "table, narrow, " + target);
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(
                    Stage.output().resolve("screenshots").resolve("table-narrow-" + target + ".png")));
        }
    }

    @ParameterizedTest
    @Mostly("wasm-gc")
    void machinesMeetAtTheService(String target) {
        String address = stage.server().address("/local.html?target=" + target + "#table=shared-" + target);
        Page here = stage.visit(address, STILL);
        Page there = stage.visit(address, STILL);
        state(here, "alike");
        state(there, "alike");
        Locator a = copy(here, "a");
        Locator far = copy(there, "a");
        cell(a, "mill-race", "level").dblclick();
        here.keyboard().type("25");
        here.keyboard().press("Enter");
        value(far, "mill-race", "level", "25");

        far.locator("[data-control=offline]").check();
        cell(far, "mill-race", "level").dblclick();
        there.keyboard().type("26");
        there.keyboard().press("Enter");
        row(a, "spillway").locator("[data-action=delete]").click();
        assertThat(row(copy(there, "b"), "spillway")).hasCount(0);
        assertThat(far).hasAttribute("data-pending", "1");
        value(a, "mill-race", "level", "25");
        far.locator("[data-control=offline]").uncheck();
        value(a, "mill-race", "level", "26");
        assertThat(row(far, "spillway")).hasCount(0);
        sameDigest(a, far);
        assertThat(far).hasAttribute("data-pending", "0");
    }

    private static Locator sheet(Page page) {
        return page.locator("[data-table-sheet]");
    }

    /* The sheet starts when a reader comes near it. */
    private static void state(Page page, String state) {
        sheet(page).scrollIntoViewIfNeeded();
        assertThat(sheet(page)).hasAttribute("data-state", state);
    }

    private static Locator copy(Page page, String copy) {
        return page.locator("[data-table-sheet] [data-copy=" + copy + "]");
    }

    private static Locator row(Locator copy, String row) {
        return copy.locator("[data-row=" + row + "]");
    }

    private static Locator cell(Locator copy, String row, String column) {
        return row(copy, row).locator("[data-column=" + column + "]");
    }

    private static void value(Locator copy, String row, String column, String value) {
        assertThat(cell(copy, row, column)).hasAttribute("data-value", value);
    }

    private static void sameDigest(Locator one, Locator other) {
        assertThat(other).hasAttribute("data-digest", String.valueOf(one.getAttribute("data-digest")));
    }
}
