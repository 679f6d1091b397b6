package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonValue;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** More than one page on a document, and clients on the JVM beside them. */
@ParameterizedClass
@ValueSource(strings = {"wasm-gc", "js"})
class CompanyIT {
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
    void twoTabsShareADocumentByItsAddress() {
        Page second = stage.visit(demo.page().url(), new Browser.NewContextOptions());
        DemoRig other = stage.rig(second, "[data-rig]");
        other.pick("counter");
        demo.pick("counter");
        other.converges(Map.of("sandbags-placed", "120"));
        audience(demo, "A in another page", "B in another page");

        demo.client("a").row("sandbags-placed").increment();
        other.client("b").row("sandbags-placed").increment();
        demo.converges(Map.of("sandbags-placed", "122"));
        other.converges(Map.of("sandbags-placed", "122"));

        demo.race();
        other.race();
        Snapshot here = demo.converges(Map.of("sandbags-placed", "138"));
        Snapshot there = other.converges(Map.of("sandbags-placed", "138"));
        assertThat(there.digests()).isEqualTo(here.digests());
        assertThat(here.log()).anyMatch(line -> line.endsWith("+5 · A"))
                .anyMatch(line -> line.endsWith("+5 · A in another page"));

        second.context().close();
        demo.shows(rig -> assertThat(demo.root().locator("[data-note='audience']").innerText())
                .isEqualTo("here: A B"));
    }

    @Test
    void aClientInAnotherProcessEndsWithTheSameDigest() throws Exception {
        demo.pick("counter");
        try (JvmReplica replica = JvmReplica.open(stage.server(), demo.documentId(), "Ada")) {
            audience(demo, "Ada");
            demo.race();
            replica.edit(container -> {
                container.object("counter", SharedCounter.TYPE).increment(2);
                container.object("map", SharedMap.TYPE).set("mill-race", JsonValue.of(99));
                container.object("or-map", SharedOrMap.TYPE).remove("wash-fill");
            });
            demo.converges(Map.of("sandbags-placed", "130"));
            demo.pick("or-map");
            demo.converges(Map.of("wash-fill", "struck"));
            demo.client("b").row("wash-fill").reopen();
            demo.converges(Map.of("wash-fill", "12"));
            demo.pick("map");
            Snapshot ended = demo.converges(Map.of("mill-race", "99"));
            assertThat(ended.log()).anyMatch(line -> line.endsWith("set mill-race = 99 · Ada"));
            demo.shows(rig -> {
                try {
                    assertThat(replica.digest()).isEqualTo(ended.digests().get(0));
                } catch (Exception e) {
                    throw new AssertionError("no digest", e);
                }
            });
        }
    }

    @Test
    void theServerStartsAClientOnItsOwnJvm() {
        demo.startJvmClient();
        demo.shows(rig -> assertThat(rig.said()).startsWith("A Java client has joined"));
        audience(demo, "JVM");
        demo.shows(rig -> assertThat(rig.log()).anyMatch(line -> line.endsWith("· JVM")));
        demo.race();
        demo.convergesSaying("A and B edited");
        demo.screenshot("jvm-client-" + target);
    }

    private static void audience(DemoRig demo, String... names) {
        demo.shows(rig -> assertThat(demo.root().locator("[data-note='audience']").innerText()).contains(names));
    }
}
