package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Questions about graphs, with the answers that diamond-types gives. */
class CausalGraphCasesTest {
    private static List<JsonObject> cases(String name) throws IOException, ProtocolException {
        Path file = Repository.data().resolve("eg-walker/causal_graph").resolve(name);
        if (!Files.exists(file)) {
            System.out.println("Skipped: there is no " + file + "; -Dthalweg.data says where the large corpora are.");
            Assumptions.abort("no " + file);
        }
        List<JsonObject> cases = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                cases.add(JsonCasts.object(JsonValue.parse(line), "case"));
            }
        }
        assertThat(cases).isNotEmpty();
        return cases;
    }

    private static EventGraph graph(JsonObject each) throws ProtocolException {
        EventGraph graph = new EventGraph();
        int agent = 0;
        for (JsonValue value : each.array("hist").values()) {
            JsonObject entry = JsonCasts.object(value, "entry");
            int[] span = version(entry.array("span"));
            // An agent each, so that the entries stay runs of their own.
            graph.append(graph.agents().findOrAdd("agent" + agent++), span[1] - span[0],
                    version(entry.array("parents")));
        }
        return graph;
    }

    private static int[] version(JsonArray array) throws ProtocolException {
        int[] version = new int[array.size()];
        for (int i = 0; i < version.length; i++) {
            version[i] = JsonCasts.integer(array.get(i), "event", -1, Integer.MAX_VALUE);
        }
        return version;
    }

    @Test
    void contains() throws IOException, ProtocolException {
        for (JsonObject each : cases("version_contains.json")) {
            int target = each.integer("target", -1, Integer.MAX_VALUE);
            if (target >= 0) {
                assertThat(graph(each).contains(version(each.array("frontier")), target)).as(each.toJson())
                        .isEqualTo(each.optionalBool("expected", false));
            }
        }
    }

    @Test
    void differences() throws IOException, ProtocolException {
        for (JsonObject each : cases("diff.json")) {
            VersionDiff diff = graph(each).diff(version(each.array("a")), version(each.array("b")));
            assertThat(diff.onlyA()).as(each.toJson()).isEqualTo(flat(each.array("expect_a")));
            assertThat(diff.onlyB()).as(each.toJson()).isEqualTo(flat(each.array("expect_b")));
        }
    }

    private static int[] flat(JsonArray ranges) throws ProtocolException {
        IntList flat = new IntList();
        for (JsonValue range : ranges.values()) {
            flat.addAll(version(JsonCasts.array(range, "range")));
        }
        return flat.toArray();
    }

    @Test
    void whereVersionsParted() throws IOException, ProtocolException {
        for (JsonObject each : cases("conflicting.json")) {
            IntList since = new IntList();
            int[] common = graph(each).ancestry().conflicts(version(each.array("a")), version(each.array("b")), since);
            assertThat(common).as(each.toJson()).isEqualTo(version(each.array("expect_common")));
            List<String> expected = new ArrayList<>();
            for (JsonValue value : each.array("expect_spans").values()) {
                JsonArray pair = JsonCasts.array(value, "span");
                JsonObject span = JsonCasts.object(pair.get(0), "span");
                String flag = JsonCasts.string(pair.get(1), "flag");
                for (int lv = span.integer("start", 0, 100); lv < span.integer("end", 0, 100); lv++) {
                    expected.add(lv + " " + flag);
                }
            }
            List<String> found = new ArrayList<>();
            for (int i = since.size() - 3; i >= 0; i -= 3) {
                for (int lv = since.get(i); lv < since.get(i + 1); lv++) {
                    found.add(lv + " " + List.of("", "OnlyA", "OnlyB", "Shared").get(since.get(i + 2)));
                }
            }
            assertThat(found).as(each.toJson()).isEqualTo(expected);
        }
    }
}
