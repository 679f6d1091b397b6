package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page for readers without a mouse, with a screen reader, who want no motion, or hold a telephone. */
class ReaderIT {
    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        DemoRig demo = stage.open("", "");
        demo.converges();
        String address = demo.page().url();

        press(demo, "Tab");
        assertThat(focused(demo)).containsEntry("text", "Skip past the demo");
        demo.shows(rig -> assertThat(demo.page().locator(".skip").boundingBox().y)
                .as("the skip link shows when it is focused").isGreaterThanOrEqualTo(0));
        press(demo, "Enter");
        demo.shows(rig -> assertThat(demo.page().url()).as("the document stays in the address").isEqualTo(address));
        press(demo, "Tab");
        assertThat(demo.root().evaluate("rig => rig.contains(document.activeElement)")).as("skipped")
                .isEqualTo(false);

        tabTo(demo, "Shift+Tab", Map.of("pick", "map"));
        assertThat(focused(demo)).as("focus can be seen").doesNotContainEntry("outline", "none");
        tabTo(demo, "Tab", Map.of("pick", "claims"));
        press(demo, "Enter");
        demo.converges(Map.of("north-levee", "free"));
        tabTo(demo, "Tab", Map.of("client", "a", "key", "north-levee", "action", "claim"));
        press(demo, "Space");
        demo.converges(Map.of("north-levee", "A"));
        assertThat(focused(demo)).as("the focus stays where it was").containsEntry("key", "north-levee")
                .containsEntry("client", "a");

        tabTo(demo, "Shift+Tab", Map.of("pick", "or-map"));
        press(demo, "Enter");
        demo.converges(Map.of("wash-fill", "12"));
        tabTo(demo, "Tab", Map.of("client", "b", "key", "wash-fill", "action", "strike"));
        press(demo, "Enter");
        demo.converges(Map.of("wash-fill", "struck"));
        assertThat(focused(demo)).as("the button that took its place").containsEntry("action", "reopen");
        press(demo, "Enter");
        demo.converges(Map.of("wash-fill", "12"));

        tabTo(demo, "Shift+Tab", Map.of("pick", "counter"));
        press(demo, "Space");
        demo.converges(Map.of("sandbags-placed", "120"));
        tabTo(demo, "Tab", Map.of("control", "race"));
        press(demo, "Enter");
        demo.converges(Map.of("sandbags-placed", "128"));
        tabTo(demo, "Tab", Map.of("control", "latency"));
        press(demo, "ArrowRight");
        demo.shows(rig -> assertThat(demo.root().innerText()).contains("50 ms"));
        tabTo(demo, "Tab", Map.of("client", "a", "control", "link"));
        press(demo, "Enter");
        demo.shows(rig -> assertThat(rig.state()).isEqualTo("cut"));
        assertThat(focused(demo)).containsEntry("control", "link");
        press(demo, "Enter");
        demo.converges();

        tabTo(demo, "Shift+Tab", Map.of("control", "summarize"));
        press(demo, "Enter");
        demo.convergesSaying("Summary written");
        tabTo(demo, "Tab", Map.of("panel", "summary", "text", "Close"));
        press(demo, "Enter");
        demo.shows(rig -> assertThat(demo.root().locator("[data-panel=summary]").isVisible()).isFalse());
        assertThat(focused(demo)).as("back where the panel came from").containsEntry("control", "summarize");
        String line = demo.root().locator(".log-line").first().innerText();
        tabTo(demo, "Tab", Map.of("text", line));
        press(demo, "Enter");
        tabTo(demo, "Tab", Map.of("panel", "wire", "text", "Close"));
        press(demo, "Enter");
        demo.shows(rig -> assertThat(demo.root().locator("[data-panel=wire]").isVisible()).isFalse());
        assertThat(focused(demo)).as("back on its line").containsEntry("text", line);

        String operable = "[...rig.querySelectorAll('button, input, a, [tabindex]')].filter(e => e.offsetParent"
                + " && getComputedStyle(e).visibility === 'visible')";
        assertThat((Integer) demo.root().evaluate("rig => " + operable + ".length")).as("buttons of rows and controls")
                .isGreaterThan(20);
        Set<Object> missed = new HashSet<>((List<?>) demo.root().evaluate(
                "rig => " + operable + ".filter(e => e.tabIndex < 0).map(e => e.outerHTML)"));
        assertThat(missed).as("what only a mouse can reach").isEmpty();
    }

    @Test
    void runningAsTheOtherTargetShowsTheSameSheetOfTheSameDocument() {
        DemoRig demo = stage.open("", "");
        demo.pick("claims");
        demo.converges();
        demo.client("a").row("north-levee").claim();
        demo.converges(Map.of("north-levee", "A"));
        String document = demo.documentId();
        demo.control("target").click();
        demo.shows(rig -> assertThat(rig.target()).isEqualTo("js"));
        demo.converges(Map.of("north-levee", "A"));
        assertThat(demo.documentId()).isEqualTo(document);
    }

    @Test
    void whatIsProvenFitsANarrowScreen() {
        Page page = stage.blank(new NewContextOptions().setViewportSize(360, 740).setDeviceScaleFactor(2));
        page.route("**/proven.json", route -> route.fulfill(new Route.FulfillOptions()
                .setContentType("application/json").setBody("""
                        {"numbers": [{"what": "Random scripts of or-map in which every replica ends the same, by every route",
                          "measured": "1000 of 1000", "source": "RandomScriptsTest", "href": "proven/RandomScriptsTest.java.txt",
                          "date": "2026-11-21"},
                          {"what": "Scripts that Fluid's own packages played", "measured": "211 of 211 scripts hold",
                          "source": "RecordedCorporaTest", "href": "proven/RecordedCorporaTest.java.txt", "date": "2026-11-21"}]}
                        """)));
        page.navigate(stage.server().address("/?loopback"));
        Locator table = page.locator("[data-proven] table");
        table.waitFor();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        // Measured at one moment: the page above still grows.
        assertThat(table.locator("tbody tr").count()).isEqualTo(2);
        assertThat((List<?>) table.evaluate("""
                table => [...table.tBodies[0].rows].filter(row => {
                  const [what, measured] = [...row.cells].map(cell => cell.getBoundingClientRect());
                  return measured.top < what.bottom || what.width <= 250;
                }).map(row => row.innerText)
                """)).as("rows whose figure does not stand below words of the whole width").isEmpty();
        page.locator("#proven").screenshot(new Locator.ScreenshotOptions()
                .setPath(Stage.output().resolve("screenshots/narrow-proven.png")));
    }

    @Test
    void withoutMotionTheSameIsToldInNumbers() {
        Page page = stage.visit(stage.server().address("/?latency=1500"),
                new NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
        DemoRig still = stage.rig(page, "[data-rig]");
        still.pick("counter");
        still.converges();
        still.client("a").row("sandbags-placed").increment();
        still.shows(rig -> {
            assertThat(still.client("a").root().innerText()).contains("1↑");
            assertThat(rig.client("a").row("sandbags-placed").pending()).isTrue();
        });
        assertThat(page.locator(".dot").count()).as("nothing travels").isZero();
        assertThat(page.evaluate("document.getAnimations().length")).as("nothing moves").isEqualTo(0);
        still.latency(0);

        DemoRig moving = stage.open("", "");
        moving.pick("counter");
        moving.converges();
        moving.latency(1500);
        moving.client("a").row("sandbags-placed").increment();
        moving.shows(rig -> assertThat(moving.page().locator(".dot").count()).as("a dot travels").isPositive());
        moving.converges(Map.of("sandbags-placed", "121"));
        still.converges(Map.of("sandbags-placed", "121"));
    }

    @Test
    void aNarrowScreenStacksTheClientsAndKeepsTheirValuesInView() {
        Page page = stage.visit(stage.server().address("/?latency=0"), new NewContextOptions()
                .setViewportSize(360, 740).setHasTouch(true).setDeviceScaleFactor(2));
        DemoRig demo = stage.rig(page, "[data-rig]");
        demo.pick("map");
        demo.converges();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).as("nothing to scroll sideways")
                .isEqualTo(360);
        assertThat(demo.root().evaluate("rig => rig.querySelector('[data-client=b]').getBoundingClientRect().top"
                + " > rig.querySelector('[data-client=a]').getBoundingClientRect().top + 50")).as("B is below A")
                .isEqualTo(true);
        demo.client("b").root().scrollIntoViewIfNeeded();
        demo.client("b").root().evaluate("client => client.scrollIntoView({block: 'center'})");
        var race = demo.control("race").boundingBox();
        assertThat(race.y).as("the race button stays in view").isBetween(0.0, 740.0 - race.height);
        var values = demo.root().locator(".strip-values");
        assertThat(values.boundingBox().y).isBetween(0.0, 740.0);
        assertThat(values.innerText()).contains("24", "61", "42");
        demo.control("race").tap();
        Snapshot raced = demo.convergesSaying("A and B edited");
        demo.shows(rig -> assertThat(values.innerText()).contains(raced.value("b", "mill-race"),
                raced.value("b", "kettle-run"), raced.value("b", "low-ford")));
        assertThat(demo.root().locator("[data-client] button:visible").all()).isNotEmpty()
                .allSatisfy(button -> assertThat(button.boundingBox().height).as("large enough for a finger")
                        .isGreaterThanOrEqualTo(24));
        page.screenshot(new Page.ScreenshotOptions().setPath(Stage.output().resolve("screenshots/narrow.png")));
        demo.pageScreenshot("narrow-page");
    }

    @Test
    void axeFindsNothingSerious() throws IOException {
        DemoRig demo = stage.open("", "");
        demo.converges();
        for (String sheet : List.of("map", "directory", "registers", "queue", "tasks", "pact-map", "or-map", "2p-set",
                "claims")) {
            demo.pick(sheet);
            demo.race();
            demo.convergesSaying("A and B edited");
            Axe.findsNothingSerious(demo.page(), sheet);
        }
        demo.root().locator(".log-line").first().click();
        demo.summarize();
        demo.convergesSaying("Summary written");
        demo.client("b").toggleLink();
        demo.client("b").row("pump-house").claim();
        demo.shows(rig -> assertThat(rig.stamp()).isEqualTo("Link cut — B, 1 to resubmit"));
        Axe.findsNothingSerious(demo.page(), "cut, with panels open");
    }

    private static void press(DemoRig demo, String key) {
        demo.page().keyboard().press(key);
    }

    /** Presses a key until the focus is where it should be. */
    private static void tabTo(DemoRig demo, String key, Map<String, String> goal) {
        for (int i = 0; i < 120; i++) {
            press(demo, key);
            if (focused(demo).entrySet().containsAll(goal.entrySet())) {
                return;
            }
        }
        throw new AssertionError("never reached " + goal + " with " + key + "; now at " + focused(demo));
    }

    /** Where the focus is, in terms of the hooks. */
    private static Map<String, String> focused(DemoRig demo) {
        Map<?, ?> read = (Map<?, ?>) demo.page().evaluate("""
                () => {
                  const at = document.activeElement;
                  const near = name => at.closest(`[data-${name}]`)?.getAttribute(`data-${name}`) ?? "";
                  const style = getComputedStyle(at);
                  return { text: at.textContent.trim(), pick: near("pick"), control: near("control"),
                    client: near("client"), panel: near("panel"), key: near("key"), action: near("action"), outline: style.outlineStyle };
                }""");
        return read.entrySet().stream()
                .collect(Collectors.toMap(entry -> (String) entry.getKey(), entry -> (String) entry.getValue()));
    }
}
