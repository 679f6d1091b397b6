package dev.thalweg.dds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.dds.claims.SharedClaims;
import dev.thalweg.dds.gcounter.SharedGCounter;
import dev.thalweg.dds.gset.SharedGSet;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.dds.orset.SharedOrSet;
import dev.thalweg.dds.pncounter.SharedPnCounter;
import dev.thalweg.dds.twophaseset.SharedTwoPhaseSet;
import dev.thalweg.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples in docs/wire.md: the operations of a structure, one after another, end in the summary shown for it. */
class WireDocumentTest {
    private static final List<ChannelType<?>> TYPES = List.of(SharedPnCounter.TYPE, SharedOrMap.TALLY,
            SharedOrMap.REGISTER, SharedClaims.TYPE, SharedGCounter.TYPE, SharedGSet.TYPE, SharedTwoPhaseSet.TYPE,
            SharedOrSet.TYPE);
    private static final String URL = "https://thalweg.dev/types/";

    @TestFactory
    List<DynamicTest> theOperationsShownEndInTheSummaryShown() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (ChannelType<?> type : TYPES) {
            String name = type.attributes().type().substring(URL.length());
            List<String> operations = blocks(name + " operation");
            List<String> headers = blocks(name + " header");
            tests.add(DynamicTest.dynamicTest(name, () -> play(type, operations, headers)));
        }
        return tests;
    }

    @Test
    void everyTypeIsInTheTable() throws IOException {
        String page = Files.readString(page());
        for (ChannelType<?> type : TYPES) {
            ChannelAttributes attributes = type.attributes();
            assertThat(page)
                    .contains("| `" + attributes.type() + "` | `" + attributes.snapshotFormatVersion() + "` |");
        }
    }

    private static void play(ChannelType<?> type, List<String> operations, List<String> headers) throws Exception {
        assertThat(operations).isNotEmpty();
        assertThat(headers).hasSize(1);
        SharedObject<?, ?> channel = type.create("channel", "reader");
        RecordingHost host = new RecordingHost();
        channel.bind(host);
        for (String operation : operations) {
            assertThat(JsonValue.parse(operation).toJson()).isEqualTo(operation);
            host.remote(channel, operation);
        }
        assertThat(channel.summarize().text("header")).isEqualTo(headers.get(0));
        SharedObject<?, ?> loaded = type.load("channel", "other", channel.summarize());
        assertThat(loaded.summarize()).isEqualTo(channel.summarize());
        assertThat(loaded.snapshot()).isEqualTo(channel.snapshot());
    }

    /** The fenced blocks that say so. */
    private static List<String> blocks(String kind) throws IOException {
        List<String> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(page());
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("```json " + kind)) {
                blocks.add(lines.get(i + 1));
            }
        }
        return blocks;
    }

    private static Path page() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/wire.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/wire.md");
    }
}
