package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.thalweg.driver.InsecureTokens;
import dev.thalweg.ephemeral.EphemeralChange;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.jvm.JvmPlatform;
import dev.thalweg.platform.Failure;
import dev.thalweg.sync.SyncLimits;
import dev.thalweg.sync.SyncSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page and a program on the JVM edit tables that meet at the packaged server. */
class SyncIT {
    private static final JsonObject USER = JsonObject.builder().put("id", "u").put("name", "u").build();
    private static final String BOTH = "{\"rows\":{\"by the JVM\":{\"v\":2},\"by the browser\":{\"v\":1}},\"present\":2}";

    @RegisterExtension
    final Stage stage = new Stage();

    private static final class Quiet implements SyncSession.Listener<List<RowChange>> {
        @Override
        public void changed(List<RowChange> changes) {}

        @Override
        public void present(List<EphemeralChange> changes) {}

        @Override
        public void synced() {}

        @Override
        public void failed(Failure failure) {}
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(50)).until(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"js", "wasm"})
    void aPageAndAProgramHaveTheSameTables(String target) throws Exception {
        String document = "sync-" + target;
        InsecureTokens tokens = new InsecureTokens("12345", USER);
        String base = stage.server().address("/");
        TableDocument tables = new TableDocument("jvm");
        EphemeralStore presence = new EphemeralStore("jvm");
        try (JvmPlatform machine = new JvmPlatform();
                Program program = stage.program("conformance/conformance", target)) {
            SyncSession<List<RowChange>> session = new SyncSession<>(machine.platform(), base,
                    () -> tokens.sign("tinylicious", document, System.currentTimeMillis()), tables, presence,
                    SyncLimits.DEFAULT, new Quiet());
            machine.run(() -> {
                tables.insert("t", "by the JVM", JsonObject.of("v", JsonValue.of(2)));
                session.start();
            }).get(10, TimeUnit.SECONDS);
            Page page = program.page();
            page.evaluate("""
                    async ({ path, target, base, token }) => {
                      const load = async () => {
                        if (target === "js") return import(path + ".js");
                        const runtime = await import(path + ".wasm-runtime.js");
                        return (await runtime.load(path + ".wasm")).exports;
                      };
                      const exports = await load();
                      window.syncState = () => exports.sync(base, token);
                      window.syncState();
                    }""", Map.of("path", program.path(), "target", target, "base", base, "token",
                    tokens.sign("tinylicious", document, System.currentTimeMillis())));
            until(() -> machine.call(() -> presence.get("cursors", "browser") != null).get(10, TimeUnit.SECONDS));
            machine.run(() -> session.set("cursors", "jvm", JsonValue.of(4))).get(10, TimeUnit.SECONDS);
            until(() -> BOTH.equals(page.evaluate("() => window.syncState()")));
            assertThat(machine.call(() -> tables.rows("t").keySet()).get(10, TimeUnit.SECONDS))
                    .containsExactlyInAnyOrder("by the JVM", "by the browser");
        }
    }
}
