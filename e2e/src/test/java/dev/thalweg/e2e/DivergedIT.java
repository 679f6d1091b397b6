package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that falsifies what one client hears, which no client can notice by itself: the stamp does. */
class DivergedIT {
    /** As it stands in a frame: JSON within JSON, however deep. */
    private static final Pattern AMOUNT = Pattern.compile("(incrementAmount[\\\\\"]+:)\\d+");

    @RegisterExtension
    final Stage stage = new Stage();

    @ParameterizedTest
    @ValueSource(strings = {"wasm-gc", "js"})
    void replicasThatDifferAreSaidToDifferAndTheTraceTellsHow(String target) throws Exception {
        List<String> sockets = new ArrayList<>();
        Page page = stage.blank(new NewContextOptions().setAcceptDownloads(true));
        page.routeWebSocket(Pattern.compile("/socket\\.io/"), socket -> {
            sockets.add(socket.url());
            boolean falsified = sockets.size() == 1;
            var server = socket.connectToServer();
            server.onMessage(frame -> socket.send(falsified
                    ? AMOUNT.matcher(frame.text()).replaceAll("$199")
                    : frame.text()));
        });
        page.navigate(stage.server().address("/?latency=0&target=" + target));
        DemoRig demo = stage.rig(page, "[data-rig]");
        demo.pick("counter");
        demo.converges();
        assertThat(sockets).as("a socket for each client").hasSize(2);
        assertThat(demo.control("trace").isVisible()).isFalse();

        demo.client("b").row("sandbags-placed").increment();
        Snapshot apart = demo.shows(rig -> {
            assertThat(rig.state()).isEqualTo("diverged");
            assertThat(rig.stamp()).isEqualTo("Diverged — this is a bug");
        });
        assertThat(apart.digests()).hasSize(2);
        assertThat(List.of(apart.value("a", "sandbags-placed"), apart.value("b", "sandbags-placed")))
                .containsExactly("219", "121");
        demo.screenshot("diverged-" + target);

        Download download = page.waitForDownload(() -> demo.control("trace").click());
        try (InputStream file = download.createReadStream()) {
            JsonObject trace = (JsonObject) JsonValue.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(trace.string("format")).isEqualTo("thalweg-trace-1");
            assertThat(((JsonArray) trace.get("messages")).values().toString()).contains("incrementAmount");
            assertThat(((JsonArray) trace.get("replicas")).values().stream()
                    .map(replica -> ((JsonObject) replica).get("digest"))).doesNotHaveDuplicates().hasSize(2);
        }
    }
}
