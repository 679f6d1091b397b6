package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.jvm.InsecureTokenProvider;
import dev.thalweg.jvm.ThalwegClient;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The TypeScript sample, compiled strictly against the declarations, with a client on the JVM beside it. */
class ModuleSampleIT {
    private static final long LIMIT_SECONDS = 30;

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void aTerminalAndAProgramInJavaShareAPoll() throws Exception {
        Samples.install("module");
        String url = stage.server().address("");
        ContainerSchema schema = ContainerSchema.builder().object("votes", SharedOrMap.TALLY).build();
        try (SampleProcess sample = Samples.run("module", List.of("--url", url, "--name", "Ada"));
                ThalwegClient bob = ThalwegClient.at(url, "tinylicious", new InsecureTokenProvider("12345", "Bob"),
                        ChannelTypes.of(SharedOrMap.TALLY))) {
            String document = sample.says("poll ");
            sample.type("tea");
            sample.type("coffee");
            sample.says("votes coffee 1, tea 1");

            Container container = bob.getContainer(document, schema).get(LIMIT_SECONDS, TimeUnit.SECONDS);
            bob.connected(container).get(LIMIT_SECONDS, TimeUnit.SECONDS);
            sample.says("Bob is here");
            bob.run(() -> container.object("votes", SharedOrMap.TALLY).increment("tea", 2)).join();
            sample.says("votes coffee 1, tea 3");
            sample.type("undo");
            sample.says("taken back");

            assertThat(sample.end()).isZero();
            assertThat(sample.says("final ")).isEqualTo("tea 3");
        }
    }

    @Test
    void aDocumentThatIsNotThereIsSaidToBeSo() throws Exception {
        Samples.install("module");
        String url = stage.server().address("");
        try (SampleProcess sample = Samples.run("module", List.of("--url", url, "no-such-poll"))) {
            assertThat(sample.says(url + " says: ")).contains("no-such-poll");
            assertThat(sample.end()).isEqualTo(1);
        }
    }
}
