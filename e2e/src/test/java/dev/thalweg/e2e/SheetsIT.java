package dev.thalweg.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Each sheet: what it starts with, what its buttons do, its race and its rule, a duplicate, and its reset. */
@ParameterizedClass
@ValueSource(strings = {"wasm-gc", "js"})
class SheetsIT {
    @RegisterExtension
    final Stage stage = new Stage();

    @Parameter
    String target;

    private DemoRig demo;

    @BeforeEach
    void open() {
        demo = stage.open("target=" + target, "");
        assertThat(demo.converges().target()).isEqualTo(target);
    }

    @Test
    void riverGaugesTakeTheLastWriteInLine() {
        Map<String, String> seed = Map.of("mill-race", "24", "kettle-run", "61", "low-ford", "42");
        demo.pick("map");
        demo.converges(seed);

        demo.client("a").row("mill-race").increment();
        demo.client("b").row("low-ford").decrement();
        Snapshot before = demo.converges(Map.of("mill-race", "25", "low-ford", "41", "kettle-run", "61"));
        assertThat(before.log()).anyMatch(line -> line.endsWith("set mill-race = 25 · A"))
                .anyMatch(line -> line.endsWith("set low-ford = 41 · B"));

        demo.race();
        Snapshot after = demo.convergesSaying("A and B edited");
        String gauge = said(after, "A and B edited (\\S+) at once");
        int base = Integer.parseInt(before.value("a", gauge));
        List<String> writes = after.log().stream().filter(line -> line.contains("set " + gauge + " = "))
                .filter(line -> number(line) > before.sequenceNumber()).toList();
        assertThat(writes).hasSize(2).anyMatch(line -> line.endsWith("= " + (base + 10) + " · A"))
                .anyMatch(line -> line.endsWith("= " + (base - 10) + " · B"));
        assertThat(writes.get(0)).as("the write with the higher number")
                .contains("= " + after.value("a", gauge) + " ·");
        assertThat(after.rule()).contains("last sequenced write wins");
        demo.screenshot("map-" + target);

        demo.reset();
        demo.converges(seed);
    }

    @Test
    void sandbagsAddUp() {
        demo.pick("counter");
        demo.converges(Map.of("sandbags-placed", "120"));

        demo.client("a").row("sandbags-placed").increment();
        demo.client("b").row("sandbags-placed").increment();
        demo.client("b").row("sandbags-placed").increment();
        demo.client("b").row("sandbags-placed").decrement();
        demo.converges(Map.of("sandbags-placed", "122"));

        demo.race();
        Snapshot after = demo.converges(Map.of("sandbags-placed", "130"));
        assertThat(after.log().subList(0, 2)).anyMatch(line -> line.endsWith("sandbags-placed +5 · A"))
                .anyMatch(line -> line.endsWith("sandbags-placed +3 · B"));
        assertThat(after.rule()).contains("Increments commute");
        assertThat(demo.control("redeliver").isVisible()).as("a counter would count a duplicate").isFalse();
        demo.screenshot("counter-" + target);

        demo.reset();
        demo.converges(Map.of("sandbags-placed", "120"));
    }

    @Test
    void earthworkKeepsTwoLedgersAndCountsADuplicateOnce() {
        String key = "earthwork-balance";
        demo.pick("pn-counter");
        demo.converges(Map.of(key, "44"));
        ledgers(demo.snapshot(), key, "fill 74, cut 30");

        demo.client("a").row(key).increment();
        demo.client("b").row(key).decrement();
        demo.client("b").row(key).decrement();
        ledgers(demo.converges(Map.of(key, "43")), key, "fill 75, cut 32");

        demo.race();
        Snapshot raced = demo.converges(Map.of(key, "47"));
        ledgers(raced, key, "fill 87, cut 40");
        assertThat(raced.rule()).contains("duplicate counts once");

        absorbed(raced);
        ledgers(demo.converges(Map.of(key, "47")), key, "fill 87, cut 40");
        demo.screenshot("pn-counter-" + target);

        demo.reset();
        ledgers(demo.converges(Map.of(key, "44")), key, "fill 87, cut 43");
    }

    @Test
    void aDeliveryKeepsAStruckStockpileAndReopeningBringsItsLedgerBack() {
        Map<String, String> seed = Map.of("spoil-north", "18", "borrow-pit-7", "-6", "wash-fill", "12");
        demo.pick("or-map");
        demo.converges(seed);

        demo.client("a").row("spoil-north").increment();
        demo.client("b").row("borrow-pit-7").decrement();
        demo.client("b").row("wash-fill").strike();
        Snapshot struck = demo.converges(Map.of("spoil-north", "19", "borrow-pit-7", "-7", "wash-fill", "struck"));
        assertThat(struck.client("a").row("wash-fill").actions()).containsExactly("reopen");

        demo.client("a").row("wash-fill").reopen();
        Snapshot before = demo.converges(Map.of("spoil-north", "19", "borrow-pit-7", "-7", "wash-fill", "12"));

        demo.race();
        Snapshot raced = demo.convergesSaying("A and B edited");
        String pile = said(raced, "A and B edited (\\S+) at once");
        assertThat(raced.log()).anyMatch(line -> line.endsWith("strike " + pile + " · A"))
                .anyMatch(line -> line.endsWith(pile + " +6 · B"));
        assertThat(Integer.parseInt(raced.value("a", pile))).as("the delivery keeps the row, with all it held")
                .isEqualTo(Integer.parseInt(before.value("a", pile)) + 6);
        assertThat(raced.rule()).contains("a delivery made meanwhile wins");

        absorbed(raced);
        demo.converges(Map.of(pile, raced.value("a", pile)));
        demo.screenshot("or-map-" + target);

        demo.reset();
        demo.converges(seed);
    }

    @Test
    void aStationGoesToTheFirstInLineAndTheLoserIsTold() {
        Map<String, String> seed = Map.of("north-levee", "free", "spillway-gate", "free", "pump-house", "Survey");
        demo.pick("claims");
        demo.converges(seed);

        demo.client("a").row("north-levee").claim();
        demo.converges(Map.of("north-levee", "A", "spillway-gate", "free", "pump-house", "Survey"));
        demo.client("b").row("pump-house").claim();
        demo.converges(Map.of("north-levee", "A", "spillway-gate", "free", "pump-house", "B"));

        demo.race();
        Snapshot raced = demo.shows(rig -> {
            assertThat(rig.state()).isEqualTo("converged");
            assertThat(rig.value("a", "spillway-gate")).isIn("A", "B").isEqualTo(rig.value("b", "spillway-gate"));
        });
        List<String> filed = raced.log().stream().filter(line -> line.contains("claim spillway-gate for")).toList();
        assertThat(filed).hasSize(2);
        String winner = raced.value("a", "spillway-gate");
        String loser = winner.equals("A") ? "B" : "A";
        assertThat(filed.get(1)).as("the first in line").endsWith("claim spillway-gate for " + winner + " · " + winner);
        assertThat(filed.get(0)).as("the second in line").contains("for " + loser + " · " + loser)
                .contains("refused, " + winner + " was first");
        assertThat(raced.client(loser.toLowerCase(Locale.ROOT)).row("spillway-gate").note())
                .isEqualTo("lost: " + winner + " was first in line");
        assertThat(raced.rule()).contains("The first claim in line wins");
        demo.screenshot("claims-" + target);

        demo.client("a").row("north-levee").claim();
        demo.converges(Map.of("north-levee", "free"));
        demo.reset();
        demo.converges(seed);
    }

    /** Delivers the last operation again: nobody's state changes, no number is given, and the log says so. */
    private void absorbed(Snapshot before) {
        demo.redeliver();
        Snapshot after = demo.convergesSaying("absorbed");
        assertThat(after.log().get(0)).contains("again").endsWith("· absorbed");
        assertThat(after.digests()).isEqualTo(before.digests());
        assertThat(after.log().stream().filter(line -> !line.contains(" again "))).as("no new operation")
                .isEqualTo(before.log().stream().limit(after.log().size() - 1L).toList());
    }

    private static void ledgers(Snapshot rig, String key, String both) {
        assertThat(rig.client("a").row(key).note()).endsWith(both);
        assertThat(rig.client("b").row(key).note()).endsWith(both);
    }

    private static String said(Snapshot rig, String regex) {
        return Pattern.compile(regex).matcher(rig.said()).results().map((MatchResult found) -> found.group(1))
                .findFirst().orElseThrow(() -> new AssertionError("not said: " + rig.said()));
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(1, line.indexOf(' ')));
    }
}
