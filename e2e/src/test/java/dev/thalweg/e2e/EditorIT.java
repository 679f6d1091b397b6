package dev.thalweg.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sheet of a text: two editors, other tabs, what is kept, and the history, on both targets. */
class EditorIT {
    private static final Path ROOT = Path.of(System.getProperty("thalweg.root"));
    private static final Path SITE = ROOT.resolve(Path.of("web", "target", "site"));

    @RegisterExtension
    final Stage stage = new Stage();

    private Page page;
    private Locator sheet;

    private void open(StaticServer host, String target) {
        Assumptions.assumeTrue(Files.exists(SITE.resolve(Path.of("codemirror", "LICENSES.txt"))),
                "the page was built without npm");
        page = stage.visit(host.address("/local.html?target=" + target + "#text=" + target),
                new Browser.NewContextOptions().setViewportSize(1280, 900).setReducedMotion(ReducedMotion.REDUCE));
        near();
    }

    private void near() {
        sheet = page.locator("[data-editors]");
        sheet.scrollIntoViewIfNeeded();
        assertThat(sheet).hasAttribute("data-state", Pattern.compile("alike|apart"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wasm-gc", "js"})
    void twoWriteOneText(String target) throws IOException {
        try (StaticServer host = StaticServer.of(SITE)) {
            open(host, target);
            has(sheet, "data-target", target);

            type("a", "Control+End", "low ford");
            shows("a", "low ford");
            shows("b", "low ford");
            has(sheet, "data-state", "alike");
            has(copy("a"), "data-pending", "0");

            // A's caret is drawn in B where it is, and goes along with what is put in before it.
            press("a", "Control+Home");
            press("a", "ArrowRight");
            caretIn("b", "A", 1);
            type("b", "Control+Home", "the ");
            shows("a", "the low ford");
            caretIn("b", "A", 5);
            caretIn("a", "B", 4);

            // Off line both go on, and meet again.
            offline("a").check();
            assertThat(copy("b").locator(".other-caret")).hasCount(0);
            type("a", "Control+End", " is dry");
            type("b", "Control+End", " at noon");
            shows("a", "the low ford is dry");
            shows("b", "the low ford at noon");
            has(copy("a"), "data-pending", "7");
            has(sheet, "data-state", "apart");
            assertThat(copy("a").locator(".pending")).hasText(" is dry");
            Axe.findsNothingSerious(page, "text, " + target);
            offline("a").uncheck();
            has(sheet, "data-state", "alike");
            has(copy("a"), "data-pending", "0");
            assertThat(copy("a").locator(".pending")).hasCount(0);
            String merged = text("a");
            Assertions.assertThat(merged).isIn("the low ford is dry at noon", "the low ford at noon is dry");
            shows("b", merged);

            // What A undoes is A's, also behind B's back.
            press("a", "Control+z");
            shows("a", "the low ford at noon");
            shows("b", "the low ford at noon");
            press("a", "Control+Shift+Z");
            shows("b", merged);
            press("b", "Control+z");
            shows("a", "the low ford is dry");

            history();
            narrow("editor-narrow-" + target);
        }
    }

    private void history() {
        Locator slider = copy("a").locator("[data-control=history]");
        slider.press("Home");
        has(copy("a").locator(".playback"), "data-at", "0");
        past("");
        slider.press("End");
        past("the low ford is dry");
        assertThat(copy("a").locator(".past .by-b").first()).containsText("the ");
        slider.press("PageDown");
        assertThat(copy("a").locator("[data-part=past]")).containsText("Since then");
        copy("a").locator("[data-control=play]").click();
        past("the low ford is dry");
        copy("a").locator("[data-control=now]").click();
        assertThat(copy("a").locator(".past")).isHidden();
        assertThat(copy("a").locator(".live")).isVisible();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wasm-gc", "js"})
    void nothingIsLost(String target) throws IOException {
        try (StaticServer host = StaticServer.of(SITE)) {
            open(host, target);
            type("a", "Control+End", "kept ");
            shows("b", "kept ");
            has(copy("a"), "data-pending", "0");
            offline("a").check();
            type("a", "Control+End", "off line");
            has(copy("a"), "data-kept", "true");
            page.reload();
            near();
            assertThat(offline("a")).isChecked();
            shows("a", "kept off line");
            shows("b", "kept ");
            assertThat(copy("a").locator(".pending")).hasText("off line");

            // Another tab has copies of its own.
            Page other = page.context().newPage();
            other.navigate(page.url());
            other.locator("[data-editors]").scrollIntoViewIfNeeded();
            shows(other, "a", "kept ");
            offline("a").uncheck();
            shows(other, "b", "kept off line");
            has(copy("a"), "data-others", "3");
            type(other, "a", "Control+Home", "well ");
            shows("a", "well kept off line");
            shows("b", "well kept off line");
            assertThat(copy("a").locator(".other-caret[data-other^='A·']")).hasCount(1);
            other.close();
            has(copy("a"), "data-others", "1");

            // An emoji of two units goes whole, whoever asks for half of it.
            type("b", "Control+End", "😀!");
            shows("a", "well kept off line😀!");
            page.evaluate("() => { const view = document.querySelector('[data-editor=b] .live .cm-editor').thalwegView;"
                    + "const end = view.state.doc.length; view.dispatch({ changes: { from: end - 2, to: end - 1 } }); }");
            shows("b", "well kept off line!");
            shows("a", "well kept off line!");

            String long1 = "0123456789abcde\n".repeat(1_250);
            press("a", "Control+Home");
            page.evaluate("text => { const data = new DataTransfer(); data.setData('text/plain', text);"
                    + "document.querySelector('[data-editor=a] .live .cm-content').dispatchEvent("
                    + "new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }",
                    long1);
            shows("b", long1 + "well kept off line!");
            has(copy("b"), "data-length", String.valueOf(long1.length() + 19));
            has(sheet, "data-state", "alike");
        }
    }

    @Test
    void saysSoWithoutCodeMirror() throws IOException {
        try (StaticServer host = StaticServer.of(SITE)) {
            stage.expect("codemirror/editor\\.js");
            page = stage.blank(new Browser.NewContextOptions());
            page.route("**/codemirror/editor.js", route -> route.abort());
            page.navigate(host.address("/local.html?target=js"));
            sheet = page.locator("[data-editors]");
            sheet.scrollIntoViewIfNeeded();
            has(sheet, "data-state", "without");
            assertThat(sheet).containsText("npm");
        }
    }

    private void narrow(String name) {
        page.setViewportSize(360, 740);
        Assertions.assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing is wider than a telephone").isEqualTo(true);
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true)
                .setPath(ROOT.resolve(Path.of("e2e", "target", "screenshots", name + ".png"))));
    }

    private Locator copy(String side) {
        return sheet.locator("[data-editor=" + side + "]");
    }

    private Locator offline(String side) {
        return copy(side).locator("[data-control=offline]");
    }

    private void press(String side, String key) {
        copy(side).locator(".live .cm-content").press(key);
    }

    private void type(String side, String key, String text) {
        type(page, side, key, text);
    }

    private static void type(Page where, String side, String key, String text) {
        where.locator("[data-editor=" + side + "] .live .cm-content").press(key);
        where.keyboard().type(text);
    }

    private static void has(Locator place, String attribute, String value) {
        assertThat(place).hasAttribute(attribute, value);
    }

    private String text(String side) {
        return (String) page.evaluate("side => document.querySelector(`[data-editor=${side}] .live .cm-editor`)"
                + ".thalwegView.state.doc.toString()", side);
    }

    private void shows(String side, String text) {
        shows(page, side, text);
    }

    private static void shows(Page where, String side, String text) {
        where.waitForFunction("([side, text]) => document.querySelector(`[data-editor=${side}] .live .cm-editor`)"
                + "?.thalwegView.state.doc.toString() === text", List.of(side, text));
    }

    private void past(String text) {
        page.waitForFunction("text => document.querySelector('[data-editor=a] .past .cm-editor')"
                + "?.thalwegView.state.doc.toString() === text", text);
    }

    private void caretIn(String side, String whose, int position) {
        page.waitForFunction("([side, whose, position]) => {"
                + "const caret = document.querySelector(`[data-editor=${side}] [data-other=${whose}]`);"
                + "return caret && caret.closest('.cm-editor').thalwegView.posAtDOM(caret) === position; }",
                List.of(side, whose, position));
    }
}
