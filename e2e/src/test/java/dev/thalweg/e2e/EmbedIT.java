package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The custom element in somebody else's page, on another origin than the site; and the same in an iframe. */
class EmbedIT {
    private static StaticServer host;

    @RegisterExtension
    final Stage stage = new Stage();

    @BeforeAll
    static void start() throws IOException {
        host = StaticServer.of(Path.of(System.getProperty("thalweg.root"), "web", "sample-host"));
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wasm-gc", "js"})
    void twoElementsLiveInOnePageAndKeepToThemselves(String target) {
        Page page = visit(target);
        DemoRig wide = stage.rig(page, "#wide [data-rig]");
        DemoRig narrow = stage.rig(page, "#narrow [data-rig]");
        assertThat(wide.converges(Map.of("sandbags-placed", "120")).target()).isEqualTo(target);
        narrow.converges(Map.of("north-levee", "free"));
        assertThat(narrow.root().locator("[data-pick]").all()).extracting(cell -> cell.getAttribute("data-pick"))
                .containsExactly("claims", "map");
        assertThat(wide.root().locator("[data-pick]").count()).as("one structure needs no picker").isZero();

        wide.latency(0);
        narrow.latency(0);
        wide.race();
        Snapshot raced = wide.converges(Map.of("sandbags-placed", "128"));
        narrow.client("a").row("north-levee").claim();
        narrow.converges(Map.of("north-levee", "A"));
        assertThat(wide.converges(Map.of("sandbags-placed", "128")).digests()).isEqualTo(raced.digests());
        wide.shows(rig -> assertThat(page.locator("#heard li").allInnerTexts())
                .anyMatch(line -> line.matches("wide: thalweg-converged at \\d+"))
                .anyMatch(line -> line.matches("narrow: thalweg-converged at \\d+"))
                .noneMatch(line -> line.contains("diverged")));

        assertThat(page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")).asString()
                .as("the host's own type").startsWith("Georgia");
        assertThat(wide.root().evaluate("rig => getComputedStyle(rig).color")).as("the host's ink")
                .isEqualTo("rgb(32, 38, 30)");
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).as("fits").isEqualTo(true);
        wide.pageScreenshot("embed-" + target);

        page.evaluate("document.querySelector('#wide').remove()");
        narrow.client("a").row("north-levee").claim();
        narrow.converges(Map.of("north-levee", "free"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wasm-gc", "js"})
    void anElementJoinsADocumentOfAServerElsewhere(String target) {
        DemoRig demo = stage.open("target=" + target, "");
        demo.converges();
        demo.pick("counter");
        Page page = visit(target);
        page.evaluate("""
                attributes => {
                  const element = document.createElement("thalweg-demo");
                  element.id = "joined";
                  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
                  document.body.append(element);
                }""", Map.of("structure", "counter", "server", stage.server().address("").replace("http:", "ws:"),
                "document", demo.documentId(), "latency", "0", "clients", "3"));
        DemoRig joined = stage.rig(page, "#joined [data-rig]");
        assertThat(joined.converges(Map.of("sandbags-placed", "120")).clients()).containsOnlyKeys("a", "b", "c");
        joined.client("c").row("sandbags-placed").increment();
        demo.client("a").row("sandbags-placed").increment();
        List<String> digests = demo.converges(Map.of("sandbags-placed", "122")).digests();
        assertThat(joined.converges(Map.of("sandbags-placed", "122")).digests()).isEqualTo(digests);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wasm-gc", "js"})
    void anIframeShowsOneStructure(String target) {
        Page page = visit(target);
        page.evaluate("""
                address => {
                  const frame = document.createElement("iframe");
                  frame.title = "Posts";
                  frame.src = address;
                  document.body.append(frame);
                }""", stage.server().address("/embed.html?structure=claims&latency=0&target=" + target));
        DemoRig framed = stage.rig(page, page.frameLocator("iframe").locator("[data-rig]"));
        framed.converges(Map.of("north-levee", "free"));
        framed.client("b").row("north-levee").claim();
        assertThat(framed.converges(Map.of("north-levee", "B")).target()).isEqualTo(target);
    }

    private Page visit(String target) {
        return stage.visit(host.address("/index.html?target=" + target + "&site=" + stage.server().address("/")),
                new Browser.NewContextOptions().setViewportSize(1100, 900));
    }
}
