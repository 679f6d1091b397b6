package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.ThalwegClient;
import dev.thalweg.server.ServerOptions;
import dev.thalweg.server.ThalwegServer;
import dev.thalweg.server.storage.MemoryStore;
import dev.thalweg.testkit.cli.CodeSample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The ten lines of the README run, against a real service, and are these very lines. */
class ReadmeIT {
    private static final Path ROOT = Path.of(System.getProperty("thalweg.root"));

    @Test
    void twoProgramsCountTogether() throws Exception {
        ThalwegServer server = ThalwegServer.start(ServerOptions.DEFAULT.withAddress("127.0.0.1", 0),
                new MemoryStore());
        String url = "http://127.0.0.1:" + server.port();
        try {
            // sample: begin
            var types = ChannelTypes.of(SharedCounter.TYPE);
            var schema = ContainerSchema.builder().object("votes", SharedCounter.TYPE).build();
            var ada = ThalwegClient.at(url, "tinylicious", new InsecureTokenProvider("12345", "Ada"), types);
            var bob = ThalwegClient.at(url, "tinylicious", new InsecureTokenProvider("12345", "Bob"), types);

            Container hers = ada.createContainer(schema).join();
            String document = ada.attach(hers).join();
            Container his = bob.getContainer(document, schema).join();

            ada.run(() -> hers.object("votes", SharedCounter.TYPE).increment(2)).join(); // at once, then ordered
            bob.run(() -> his.object("votes", SharedCounter.TYPE).increment(3)).join(); // both end with 5
            // sample: end
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(ada.call(() -> hers.object("votes", SharedCounter.TYPE).value()).join()).isEqualTo(5);
                assertThat(bob.call(() -> his.object("votes", SharedCounter.TYPE).value()).join()).isEqualTo(5);
            });
            ada.close();
            bob.close();
        } finally {
            server.close();
        }
    }

    @Test
    void theReadmeShowsTheseLines() throws Exception {
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains(
                CodeSample.of(ROOT.resolve("e2e/src/test/java/dev/thalweg/e2e/ReadmeIT.java")));
    }
}
