package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.container.Rig.Peer;
import dev.thalweg.dds.counter.SharedCounter;
import dev.thalweg.dds.directory.Directory;
import dev.thalweg.dds.directory.SharedDirectory;
import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.json.JsonValue;
import dev.thalweg.storage.SummaryNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is read and written here without the structure is what the structure reads and writes. */
class RootDirectoryTest {
    @Test
    void theStructureWritesTheSame() throws Exception {
        Map<String, String> paths = new LinkedHashMap<>();
        paths.put("gauges", "/A/_C");
        paths.put("9", "/A/_E");
        SummaryNode.Tree written = RootDirectory.write(paths, DocumentFormat.rootDirectoryAttributes());
        SharedDirectory directory = SharedDirectory.TYPE.load("root", "r", written);
        assertThat(directory.type().attributes().type()).isEqualTo(RootDirectory.TYPE);
        assertThat(directory.getWorkingDirectory("initial-objects-key").keys()).containsExactly("gauges", "9");
        assertThat(RootDirectory.read(directory.summarize())).isEqualTo(paths);
        paths.remove("9");
        written = RootDirectory.write(paths, DocumentFormat.rootDirectoryAttributes());
        assertThat(SharedDirectory.TYPE.load("root", "r", written).summarize().text("header"))
                .isEqualTo(written.text("header"));
    }

    @Test
    void aProgramThatKnowsDirectoriesSeesTheRootAsOne() {
        Rig rig = new Rig();
        Peer a = rig.create();
        rig.types = ChannelTypes.of(SharedMap.TYPE, SharedCounter.TYPE, SharedDirectory.TYPE);
        Peer b = rig.join();
        a.set("k", 1);
        rig.service.settle();
        assertThat(b.get("k")).isEqualTo(JsonValue.of(1));
        SharedDirectory root = (SharedDirectory) Objects
                .requireNonNull(b.container.runtime().stores.resolve("/rootDOId/root")).object();
        Directory objects = Objects.requireNonNull(root).getSubDirectory("initial-objects-key");
        assertThat(Objects.requireNonNull(objects).keys()).containsExactly("gauges", "sandbags");
        root.set("title", JsonValue.of("x"));
        rig.service.settle();
        assertThat(b.container.dirty()).isFalse();
        assertThat(a.container.connectionState()).isEqualTo(ConnectionState.CONNECTED);
        a.set("k", 2);
        rig.service.settle();
        assertThat(b.get("k")).isEqualTo(JsonValue.of(2));
        Peer c = rig.join();
        assertThat(c.get("k")).isEqualTo(JsonValue.of(2));
    }
}
