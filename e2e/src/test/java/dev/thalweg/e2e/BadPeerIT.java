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

/** The sheet on which one of four peers lies, with keys of the browser, on both targets. */
class BadPeerIT {
    private static final Path SITE = Path.of(System.getProperty("thalweg.root"), "web", "target", "site");

    @RegisterExtension
    final Stage stage = new Stage();

    private Locator sheet;

    @ParameterizedTest
    @Mostly("wasm-gc")
    void honestReplicasAreAlikeWhateverMalloryDoes(String target) throws IOException {
        try (StaticServer host = StaticServer.of(SITE)) {
            Page page = stage.visit(host.address("/local.html?target=" + target),
                    new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
            sheet = page.locator("[data-trust]");
            sheet.scrollIntoViewIfNeeded();
            has("data-target", target);
            alike("a1 b1 c1 m1", 4);

            act("write");
            sheet.locator("[data-replica=b] [data-action=write]").press("Enter");
            alike("a1 b1 c1 m1 m2 b2", 6);
            // Each is stopped by its own check, and the true entry comes another way.
            act("change");
            ends("refused", "content", "C");
            alike("a1 b1 c1 m1 m2 b2 a2", 7);
            act("rehash");
            ends("refused", "signature", "C");
            act("impersonate");
            ends("refused", "signature", "A B C");
            act("borrow");
            ends("refused", "binding", "A B C");
            act("transplant");
            ends("refused", "document", "A B C");
            act("nonsense");
            ends("refused", "sense", "A B C");
            act("replay");
            ends("known", "", "A B C");
            alike("a1 b1 c1 m1 m2 b2 a2 a3", 8);

            act("withhold");
            ends("waits", "", "A B C");
            has("data-withheld", "1");
            assertThat(sheet.locator("[data-replica=a] .entry.waits")).hasCount(1);
            assertThat(sheet.locator("[data-replica=a]")).hasAttribute("data-waiting", "1");
            sheet.locator("[data-deed=release]").press("Space");
            alike("a1 b1 c1 m1 m2 b2 a2 a3 m3 m4", 10);

            act("equivocate");
            assertThat(sheet.locator("[data-verdict=found-out]")).hasAttribute("data-check", "equivocation");
            for (String replica : new String[] {"a", "b", "c"}) {
                assertThat(sheet.locator("[data-replica=" + replica + "]")).hasAttribute("data-proofs", "1");
                assertThat(sheet.locator("[data-replica=" + replica + "] .entry.twin")).hasCount(2);
            }
            sheet.locator("[data-control=verify]").click();
            believed("true", "signed two entries from event ");
            Locator proof = sheet.locator("[data-proof]");
            proof.fill(proof.inputValue().replaceFirst("\"events\":\\d+", "\"events\":77"));
            sheet.locator("[data-control=verify]").click();
            believed("false", "does not believe it");
            proof.fill("{\"one\":1}");
            sheet.locator("[data-control=verify]").click();
            believed("false", "This is no proof");
            sheet.locator("[data-control=restore]").click();
            sheet.locator("[data-control=verify]").click();
            believed("true", "signed two entries");

            act("flood");
            assertThat(sheet.locator("[data-verdict=refused][data-check=causes]")).hasAttribute("data-count", "21");
            assertThat(sheet.locator("[data-verdict=refused][data-check=size]")).hasCount(1);
            sheet.locator("[data-replica=c] [data-action=write]").click();
            assertThat(sheet.locator("[data-replica=a]")).hasAttribute("data-value", Pattern.compile(".* c2.*"));
            has("data-state", "alike");
            sheet.locator("[data-verdict] summary").first().press("Enter");
            assertThat(sheet.locator("[data-verdict] .json").first()).containsText("\"signature\":");
            Axe.findsNothingSerious(page, "a bad peer, " + target);

            page.setViewportSize(360, 740);
            Assertions.assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
                    .as("nothing is wider than a telephone").isEqualTo(true);
        }
    }

    private void act(String deed) {
        sheet.locator("[data-deed=" + deed + "]").click();
    }

    /* The latest verdict; what comes before it may stand there for a moment. */
    private void ends(String verdict, String check, String replicas) {
        Locator latest = sheet.locator("[data-verdict]").first();
        assertThat(latest).hasAttribute("data-verdict", verdict);
        assertThat(latest).hasAttribute("data-check", check);
        assertThat(latest).hasAttribute("data-at", replicas);
    }

    private void alike(String text, int entries) {
        for (String replica : new String[] {"a", "b", "c"}) {
            Locator card = sheet.locator("[data-replica=" + replica + "]");
            assertThat(card).hasAttribute("data-value", text);
            assertThat(card).hasAttribute("data-entries", "" + entries);
        }
        has("data-state", "alike");
    }

    private void believed(String whether, String said) {
        assertThat(sheet.locator("[data-believed]")).hasAttribute("data-believed", whether);
        assertThat(sheet.locator("[data-believed]")).containsText(said);
    }

    private void has(String attribute, String value) {
        assertThat(sheet).hasAttribute(attribute, value);
    }
}
