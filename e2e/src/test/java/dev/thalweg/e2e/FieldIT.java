package dev.thalweg.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;

/** The sheet of presence on both targets: boats of two tabs, and boats whose lines are spoiled. */
class FieldIT {
    private static final Path SITE = Path.of(System.getProperty("thalweg.root"), "web", "target", "site");

    @RegisterExtension
    final Stage stage = new Stage();

    @ParameterizedTest
    @Mostly("wasm-gc")
    void boatsComeMoveLeaveAndAreOver(String target) throws IOException {
        try (StaticServer host = StaticServer.of(SITE)) {
            String address = host.address("/local.html?target=" + target);
            Page page = stage.visit(address,
                    new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
            Page second = page.context().newPage();
            second.navigate(address);
            String mine = peer(second);
            String other = peer(page);
            Locator sheet = sheet(page);
            assertThat(sheet).hasAttribute("data-target", target);

            // Both tabs see each other's boats, and each other's move: by keys, by pointer.
            assertThat(boat(page, mine)).hasAttribute("data-x", "50");
            second.locator("[data-water]").press("ArrowRight");
            second.locator("[data-water]").press("ArrowRight");
            second.locator("[data-water]").press("ArrowUp");
            assertThat(boat(page, mine)).hasAttribute("data-x", "58");
            assertThat(boat(page, mine)).hasAttribute("data-y", "36");
            page.bringToFront();
            Locator water = page.locator("[data-water]");
            water.click(new Locator.ClickOptions().setPosition(water.boundingBox().width / 4, 40));
            assertThat(boat(second, other)).hasAttribute("data-x", "25");

            // A tab that is closed leaves, and leaves a mark.
            second.close();
            assertThat(boat(page, mine)).hasCount(0);
            assertThat(sheet.locator("[data-news=left]").first()).isVisible();
            assertThat(sheet.locator("[data-entry='boats/" + mine + "']")).hasAttribute("data-state", "left");

            // A boat that is cut off is over, and comes back.
            Locator wren = boatOf(page, 0);
            assertThat(wren).hasCount(1);
            card(page, 0).locator("[data-control=cut]").check();
            assertThat(wren).hasCount(0);
            assertThat(sheet.locator("[data-news=expired]").first()).isVisible();
            // Through its own eyes it is there, and everybody else is not.
            sheet.locator("[data-control=eyes]").selectOption("1");
            assertThat(sheet).hasAttribute("data-boats", "1");
            assertThat(wren).hasCount(1);
            sheet.locator("[data-control=eyes]").selectOption("0");
            card(page, 0).locator("[data-control=cut]").uncheck();
            assertThat(wren).hasCount(1);

            // What comes in after a leave mark does not bring the boat back.
            Locator heron = boatOf(page, 1);
            card(page, 1).locator("[data-control=delay]").selectOption("2");
            assertThat(card(page, 1)).not().hasAttribute("data-held", "0");
            card(page, 1).locator("[data-control=leave]").click();
            assertThat(card(page, 1)).hasAttribute("data-newest", "mark");
            card(page, 1).locator("[data-control=newest]").click();
            assertThat(heron).hasCount(0);
            card(page, 1).locator("[data-control=all]").click();
            assertThat(sheet.locator("[data-news=late]").first()).isVisible();
            assertThat(heron).hasCount(0);
            Axe.findsNothingSerious(page, "field, " + target);
            card(page, 1).locator("[data-control=delay]").selectOption("0");
            card(page, 1).locator("[data-control=leave]").click();
            assertThat(heron).hasCount(1);

            page.setViewportSize(360, 740);
            Assertions.assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                    .as("nothing is wider than a telephone").isEqualTo(true);
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(
                    Stage.output().resolve("screenshots").resolve("field-narrow-" + target + ".png")));
        }
    }

    @ParameterizedTest
    @Mostly("js")
    void machinesSeeEachOtherThroughTheService(String target) {
        String address = stage.server().address("/local.html?target=" + target + "#field=shared-" + target);
        Page here = stage.visit(address, new Browser.NewContextOptions());
        Page there = stage.visit(address, new Browser.NewContextOptions());
        String mine = peer(here);
        String far = peer(there);
        assertThat(boat(here, far)).hasCount(1);
        here.locator("[data-water]").press("ArrowLeft");
        assertThat(boat(there, mine)).hasAttribute("data-x", "46");
        there.close();
        assertThat(boat(here, far)).hasCount(0);
        assertThat(sheet(here).locator("[data-news=left]").first()).isVisible();
    }

    private static Locator sheet(Page page) {
        return page.locator("[data-field-sheet]");
    }

    /** Comes near the sheet. @return the name of the tab's own boat */
    private static String peer(Page page) {
        sheet(page).scrollIntoViewIfNeeded();
        assertThat(sheet(page)).hasAttribute("data-state", "online");
        return String.valueOf(sheet(page).getAttribute("data-peer"));
    }

    private static Locator boat(Page page, String peer) {
        return page.locator("[data-field-sheet] [data-boat='" + peer + "']");
    }

    /** A boat of the page itself. */
    private static Locator boatOf(Page page, int index) {
        String tab = String.valueOf(sheet(page).getAttribute("data-peer")).substring("tab-".length());
        return boat(page, (index == 0 ? "wren-" : "heron-") + tab);
    }

    private static Locator card(Page page, int index) {
        return page.locator("[data-field-sheet] [data-mate='" + index + "']");
    }
}
