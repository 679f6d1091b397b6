package dev.thalweg.sequencing;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.Client;
import dev.thalweg.protocol.ConnectionMode;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tests of this package say to a sequencer. */
final class Sequencing {
    private Sequencing() {}

    static DocumentMessage message(int csn, int rsn, MessageType type, @Nullable String contents) {
        return new DocumentMessage(csn, rsn, type, contents == null ? null : new RawJson(contents), null, null);
    }

    static DocumentMessage op(int csn, int rsn) {
        return message(csn, rsn, MessageType.OP, "\"x\"");
    }

    static Client writer(List<String> scopes) {
        return new Client(ConnectionMode.WRITE, true, null, null, JsonObject.of("id", JsonValue.of("u")), scopes);
    }

    static Client writer() {
        return writer(Scopes.ALL);
    }
}
