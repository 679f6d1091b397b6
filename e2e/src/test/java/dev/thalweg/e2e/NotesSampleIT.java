package dev.thalweg.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;

/** Notes in two tabs of one browser that are written offline and meet again, on both targets. */
class NotesSampleIT {
    @RegisterExtension
    final Stage stage = new Stage();

    @ParameterizedTest
    @Mostly("wasm-gc")
    void whatBothWroteOfflineIsThereInTheEnd(String target) throws Exception {
        try (SampleProcess sample = Samples.run("notes", List.of("--port", "0"))) {
            Page a = stage.visit(sample.says("page ") + "?target=" + target, new Browser.NewContextOptions());
            assertThat(notebook(a)).hasAttribute("data-target", target);
            assertThat(notebook(a)).hasAttribute("data-tab", "A");
            Page b = stage.beside(a);
            assertThat(notebook(b)).hasAttribute("data-tab", "B");

            add(a, "Gate");
            add(a, "Eels");
            add(a, "Weir");
            for (Page page : List.of(a, b)) {
                shows(page, "Weir", "Eels", "Gate");
                assertThat(notebook(page)).hasAttribute("data-unshared", "0");
            }

            offline(a).check();
            offline(b).check();
            field(a, "Weir", "text").fill("Mend it");
            field(b, "Weir", "title").fill("Weir of the mill");
            field(a, "Gate", "text").fill("Oil the hinge");
            changes(a, 2);
            // Later than the other: it stands.
            field(b, "Gate", "text").fill("Paint the hinge");
            field(b, "Eels", "text").fill("Count them");
            press(a, "Eels", "Delete");
            press(b, "Gate", "Up");
            add(b, "Rain");
            shows(a, "Weir", "Gate");
            shows(b, "Rain", "Weir of the mill", "Gate", "Eels");
            assertThat(note(b, "Gate")).hasAttribute("data-shared", "no");
            changes(a, 3);
            changes(b, 6);
            Assertions.assertThat(digest(a)).isNotEqualTo(digest(b));

            String before = digest(a);
            a.reload();
            assertThat(notebook(a)).hasAttribute("data-tab", "A");
            assertThat(notebook(a)).hasAttribute("data-online", "no");
            shows(a, "Weir", "Gate");
            changes(a, 3);
            Assertions.assertThat(digest(a)).isEqualTo(before);
            Axe.findsNothingSerious(b, "notes, " + target);
            b.screenshot(new Page.ScreenshotOptions().setFullPage(true)
                    .setPath(Stage.output().resolve("screenshots/notes-" + target + ".png")));

            offline(a).uncheck();
            offline(b).uncheck();
            for (Page page : List.of(a, b)) {
                shows(page, "Rain", "Weir of the mill", "Gate");
                assertThat(field(page, "Weir of the mill", "text")).hasValue("Mend it");
                assertThat(field(page, "Gate", "text")).hasValue("Paint the hinge");
                changes(page, 0);
            }
            Awaitility.await().untilAsserted(() -> Assertions.assertThat(digest(a)).isEqualTo(digest(b)));

            // Everything is in the database of each tab.
            b.reload();
            shows(b, "Rain", "Weir of the mill", "Gate");
            Assertions.assertThat(digest(b)).isEqualTo(digest(a));
            a.setViewportSize(360, 740);
            Assertions.assertThat(a.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                    .as("nothing is wider than a telephone").isEqualTo(true);
        }
    }

    private static void add(Page page, String title) {
        Locator notes = page.getByRole(AriaRole.LISTITEM);
        int before = notes.count();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New note")).click();
        assertThat(notes).hasCount(before + 1);
        // In one go: whoever pauses while typing writes more than once, and changes are counted here.
        assertThat(notes.first().getByLabel("Title")).isFocused();
        notes.first().getByLabel("Title").fill(title);
        assertThat(notebook(page).locator("[data-title=\"" + title + "\"]")).hasCount(1);
    }

    private static void shows(Page page, String... titles) {
        Locator notes = page.locator("[data-note]");
        assertThat(notes).hasCount(titles.length);
        for (int i = 0; i < titles.length; i++) {
            assertThat(notes.nth(i)).hasAttribute("data-title", titles[i]);
        }
    }

    private static void press(Page page, String title, String button) {
        note(page, title).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button)).click();
    }

    private static void changes(Page page, int unshared) {
        assertThat(notebook(page)).hasAttribute("data-unshared", Integer.toString(unshared));
    }

    private static String digest(Page page) {
        return notebook(page).getAttribute("data-digest");
    }

    private static Locator notebook(Page page) {
        return page.locator("main");
    }

    private static Locator note(Page page, String title) {
        return page.locator("[data-title=\"" + title + "\"]");
    }

    private static Locator field(Page page, String title, String name) {
        return note(page, title).locator("[data-field=" + name + "]");
    }

    private static Locator offline(Page page) {
        return page.getByLabel("Offline");
    }
}
