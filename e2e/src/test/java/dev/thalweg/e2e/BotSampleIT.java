package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.dds.map.SharedMap;
import dev.thalweg.dds.ormap.SharedOrMap;
import dev.thalweg.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bot, beside the page whose document it tidies. */
class BotSampleIT {
    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void theBotTidiesTheDemosDocument() throws Exception {
        DemoRig demo = stage.open("target=wasm-gc", "");
        demo.converges();
        String address = demo.page().url();
        try (JvmReplica ada = JvmReplica.open(stage.server(), demo.documentId(), "Ada")) {
            ada.edit(document -> document.object("map", SharedMap.TYPE).set("mill-race", JsonValue.of(400)));
            try (SampleProcess bot = Samples.run("bot", List.of(address))) {
                assertThat(bot.says("looking after ")).isEqualTo(demo.documentId());
                assertThat(bot.says("mill-race")).isEqualTo(" showed 400, now 100");
                demo.pick("map");
                demo.converges(Map.of("mill-race", "100"));

                ada.edit(document -> {
                    document.object("map", SharedMap.TYPE).set("low-ford", JsonValue.of(-3));
                    document.object("map", SharedMap.TYPE).set("hat", JsonValue.of("somebody's"));
                    document.object("or-map", SharedOrMap.TALLY).increment("wash-fill", -1000);
                });
                bot.says("low-ford showed -3, now 0");
                bot.says("hat is no gauge, removed");
                demo.converges(Map.of("low-ford", "0"));
                demo.pick("or-map");
                demo.converges(Map.of("wash-fill", "0"));
            }
        }
    }

    @Test
    void itSaysHowItIsUsed() throws Exception {
        try (SampleProcess bot = Samples.run("bot", List.of("http://localhost:7070/"))) {
            bot.says("usage: ");
            assertThat(bot.end()).isEqualTo(2);
        }
    }
}
