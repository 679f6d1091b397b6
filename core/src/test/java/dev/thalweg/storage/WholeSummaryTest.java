package dev.thalweg.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonCasts;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeSummaryTest {
    private static final String TEXT = "{\"type\":\"tree\",\"entries\":[{\"value\":{\"type\":\"tree\",\"entries\":["
            + "{\"value\":{\"type\":\"blob\",\"content\":\"{}\",\"encoding\":\"utf-8\"},\"path\":\"a%2Fb\","
            + "\"type\":\"blob\"}]},\"path\":\".channels\",\"type\":\"tree\"},{\"value\":{\"type\":\"blob\","
            + "\"content\":\"/wA=\",\"encoding\":\"base64\"},\"path\":\"0\",\"type\":\"blob\"}]}";

    @Test
    void readsAndSpellsWhatTheStockClientSends() throws Exception {
        SummaryNode.Tree tree = WholeSummary.read(object(TEXT));
        assertThat(tree).isEqualTo(new SummaryBuilder().put(".channels", new SummaryBuilder().text("a/b", "{}").build())
                .put("0", new SummaryNode.Blob("/wA=", true)).build());
        assertThat(WholeSummary.toJson(tree).toJson()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"entries\":{}}", "{\"entries\":[1]}", "{\"entries\":[{}]}",
        "{\"entries\":[{\"path\":\"a\",\"type\":\"blob\"}]}",
        "{\"entries\":[{\"path\":\"a\",\"type\":\"commit\",\"value\":{}}]}",
        "{\"entries\":[{\"path\":\"\",\"type\":\"tree\",\"value\":{\"entries\":[]}}]}",
        "{\"entries\":[{\"path\":\"%zz\",\"type\":\"tree\",\"value\":{\"entries\":[]}}]}",
        "{\"entries\":[{\"path\":\"a\",\"type\":\"tree\",\"value\":{\"entries\":[]}},"
                + "{\"path\":\"%61\",\"type\":\"tree\",\"value\":{\"entries\":[]}}]}",
        "{\"entries\":[{\"path\":\"a\",\"type\":\"blob\",\"value\":{\"content\":1,\"encoding\":\"utf-8\"}}]}",
        "{\"entries\":[{\"path\":\"a\",\"type\":\"blob\",\"value\":{\"content\":\"*\",\"encoding\":\"base64\"}}]}",
        "{\"entries\":[{\"path\":\"a\",\"type\":\"blob\",\"value\":{\"content\":\"x\",\"encoding\":\"latin-1\"}}]}"})
    void refusesWhatIsNoSummary(String text) throws Exception {
        JsonObject object = object(text);
        assertThatThrownBy(() -> WholeSummary.read(object)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesDepthBeyondTheLimit() throws Exception {
        String text = "{\"entries\":[]}";
        for (int i = 0; i < 60; i++) {
            text = "{\"entries\":[{\"path\":\"a\",\"type\":\"tree\",\"value\":" + text + "}]}";
        }
        String deep = text;
        assertThatThrownBy(() -> object(deep)).isInstanceOf(ProtocolException.class).hasMessageContaining("128");
    }

    @Test
    void refusesToSpellWhatRefersToAnotherSummary() {
        assertThatThrownBy(() -> WholeSummary
                .toJson(new SummaryBuilder().put("a", new SummaryNode.Handle("/x", true)).build()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("/x");
        assertThatThrownBy(() -> WholeSummary
                .toJson(new SummaryBuilder().put("a", new SummaryNode.Attachment("id")).build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonObject object(String text) throws ProtocolException {
        return JsonCasts.object(JsonValue.parse(text), "summary");
    }
}
