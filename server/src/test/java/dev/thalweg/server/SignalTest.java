package dev.thalweg.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonArray;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.protocol.Scopes;
import org.junit.jupiter.api.Test;

/** Signals: to everyone or to one, never on record. */
class SignalTest extends OneDocument {
    private static JsonObject signal(RawClient client, String part) throws Exception {
        String frame = client.frame(text -> text.startsWith("42[\"signal\"") && text.contains(part));
        return (JsonObject) ((JsonArray) JsonValue.parse(frame.substring(2))).get(1);
    }

    @Test
    void reachEveryoneOrTheOneTheyAreMeantFor() throws Exception {
        try (RawClient a = RawClient.write(server, document); RawClient b = RawClient.read(server, document)) {
            a.signal(JsonValue.parse("{\"content\":\"to all\"}"));
            for (RawClient client : new RawClient[] {a, b}) {
                assertThat(signal(client, "to all").toJson())
                        .isEqualTo("{\"clientId\":\"" + a.clientId() + "\",\"content\":\"to all\"}");
            }
            b.signal(JsonValue.parse("{\"content\":\"to a\",\"targetClientId\":\"" + a.clientId() + "\"}"),
                    JsonValue.parse("{\"content\":\"to nobody\",\"targetClientId\":\"who\"}"),
                    JsonValue.parse("{\"content\":\"last\"}"));
            assertThat(signal(a, "to a").string("targetClientId")).isEqualTo(a.clientId());
            signal(a, "last");
            signal(b, "last");
            assertThat(b.unread()).noneMatch(frame -> frame.contains("to a\"") || frame.contains("nobody"));
            assertThat(server.deltas(document, 0, 100)).hasSize(1);
        }
    }

    @Test
    void ofTheOlderFormAreTextsAndListsOfTexts() throws Exception {
        try (RawClient a = RawClient.connected(server, document, "write", Scopes.ALL, false, null)) {
            a.signal(JsonValue.parse("[\"one\",\"two\"]"), JsonValue.of("three"));
            for (String word : new String[] {"one", "two", "three"}) {
                assertThat(signal(a, word).string("content")).isEqualTo(word);
            }
        }
    }

    @Test
    void thatCannotBeReadAreRefused() throws Exception {
        try (RawClient a = RawClient.write(server, document)) {
            a.signal(JsonValue.parse("{\"nocontent\":1}"));
            assertThat(a.nack().string("message")).startsWith("Invalid signal message");
            a.event("submitSignal", JsonValue.of(a.clientId()), JsonValue.of("bad"));
            assertThat(a.nack().string("message")).startsWith("Invalid signal message");
            a.event("submitSignal", JsonValue.of("another"), JsonArray.EMPTY);
            assertThat(a.nack().string("message")).isEqualTo("Nonexistent client");
            a.signal(JsonValue.parse("{\"content\":{\"not\":\"text\"}}"));
            assertThat(signal(a, "not").string("content")).isEqualTo("{\"not\":\"text\"}");
        }
    }
}
