package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A summary is written, and a replica that starts over from it is the same as one that never left. */
class SummaryIT {
    @RegisterExtension
    final Stage stage = new Stage();

    @ParameterizedTest
    @ValueSource(strings = {"wasm-gc", "js"})
    void bStartsOverFromTheSummary(String target) {
        DemoRig demo = stage.open("target=" + target, "");
        demo.pick("counter");
        demo.race();
        demo.converges(Map.of("sandbags-placed", "128"));

        demo.summarize();
        demo.convergesSaying("Summary written: it holds everything up to #");
        String panel = demo.root().locator("[data-panel='summary']").innerText();
        assertThat(panel).as("the tree, with what did not change left to the summary before")
                .containsPattern("(?m)^\\.channels/$").containsPattern("header  \\d+").contains(".metadata")
                .containsPattern("as before").containsPattern("\\d+ parts of the summary before");
        assertThat(panel).as("its size and its commit").containsPattern("\\d+ characters in \\d+ blobs")
                .containsPattern("[0-9a-f]{40}");
        demo.screenshot("summary-" + target);

        demo.client("a").row("sandbags-placed").increment();
        demo.converges(Map.of("sandbags-placed", "129"));
        demo.reload();
        Snapshot reloaded = demo.convergesSaying("B starts over from the latest summary.");
        assertThat(reloaded.value("b", "sandbags-placed")).isEqualTo("129");

        demo.pick("claims");
        demo.client("b").row("north-levee").claim();
        demo.converges(Map.of("north-levee", "B", "pump-house", "Survey"));

        demo.summarize();
        demo.shows(rig -> assertThat(rig.log()).filteredOn(line -> line.contains("summaryAck")).hasSize(2));
        demo.convergesSaying("Summary written");
        assertThat(demo.root().locator("[data-panel='summary']").innerText()).isNotEqualTo(panel);
    }
}
