package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/**
 * A rig in a page, in the words of its hooks. What is waited for is what the page shows, never time: a generous limit
 * only ends a test that has failed.
 */
final class DemoRig {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(30);

    private final Page page;
    private final Locator root;
    private final Path screenshots;

    DemoRig(Page page, Locator root, Path screenshots) {
        this.page = page;
        this.root = root;
        this.screenshots = screenshots;
    }

    Page page() {
        return page;
    }

    Locator root() {
        return root;
    }

    /** The document's id, from the page's address. */
    String documentId() {
        String url = page.url();
        assertThat(url).contains("#doc=");
        return url.substring(url.indexOf("#doc=") + "#doc=".length());
    }

    Snapshot snapshot() {
        return Snapshot.of(root.evaluate(Snapshot.SCRIPT));
    }

    // Waiting.

    /** Waits until the rig shows something. @return the rig in that moment */
    Snapshot shows(Consumer<Snapshot> what) {
        Snapshot[] last = new Snapshot[1];
        try {
            Awaitility.await().pollInSameThread().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(LOOK_AGAIN)
                    .untilAsserted(() -> {
                        // The browser tells of console lines and failures only while it is asked something.
                        last[0] = snapshot();
                        what.accept(last[0]);
                    });
        } catch (RuntimeException | AssertionError late) {
            throw new AssertionError("not seen within " + PATIENCE.toSeconds() + " s; last seen "
                    + (last[0] == null ? "nothing" : last[0].told()), late);
        }
        return last[0];
    }

    /** Waits until the stamp says so, all digests are equal, and all clients show these values in ink. */
    Snapshot converges(Map<String, String> values) {
        return shows(rig -> {
            assertThat(rig.clients()).isNotEmpty();
            rig.clients().forEach((name, client) -> values.forEach((key, value) -> {
                assertThat(client.row(key).value()).as("%s at %s", key, name).isEqualTo(value);
                assertThat(client.row(key).pending()).as("%s pending at %s", key, name).isFalse();
            }));
            assertConverged(rig);
        });
    }

    /** Waits until the stamp says so. */
    Snapshot converges() {
        return converges(Map.of());
    }

    /** Waits until the last control has come to something, and everyone is converged. */
    Snapshot convergesSaying(String said) {
        return shows(rig -> {
            assertThat(rig.said()).contains(said);
            assertConverged(rig);
        });
    }

    private static void assertConverged(Snapshot rig) {
        assertThat(rig.state()).isEqualTo("converged");
        assertThat(rig.stamp()).isEqualTo("Converged — replicas identical, nothing pending");
        assertThat(rig.digests()).as("digests").hasSize(1).allMatch(digest -> !digest.isEmpty());
        assertThat(rig.clients().values()).allSatisfy(client -> {
            assertThat(client.pending()).isZero();
            assertThat(client.connection()).isEqualTo("connected");
        });
    }

    // Doing.

    DemoRig pick(String sheet) {
        root.locator("[data-pick='" + sheet + "']").click();
        return this;
    }

    void race() {
        control("race").click();
    }

    void redeliver() {
        control("redeliver").click();
    }

    void reset() {
        control("reset").click();
    }

    void summarize() {
        control("summarize").click();
    }

    void reload() {
        control("reload").click();
    }

    void startJvmClient() {
        control("jvm").click();
    }

    /** Has the page fetch Fluid's own client. */
    void addStockClient() {
        control("add-stock").click();
    }

    /** Moves the slider. */
    void latency(int millis) {
        control("latency").fill(Integer.toString(millis));
    }

    void jitter(boolean on) {
        control("jitter").setChecked(on);
    }

    Locator control(String name) {
        return root.locator("[data-control='" + name + "']");
    }

    Client client(String name) {
        return new Client(root.locator("[data-client='" + name + "']"));
    }

    /** Keeps a picture of the rig in the build's output. */
    void screenshot(String name) {
        root.screenshot(new Locator.ScreenshotOptions().setPath(screenshots.resolve(name + ".png")));
    }

    /** Keeps a picture of the whole page in the build's output. */
    void pageScreenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(screenshots.resolve(name + ".png")));
    }

    /** One of the rig's clients. */
    static final class Client {
        private final Locator root;

        private Client(Locator root) {
            this.root = root;
        }

        /** Cuts its link, or restores it. */
        void toggleLink() {
            root.locator("[data-control='link']").click();
        }

        Row row(String key) {
            return new Row(root.locator("[data-key='" + key + "']"));
        }

        Locator root() {
            return root;
        }
    }

    /** A row of a client. */
    static final class Row {
        private final Locator root;

        private Row(Locator root) {
            this.root = root;
        }

        void increment() {
            action("increment").click();
        }

        void decrement() {
            action("decrement").click();
        }

        void strike() {
            action("strike").click();
        }

        void reopen() {
            action("reopen").click();
        }

        void claim() {
            action("claim").click();
        }

        /** Presses the button of an action, by the verb of the structure. */
        void act(String name) {
            action(name).click();
        }

        Locator action(String name) {
            return root.locator("[data-action='" + name + "']");
        }
    }
}
