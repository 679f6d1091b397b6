package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server ends while both clients write without a pause, and is started again on what it had written. */
class CrashIT {
    /** How a server ends. */
    private interface End {
        void end(StubProcess server) throws InterruptedException;
    }

    @RegisterExtension
    final Stage stage = new Stage();

    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(strings = {"wasm-gc", "js"})
    void nothingIsLostAndNothingCountsTwice(String target) throws Exception {
        stage.expect("ERR_CONNECTION_(REFUSED|RESET)");
        stage.expect("WebSocket connection to .* failed");
        stage.expect("ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_SOCKET_NOT_CONNECTED");
        try (StubProcess server = StubProcess.start(data)) {
            DemoRig demo = stage.open(server, "target=" + target, "");
            demo.pick("counter");
            Snapshot before = demo.converges(Map.of("sandbags-placed", "120"));

            for (End end : List.<End>of(StubProcess::kill, StubProcess::close)) {
                int number = demo.snapshot().sequenceNumber();
                storm(demo);
                demo.shows(rig -> assertThat(rig.sequenceNumber()).isGreaterThan(number + 40));
                end.end(server);
                Snapshot down = demo.shows(rig -> assertThat(rig.clients().values())
                        .allSatisfy(client -> assertThat(client.connection()).isNotEqualTo("connected")));
                assertThat(down.state()).isEqualTo("revising");
                calm(demo);
                demo.client("a").row("sandbags-placed").increment();
                demo.client("b").row("sandbags-placed").decrement();
                demo.shows(rig -> {
                    assertThat(rig.client("b").pending()).isPositive();
                    assertThat(rig.stamp()).startsWith("Server not reached — A and B try again, ");
                    assertThat(rig.said()).contains("Is it still running?");
                });
                assertThat(demo.client("a").root().innerText()).contains("server not reached");
                demo.screenshot("server-gone-" + target);

                server.restart();
                String expected = Integer.toString(120 + clicks(demo));
                Snapshot after = demo.converges(Map.of("sandbags-placed", expected));
                assertThat(after.sequenceNumber()).as("the line goes on").isGreaterThan(down.sequenceNumber());

                DemoRig newcomer = stage.open(server, "target=" + target, demo.documentId());
                newcomer.pick("counter");
                assertThat(newcomer.converges(Map.of("sandbags-placed", expected)).digests())
                        .isEqualTo(after.digests()).isNotEqualTo(before.digests());
                newcomer.page().context().close();
            }
        }
    }

    /** Presses + at both clients every few milliseconds, and counts. */
    private static void storm(DemoRig demo) {
        demo.root().evaluate("""
                rig => {
                  const buttons = rig.querySelectorAll("[data-key='sandbags-placed'] [data-action='increment']");
                  window.clicks ??= 0;
                  window.storm = setInterval(() => buttons.forEach(button => { button.click(); window.clicks++; }), 8);
                }""");
    }

    private static void calm(DemoRig demo) {
        demo.page().evaluate("clearInterval(window.storm)");
    }

    private static int clicks(DemoRig demo) {
        return (Integer) demo.page().evaluate("window.clicks");
    }
}
