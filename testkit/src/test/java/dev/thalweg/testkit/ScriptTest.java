package dev.thalweg.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void whatWasGeneratedCanBeWrittenAndReadBack() throws Exception {
        for (StructureModel<?> model : Models.all()) {
            for (int seed = 1; seed <= 20; seed++) {
                Script script = RandomRunner.generate(model, seed).script();
                assertThat(Script.read(JsonValue.parse(script.toJson().toJson()))).isEqualTo(script);
            }
        }
    }

    @Test
    void anErrorNamesTheStep() {
        assertThatThrownBy(() -> Script.read(JsonValue.parse("{\"dds\":\"map\",\"steps\":[{\"a\":\"join\",\"c\":0},"
                + "{\"a\":\"jump\"}]}"))).isInstanceOf(ProtocolException.class).hasMessageContaining("step 1")
                .hasMessageContaining("jump");
        assertThatThrownBy(
                () -> Script.read(JsonValue.parse("{\"dds\":\"map\",\"steps\":[{\"a\":\"join\",\"c\":64}]}")))
                .isInstanceOf(ProtocolException.class).hasMessageContaining("64");
    }
}
