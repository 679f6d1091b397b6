package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown before it is ordered: on a slow link, and on one that is cut and restored. */
@ParameterizedClass
@ValueSource(strings = {"wasm-gc", "js"})
class LinkIT {
    @RegisterExtension
    final Stage stage = new Stage();

    @Parameter
    String target;

    private DemoRig demo;

    @BeforeEach
    void open() {
        demo = stage.open("target=" + target, "");
        demo.converges();
    }

    @Test
    void bothSidesEditWhileALinkIsCutAndNothingIsLost() {
        demo.client("b").toggleLink();
        demo.shows(rig -> {
            assertThat(rig.state()).isEqualTo("cut");
            assertThat(rig.client("b").connection()).isEqualTo("disconnected");
            assertThat(rig.client("a").connection()).isEqualTo("connected");
            assertThat(rig.stamp()).isEqualTo("Link cut — B, 0 to resubmit");
        });

        demo.pick("map");
        demo.client("b").row("mill-race").increment();
        demo.client("b").row("mill-race").increment();
        demo.client("a").row("kettle-run").decrement();
        demo.pick("counter");
        demo.client("b").row("sandbags-placed").increment();
        demo.client("a").row("sandbags-placed").increment();
        demo.pick("pn-counter");
        demo.client("b").row("earthwork-balance").decrement();
        demo.client("a").row("earthwork-balance").increment();
        demo.pick("or-map");
        demo.client("b").row("wash-fill").strike();
        demo.client("a").row("wash-fill").increment();
        demo.shows(rig -> {
            Snapshot.Row struck = rig.client("b").row("wash-fill");
            assertThat(struck.value()).as("a struck row stays readable").isEqualTo("12");
            assertThat(struck.pending()).isTrue();
            assertThat(struck.note()).isEqualTo("struck here, not ordered yet");
            assertThat(rig.value("a", "wash-fill")).isEqualTo("13");
        });
        demo.pick("claims");
        demo.client("b").row("north-levee").claim();
        demo.client("a").row("north-levee").claim();
        Snapshot cut = demo.shows(rig -> {
            assertThat(rig.stamp()).isEqualTo("Link cut — B, 6 to resubmit");
            assertThat(rig.client("b").pending()).isEqualTo(6);
            assertThat(rig.client("a").pending()).isZero();
            assertThat(rig.client("b").row("north-levee").pending()).isTrue();
            assertThat(rig.value("b", "north-levee")).as("not held before it is ordered").isEqualTo("free");
            assertThat(rig.value("a", "north-levee")).isEqualTo("A");
        });
        assertThat(cut.digests()).hasSize(2);
        demo.screenshot("cut-" + target);

        demo.client("b").toggleLink();
        Snapshot restored = demo.converges(Map.of("north-levee", "A"));
        assertThat(restored.client("b").row("north-levee").note()).startsWith("lost: A was first");
        demo.pick("map");
        demo.converges(Map.of("mill-race", "26", "kettle-run", "60"));
        demo.pick("counter");
        demo.converges(Map.of("sandbags-placed", "122"));
        demo.pick("pn-counter");
        demo.converges(Map.of("earthwork-balance", "44"));
        demo.pick("or-map");
        demo.converges(Map.of("wash-fill", "13"));
    }

    @Test
    void bothLinksMayBeCutAtOnce() {
        demo.pick("counter");
        demo.client("a").toggleLink();
        demo.client("b").toggleLink();
        demo.race();
        demo.shows(rig -> {
            assertThat(rig.stamp()).isEqualTo("Link cut — A and B, 2 to resubmit");
            assertThat(rig.value("a", "sandbags-placed")).isEqualTo("125");
            assertThat(rig.value("b", "sandbags-placed")).isEqualTo("123");
            assertThat(rig.client("b").row("sandbags-placed").delta()).isEqualTo("+3");
        });
        demo.client("b").toggleLink();
        demo.shows(rig -> {
            assertThat(rig.stamp()).isEqualTo("Link cut — A, 1 to resubmit");
            assertThat(rig.client("b").row("sandbags-placed").pending()).isFalse();
        });
        demo.client("a").toggleLink();
        demo.converges(Map.of("sandbags-placed", "128"));
    }

    @Test
    void aSlowLinkShowsWhatIsPendingAtOnceAndOrderedWhenItIs() {
        demo.pick("counter");
        demo.latency(2000);
        demo.client("a").row("sandbags-placed").increment();
        Snapshot pending = demo.shows(rig -> {
            assertThat(rig.state()).isEqualTo("revising");
            assertThat(rig.client("a").row("sandbags-placed").pending()).isTrue();
        });
        assertThat(pending.stamp()).isEqualTo("Revising — 1 in flight, 1 pending");
        assertThat(pending.value("a", "sandbags-placed")).isEqualTo("121");
        assertThat(pending.client("a").row("sandbags-placed").delta()).isEqualTo("+1");
        assertThat(pending.value("b", "sandbags-placed")).isEqualTo("120");
        demo.screenshot("pending-" + target);
        demo.converges(Map.of("sandbags-placed", "121"));

        demo.latency(100);
        demo.jitter(true);
        for (int i = 0; i < 5; i++) {
            demo.race();
        }
        demo.converges(Map.of("sandbags-placed", "161"));
    }

    @Test
    void aLineOfTheLogShowsTheOperationAsItWentOverTheWire() {
        demo.pick("map");
        demo.client("a").row("mill-race").increment();
        Snapshot written = demo.converges(Map.of("mill-race", "25"));
        demo.root().locator(".log-line").first().click();
        Locator panel = demo.root().locator("[data-panel='wire']");
        demo.shows(rig -> assertThat(panel.innerText()).contains("#" + written.sequenceNumber() + " on the wire")
                .contains("\"sequenceNumber\":" + written.sequenceNumber()).contains("CSN ", "RSN ", "SN ", "MSN ")
                .contains("{\"key\":\"mill-race\",\"type\":\"set\",\"value\":{\"type\":\"Plain\",\"value\":25}}")
                .contains("42[\"op\","));
        demo.screenshot("wire-" + target);
    }
}
