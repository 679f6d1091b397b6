package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.thalweg.driver.InsecureTokens;
import dev.thalweg.ephemeral.EphemeralChange;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TextChange;
import dev.thalweg.eventgraph.TextDocument;
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

/** A page and a program on the JVM edit tables and a text that meet at the packaged server. */
class SyncIT {
    private static final JsonObject USER = JsonObject.builder().put("id", "u").put("name", "u").build();
    private static final String BOTH = "{\"rows\":{\"by the JVM\":{\"v\":2},\"by the browser\":{\"v\":1}},\"present\":2,";

    @RegisterExtension
    final Stage stage = new Stage();

    private static final class Quiet<C> implements SyncSession.Listener<C> {
        @Override
        public void changed(C changes) {}

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
    void aPageAndAProgramHaveTheSameTablesAndText(String target) throws Exception {
        String document = "sync-" + target;
        InsecureTokens tokens = new InsecureTokens("12345", USER);
        String base = stage.server().address("/");
        String prose = "sync-text-" + target;
        TableDocument tables = new TableDocument("jvm");
        TextDocument text = new TextDocument("jvm");
        EphemeralStore presence = new EphemeralStore("jvm");
        try (JvmPlatform machine = new JvmPlatform();
                Program program = stage.program("conformance/conformance", target)) {
            SyncSession<List<RowChange>> session = new SyncSession<>(machine.platform(), base,
                    () -> tokens.sign("tinylicious", document, System.currentTimeMillis()), tables, presence,
                    SyncLimits.DEFAULT, new Quiet<>());
            SyncSession<TextChange> textSession = new SyncSession<>(machine.platform(), base,
                    () -> tokens.sign("tinylicious", prose, System.currentTimeMillis()), text,
                    new EphemeralStore("jvm"),
                    SyncLimits.DEFAULT, new Quiet<>());
            machine.run(() -> {
                text.insert(0, "By the JVM. ");
                textSession.start();
                tables.insert("t", "by the JVM", JsonObject.of("v", JsonValue.of(2)));
                session.start();
            }).get(10, TimeUnit.SECONDS);
            Page page = program.page();
            page.evaluate("""
                    async ({ path, target, base, tables, text }) => {
                      const load = async () => {
                        if (target === "js") return import(path + ".js");
                        const runtime = await import(path + ".wasm-runtime.js");
                        return (await runtime.load(path + ".wasm")).exports;
                      };
                      const exports = await load();
                      window.syncState = () => exports.sync(base, tables, text);
                      window.syncState();
                    }""", Map.of("path", program.path(), "target", target, "base", base, "tables",
                    tokens.sign("tinylicious", document, System.currentTimeMillis()), "text",
                    tokens.sign("tinylicious", prose, System.currentTimeMillis())));
            until(() -> machine.call(() -> presence.get("cursors", "browser") != null).get(10, TimeUnit.SECONDS));
            machine.run(() -> session.set("cursors", "jvm", JsonValue.of(4))).get(10, TimeUnit.SECONDS);
            until(() -> page.evaluate("() => window.syncState()") instanceof String state && state.startsWith(BOTH));
            until(() -> machine.call(text::length).get(10, TimeUnit.SECONDS) == 28);
            machine.run(() -> {
                text.insert(text.length(), "And on. ");
                textSession.send();
            }).get(10, TimeUnit.SECONDS);
            String written = machine.call(text::text).get(10, TimeUnit.SECONDS);
            assertThat(written).contains("By the JVM. ").contains("By the browser. ").endsWith("And on. ");
            until(() -> page.evaluate("() => window.syncState()") instanceof String state
                    && state.endsWith("\"text\":\"" + written + "\",\"copy\":\"" + written + "\"}"));
            assertThat(machine.call(() -> tables.rows("t").keySet()).get(10, TimeUnit.SECONDS))
                    .containsExactlyInAnyOrder("by the JVM", "by the browser");
        }
    }
}
