package dev.thalweg.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.ChannelTypes;
import dev.thalweg.container.Container;
import dev.thalweg.container.ContainerSchema;
import dev.thalweg.container.ContainerServices;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonValue;
import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.loopback.LoopbackService;
import dev.thalweg.loopback.LoopbackTimers;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Outcome;
import dev.thalweg.testkit.cli.CodeSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The code on the front page compiles, does what the page says, and is this very code. */
class CodeSampleTest {
    private static final Path ROOT = Path.of(System.getProperty("thalweg.root"));

    @Test
    void twoReplicasEndTheSame() {
        // sample: begin
        var clock = new LoopbackTimers();
        Ids ids = new LoopbackIds(7);
        var service = new LoopbackService(clock, ids);
        var services = new ContainerServices(service, clock, ids,
                ChannelTypes.of(SharedMap.TYPE));
        var schema = ContainerSchema.builder()
                .object("gauges", SharedMap.TYPE).build();

        Container ann = Container.create(services, schema);
        SharedMap hers = ann.object("gauges", SharedMap.TYPE);
        hers.set("mill-race", JsonValue.of(24));

        ann.attach(then(id -> Container.load(services, id, schema, then(bob -> {
            SharedMap his = bob.object("gauges", SharedMap.TYPE);
            his.set("mill-race", JsonValue.of(14)); // both at once:
            hers.set("mill-race", JsonValue.of(34)); // each shows its own
            service.settle(); // deliver everything
            assertThat(his.snapshot()).isEqualTo(hers.snapshot());
        }))));
        service.settle();
        // sample: end
        assertThat(ann.pendingCount()).isZero();
        assertThat(hers.get("mill-race")).isIn(JsonValue.of(14), JsonValue.of(34));
        assertThat(service.log(ann.documentId())).isNotEmpty();
    }

    @Test
    void thePageShowsTheseLines() throws IOException {
        String lines = CodeSample.of(ROOT.resolve("web/src/test/java/dev/thalweg/web/CodeSampleTest.java"));
        String escaped = lines.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        assertThat(Files.readString(ROOT.resolve("web/static/index.html"))).contains(escaped);
    }

    private interface Use<T> {
        void use(T value);
    }

    private static <T> Outcome<T> then(Use<T> use) {
        return new Outcome<>() {
            @Override
            public void succeeded(T value) {
                use.use(value);
            }

            @Override
            public void failed(Failure failure) {
                throw new AssertionError(failure.message());
            }
        };
    }
}
