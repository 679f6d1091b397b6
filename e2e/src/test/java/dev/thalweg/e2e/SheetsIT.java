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

    @Test
    void whatIsWrittenIntoAFieldBookThatGoesGoesWithIt() {
        Map<String, String> seed = Map.of("upper-reach", "12", "middle-reach", "7", "estuary", "20");
        demo.pick("directory");
        demo.converges(seed);

        demo.client("a").row("upper-reach").increment();
        demo.client("b").row("middle-reach").decrement();
        demo.client("b").row("estuary").act("delete");
        demo.converges(Map.of("upper-reach", "13", "middle-reach", "6", "estuary", "no book"));
        demo.client("a").row("estuary").act("create");
        demo.converges(Map.of("estuary", "0"));

        demo.race();
        Snapshot raced = demo.convergesSaying("A and B edited");
        String book = said(raced, "A and B edited (\\S+) at once");
        assertThat(raced.value("a", book)).as("whichever was first").isEqualTo("no book");
        assertThat(raced.log()).anyMatch(line -> line.endsWith("delete folder /" + book + " · A"))
                .anyMatch(line -> line.contains("set /" + book + "/soundings = ") && line.endsWith(" · B"));
        assertThat(raced.rule()).contains("goes with it");
        demo.screenshot("directory-" + target);

        demo.reset();
        demo.converges(seed);
    }

    @Test
    void theWarningIsTheLastOneWrittenOrLifted() {
        demo.pick("cell");
        demo.converges(Map.of("flood-warning", "advisory"));

        demo.client("a").row("flood-warning").act("set");
        demo.converges(Map.of("flood-warning", "watch"));
        demo.client("b").row("flood-warning").act("delete");
        demo.converges(Map.of("flood-warning", "none"));

        demo.race();
        Snapshot raced = demo.convergesSaying("A and B edited");
        assertThat(raced.log().subList(0, 2)).anyMatch(line -> line.endsWith("set flood-warning = severe · A"))
                .anyMatch(line -> line.endsWith("delete flood-warning · B"));
        assertThat(raced.value("b", "flood-warning"))
                .isEqualTo(raced.log().get(0).endsWith("B") ? "none" : "severe");
        assertThat(raced.rule()).contains("last sequenced write wins");
        demo.screenshot("cell-" + target);

        demo.reset();
        demo.converges(Map.of("flood-warning", "advisory"));
    }

    @Test
    void ofTwoLevellingsTheFirstIsAgreedOnAndTheOtherKeptBesideIt() {
        Map<String, String> seed = Map.of("datum-north", "318", "datum-weir", "204", "datum-quay", "97");
        demo.pick("registers");
        demo.converges(seed);

        demo.client("b").row("datum-quay").act("write");
        Snapshot before = demo.converges(Map.of("datum-quay", "98"));

        demo.race();
        Snapshot raced = demo.convergesSaying("A and B edited");
        String stone = said(raced, "A and B edited (\\S+) at once");
        int base = Integer.parseInt(before.value("a", stone));
        List<String> writes = raced.log().subList(0, 2);
        assertThat(writes.get(1)).as("the first in line").contains("write " + stone + " = " + raced.value("a", stone));
        assertThat(writes.get(0)).as("the second in line").endsWith("kept as a version");
        boolean higher = raced.value("a", stone).equals(Integer.toString(base + 4));
        assertThat(raced.client("a").row(stone).note()).contains(higher
                ? "versions " + (base + 4) + " " + (base - 4) + ", last " + (base - 4)
                : "versions " + (base - 4) + " " + (base + 4) + ", last " + (base + 4));
        assertThat(raced.client(higher ? "b" : "a").row(stone).note()).startsWith("lost: ");
        assertThat(raced.rule()).contains("the first is agreed on");
        demo.screenshot("registers-" + target);

        demo.reset();
        demo.converges(seed);
    }

    @Test
    void anOrderIsInOneHandAtATime() {
        demo.pick("queue");
        demo.converges(Map.of("next order", "culvert-12", "revetment", "waiting"));

        demo.client("a").row("next order").act("acquire");
        demo.converges(Map.of("culvert-12", "with A", "next order", "fence-3"));
        assertThat(demo.snapshot().client("b").row("culvert-12").actions()).as("in another's hand").isEmpty();
        demo.client("a").row("culvert-12").act("complete");
        demo.converges(Map.of("culvert-12", "done"));
        demo.client("b").row("culvert-12").act("add");
        demo.converges(Map.of("culvert-12", "waiting"));

        demo.race();
        Snapshot raced = demo.shows(rig -> {
            assertThat(rig.state()).isEqualTo("converged");
            assertThat(List.of(rig.value("a", "fence-3"), rig.value("a", "sluice-5")))
                    .containsExactlyInAnyOrder("with A", "with B");
        });
        String first = raced.log().get(1).endsWith("A") ? "A" : "B";
        assertThat(raced.value("b", "fence-3")).as("who asked first").isEqualTo("with " + first);
        assertThat(raced.rule()).contains("in one hand at a time");
        demo.client(first.toLowerCase(Locale.ROOT)).row("fence-3").act("release");
        demo.converges(Map.of("fence-3", "waiting", "next order", "revetment"));
        demo.screenshot("queue-" + target);

        demo.reset();
        demo.converges(Map.of("culvert-12", "waiting", "fence-3", "waiting", "sluice-5", "waiting", "revetment",
                "waiting"));
    }

    @Test
    void aWatchGoesToTheFirstVolunteerAndThenDownTheLine() {
        Map<String, String> seed = Map.of("gate-watch", "free", "pump-watch", "free", "log-book", "free");
        demo.pick("tasks");
        demo.converges(seed);

        demo.client("b").row("log-book").act("volunteer");
        demo.converges(Map.of("log-book", "B"));
        demo.client("a").row("log-book").act("volunteer");
        demo.shows(rig -> assertThat(rig.client("b").row("log-book").note()).isEqualTo("then A"));
        demo.client("b").row("log-book").act("abandon");
        demo.converges(Map.of("log-book", "A"));
        demo.client("a").row("log-book").act("complete");
        demo.converges(seed);

        demo.race();
        Snapshot raced = demo.convergesSaying("A and B edited");
        String watch = said(raced, "A and B edited (\\S+) at once");
        String first = raced.value("a", watch);
        assertThat(raced.log().get(1)).as("the first in line").endsWith("volunteer " + watch + " · " + first);
        assertThat(raced.client("a").row(watch).note()).isEqualTo("then " + (first.equals("A") ? "B" : "A"));
        assertThat(raced.rule()).contains("stand in line");
        demo.screenshot("tasks-" + target);

        demo.reset();
        demo.converges(seed);
    }

    @Test
    void aProposalCountsWhenEverybodyHasSignedItOff() {
        Map<String, String> seed = Map.of("flood-stage", "42", "gate-crew", "6", "quorum", "3");
        demo.pick("pact-map");
        demo.converges(seed);

        demo.client("a").row("flood-stage").act("set");
        Snapshot signed = demo.converges(Map.of("flood-stage", "43"));
        assertThat(signed.log()).anyMatch(line -> line.endsWith("sign off flood-stage · A"))
                .anyMatch(line -> line.endsWith("sign off flood-stage · B"));
        demo.client("b").row("quorum").act("delete");
        Snapshot before = demo.converges(Map.of("quorum", "none"));

        demo.race();
        Snapshot raced = demo.convergesSaying("A and B edited");
        String order = said(raced, "A and B edited (\\S+) at once");
        List<String> proposals = raced.log().stream().filter(line -> line.contains("propose " + order + " = "))
                .filter(line -> number(line) > before.sequenceNumber()).toList();
        assertThat(proposals.get(1)).as("the first in line").contains("= " + raced.value("a", order));
        assertThat(proposals.get(0)).as("the second in line").endsWith("· refused, another was first");
        String second = proposals.get(0).contains("· A") ? "a" : "b";
        assertThat(raced.client(second).row(order).note()).isEqualTo("refused: another proposal was first");
        assertThat(raced.rule()).contains("the first proposal in line stands");
        demo.screenshot("pact-map-" + target);

        demo.reset();
        demo.converges(seed);
    }

    @Test
    void roundsAreOnlyAdded() {
        demo.pick("g-counter");
        demo.converges(Map.of("rounds-walked", "0"));

        demo.client("a").row("rounds-walked").increment();
        demo.client("b").row("rounds-walked").increment();
        demo.converges(Map.of("rounds-walked", "2"));
        demo.race();
        Snapshot raced = demo.converges(Map.of("rounds-walked", "9"));
        assertThat(raced.rule()).contains("only grows");
        absorbed(raced);
        demo.screenshot("g-counter-" + target);

        demo.reset();
        Snapshot reset = demo.converges(Map.of("rounds-walked", "0"));
        assertThat(reset.client("b").row("rounds-walked").note()).isEqualTo("page 2, 100 in all");
    }

    @Test
    void whatIsFoundByBothIsInTheSetOnce() {
        demo.pick("g-set");
        Map<String, String> marks = Map.of("bridge-pier", "found", "weir-crest", "sought", "mill-door", "sought");
        demo.converges(marks);
        demo.race();
        Snapshot raced = demo.convergesSaying("A and B edited");
        String mark = said(raced, "A and B edited (\\S+) at once");
        assertThat(raced.log()).as("both say so").anyMatch(line -> line.endsWith("add " + mark + " · A"))
                .anyMatch(line -> line.endsWith("add " + mark + " · B"));
        assertThat(raced.value("a", mark)).as("found by both, in it once").isEqualTo("found");
        assertThat(raced.rule()).contains("the same addition twice is one");
        absorbed(raced);
        String other = mark.equals("weir-crest") ? "mill-door" : "weir-crest";
        demo.client("b").row(other).act("add");
        demo.converges(Map.of(other, "found"));
        demo.screenshot("g-set-" + target);
        demo.reset();
        demo.converges(marks);
    }

    @Test
    void aStakeThatIsPulledIsRetiredForGood() {
        demo.pick("2p-set");
        Map<String, String> stakes = Map.of("stake-11", "standing", "stake-12", "standing", "stake-13", "not driven");
        demo.converges(stakes);
        demo.race();
        Snapshot raced = demo.converges(Map.of("stake-13", "retired"));
        assertThat(raced.log()).anyMatch(line -> line.endsWith("remove stake-13 · A"))
                .anyMatch(line -> line.endsWith("add stake-13 · B"));
        assertThat(raced.rule()).contains("A removal is for good");
        absorbed(raced);
        demo.client("a").row("stake-11").act("remove");
        Snapshot retired = demo.converges(Map.of("stake-11", "retired"));
        assertThat(retired.client("b").row("stake-11").actions()).as("for good").isEmpty();
        demo.screenshot("2p-set-" + target);
        demo.reset();
        demo.converges(stakes);
        demo.client("b").row("stake-13").act("add");
        demo.converges(Map.of("stake-13", "standing"));
    }

    @Test
    void aBuoyThatIsPutOutMeanwhileStaysOut() {
        demo.pick("or-set");
        Map<String, String> buoys = Map.of("ford-buoy", "out", "weir-buoy", "out", "quay-buoy", "in");
        demo.converges(buoys);
        demo.race();
        Snapshot raced = demo.convergesSaying("A and B edited");
        String buoy = said(raced, "A and B edited (\\S+) at once");
        assertThat(raced.log()).anyMatch(line -> line.endsWith("remove " + buoy + " · A"))
                .anyMatch(line -> line.endsWith("add " + buoy + " · B"));
        assertThat(raced.value("b", buoy)).as("the addition keeps it").isEqualTo("out");
        assertThat(raced.rule()).contains("made meanwhile keeps the element");
        absorbed(raced);
        demo.client("a").row(buoy).act("remove");
        demo.client("b").row("quay-buoy").act("add");
        demo.converges(Map.of(buoy, "in", "quay-buoy", "out"));
        demo.screenshot("or-set-" + target);
        demo.reset();
        demo.converges(buoys);
    }

    @Test
    void bothProgramsHaveAllSheetsAndOpenEachOthersDocuments() {
        List<String> all = List.of("map", "counter", "directory", "cell", "registers", "queue", "tasks", "pact-map",
                "pn-counter", "or-map", "claims", "g-counter", "g-set", "2p-set", "or-set");
        assertThat(offered(demo)).isEqualTo(all);

        DemoRig other = stage.open("target=" + (target.equals("js") ? "wasm-gc" : "js"), demo.documentId());
        other.converges();
        assertThat(offered(other)).isEqualTo(all);
        other.pick("cell");
        other.client("a").row("flood-warning").act("set");
        demo.pick("cell");
        demo.converges(Map.of("flood-warning", "watch"));
    }

    private static List<?> offered(DemoRig demo) {
        return (List<?>) demo.root().evaluate(
                "rig => [...rig.querySelectorAll('[data-pick]:not([hidden])')].map(cell => cell.dataset.pick)");
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
