package dev.thalweg.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class GitJsonTest {
    private static final String ID = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

    @Test
    void treesTravelInTheShapeTheDriversRead() throws Exception {
        List<SummaryStore.Listed> parts = List.of(new SummaryStore.Listed("a", true, ID, 0),
                new SummaryStore.Listed("a/b", false, ID, 7));
        JsonObject json = GitJson.tree("root", parts);
        assertThat(json.toJson()).isEqualTo("{\"sha\":\"root\",\"tree\":[{\"path\":\"a\",\"mode\":\"40000\",\"sha\":\""
                + ID
                + "\",\"size\":0,\"type\":\"tree\",\"url\":\"\"},{\"path\":\"a/b\",\"mode\":\"100644\",\"sha\":\"" + ID
                + "\",\"size\":7,\"type\":\"blob\",\"url\":\"\"}],\"url\":\"\"}");
        assertThat(GitJson.readTree(json)).isEqualTo(parts);
    }

    @Test
    void treesToKeepTravelAsTheStockClientSendsThem() throws Exception {
        List<GitTree.Entry> entries = List.of(new GitTree.Entry("A", true, ID), new GitTree.Entry("b", false, ID));
        String json = "{\"tree\":[{\"mode\":\"040000\",\"path\":\"A\",\"sha\":\"" + ID
                + "\",\"type\":\"tree\"},{\"mode\":\"100644\",\"path\":\"b\",\"sha\":\"" + ID
                + "\",\"type\":\"blob\"}]}";
        assertThat(GitJson.newTree(entries).toJson()).isEqualTo(json);
        assertThat(GitJson.readNewTree(object(json))).isEqualTo(entries);
        for (String wrong : List.of("{}", "{\"tree\":1}", "{\"tree\":[1]}",
                "{\"tree\":[{\"path\":\"a\",\"sha\":\"b\"}]}",
                "{\"tree\":[{\"path\":\"a\",\"sha\":\"b\",\"type\":\"commit\"}]}")) {
            assertThatThrownBy(() -> GitJson.readNewTree(object(wrong))).as(wrong)
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void blobsTravelAsBase64AndAreTakenAsEither() throws Exception {
        GitBlob blob = GitBlob.of("h\u00e9");
        JsonObject json = GitJson.blob(blob);
        assertThat(json.string("content")).isEqualTo("aMOp");
        assertThat(json.integer("size", 0, 9)).isEqualTo(3);
        assertThat(json.string("sha")).isEqualTo(blob.id());
        assertThat(GitJson.readBlob(json)).isEqualTo(blob.body());
        assertThat(GitJson.readBlob(GitJson.newBlob(SummaryNode.Blob.of("h\u00e9")))).isEqualTo(blob.body());
        assertThat(GitJson.readBlob(GitJson.newBlob(new SummaryNode.Blob("aMOp", true)))).isEqualTo(blob.body());
        assertThatThrownBy(() -> GitJson.readBlob(object("{\"content\":\"*\",\"encoding\":\"base64\"}")))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("base64");
    }

    @Test
    void commitsTravelAsVersions() throws Exception {
        GitCommit commit = new GitCommit(ID, List.of(ID), "n", "e", 1795198255, "m\n");
        JsonObject json = GitJson.commit("id", commit);
        assertThat(json.string("sha")).isEqualTo("id");
        assertThat(json.object("commit").object("tree").string("sha")).isEqualTo(ID);
        assertThat(json.object("commit").object("author").string("date")).isEqualTo("2026-11-20T18:10:55.000Z");
        assertThat(json.array("parents").size()).isEqualTo(1);
    }

    @Test
    void datesAreThoseOfTheCalendar() {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                .withZone(ZoneOffset.UTC);
        for (long seconds = 0; seconds < 13_000_000_000L; seconds += 86_399 * 3 + 7) {
            assertThat(GitJson.date(seconds)).isEqualTo(format.format(Instant.ofEpochSecond(seconds)));
        }
    }

    private static JsonObject object(String text) throws ProtocolException {
        return JsonCasts.object(JsonValue.parse(text), "value");
    }
}
