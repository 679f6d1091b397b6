package dev.thalweg.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalTest {
    @Test
    void isReadAndSpelled() throws Exception {
        for (Signal signal : List.of(new Signal("a", "text", null), new Signal(null, "", "b"))) {
            assertThat(Signal.read(signal.toJson())).isEqualTo(signal);
        }
        assertThat(new Signal("a", "x", "b").toJson().toJson())
                .isEqualTo("{\"clientId\":\"a\",\"content\":\"x\",\"targetClientId\":\"b\"}");
        JsonObject good = new Signal("a", "x", "b").toJson();
        Wire.assertRequired(good, Signal::read, "content");
        Wire.assertTyped(good, Signal::read, "clientId", "targetClientId");
        // Older clients send objects; they are passed on as text.
        assertThat(Signal.read(Wire.object("{\"content\":{\"a\":1}}"))).isEqualTo(new Signal(null, "{\"a\":1}", null));
    }

    /** As Fluid's service sends them: no type of their own, and the content a string, or its client throws. */
    @Test
    void joinsAndLeavesAreTheServicesOwn() {
        Client client = new Client(ConnectionMode.WRITE, true, null, null, JsonObject.of("id", JsonValue.of("u")),
                List.of(Scopes.READ));
        assertThat(Signal.join("c", client).toJson().toJson()).isEqualTo(
                "{\"clientId\":null,\"content\":\"{\\\"type\\\":\\\"join\\\",\\\"content\\\":{\\\"clientId\\\":\\\"c\\\","
                        + "\\\"client\\\":{\\\"details\\\":{\\\"capabilities\\\":{\\\"interactive\\\":true}},"
                        + "\\\"permission\\\":[],\\\"scopes\\\":[\\\"doc:read\\\"],\\\"user\\\":{\\\"id\\\":\\\"u\\\"},"
                        + "\\\"mode\\\":\\\"write\\\"}}}\"}");
        assertThat(Signal.leave("c").toJson().toJson())
                .isEqualTo(
                        "{\"clientId\":null,\"content\":\"{\\\"type\\\":\\\"leave\\\",\\\"content\\\":\\\"c\\\"}\"}");
    }
}
