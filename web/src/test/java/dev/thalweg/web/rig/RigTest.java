package dev.thalweg.web.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.driver.ServiceFactory;
import dev.thalweg.loopback.LoopbackIds;
import dev.thalweg.loopback.LoopbackLink;
import dev.thalweg.loopback.LoopbackOptions;
import dev.thalweg.loopback.LoopbackService;
import dev.thalweg.loopback.LoopbackTimers;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Platform;
import dev.thalweg.testkit.cli.PageTraces;
import dev.thalweg.web.link.ConditionedService;
import dev.thalweg.web.link.Link;
import dev.thalweg.web.link.LinkObserver;
import dev.thalweg.web.sheet.Action;
import dev.thalweg.web.sheet.Row;
import dev.thalweg.web.sheet.Sheet;
import dev.thalweg.web.sheet.Sheets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole rig without a browser: the same containers, sequencer and links, on a clock that the test moves. */
class RigTest {
    private static final int LATENCY = 300;

    private final LoopbackTimers clock = new LoopbackTimers();
    private final LoopbackIds ids = new LoopbackIds(11);
    private final List<String> travelled = new ArrayList<>();
    private final List<LoopbackLink> ways = new ArrayList<>();
    private final Rig rig = rig("");

    static Stream<Sheet<?>> sheets() {
        return Sheets.all().stream();
    }

    @Test
    void beginsWithWhatTheSurveySays() {
        settle();
        assertThat(values(0, "map")).containsExactly("mill-race=24", "kettle-run=61", "low-ford=42");
        assertThat(values(1, "counter")).containsExactly("sandbags-placed=120");
        assertThat(values(0, "pn-counter")).containsExactly("earthwork-balance=44");
        assertThat(values(1, "or-map")).containsExactly("spoil-north=18", "borrow-pit-7=-6", "wash-fill=12");
        assertThat(values(0, "claims")).containsExactly("north-levee=free", "spillway-gate=free", "pump-house=Survey");
        assertThat(rig.stamp()).isEqualTo(new Stamp.Converged());
    }

    @ParameterizedTest
    @MethodSource("sheets")
    void aRaceEndsTheSameForBoth(Sheet<?> sheet) {
        settle();
        rig.pick(sheet);
        rig.race();
        assertThat(rig.replicas()).allMatch(replica -> replica.pending() == 1);
        assertThat(rig.replicas()).allMatch(replica -> replica.board(sheet).rows().stream().anyMatch(Row::pending));
        clock.advance(1);
        assertThat(rig.stamp()).isEqualTo(new Stamp.Revising(2, 2));
        settle();
        assertThat(rig.stamp()).isEqualTo(new Stamp.Converged());
        assertThat(values(0, sheet.id())).isEqualTo(values(1, sheet.id()));
        // A pact is signed off by both besides.
        assertThat(travelled).hasSize(sheet.id().equals("pact-map") ? 12 : 6);
    }

    @ParameterizedTest
    @MethodSource("sheets")
    void aResetBringsTheBeginningBack(Sheet<?> sheet) {
        settle();
        List<String> before = values(0, sheet.id());
        rig.pick(sheet);
        rig.race();
        settle();
        rig.race();
        settle();
        rig.reset();
        settle();
        assertThat(values(0, sheet.id())).isEqualTo(before);
        assertThat(rig.stamp()).isEqualTo(new Stamp.Converged());
    }

    @Test
    void theLastSequencedWriteWins() {
        settle();
        rig.race();
        settle();
        String last = rig.log().entries().get(0).what();
        assertThat(values(0, "map")).anyMatch(value -> last.equals("set " + value.replace("=", " = ")));
    }

    @Test
    void incrementsAllCount() {
        settle();
        pick("counter");
        rig.race();
        settle();
        assertThat(values(1, "counter")).containsExactly("sandbags-placed=128");
    }

    @Test
    void aDeliveryMadeMeanwhileKeepsTheRow() {
        settle();
        pick("or-map");
        rig.race();
        settle();
        assertThat(rig.replicas().get(0).board(rig.sheet()).rows()).noneMatch(row -> row.look() == Row.Look.GONE);
    }

    @Test
    void aStruckRowStaysReadableAndComesBackWithItsLedger() {
        settle();
        pick("or-map");
        Replica a = rig.replicas().get(0);
        rig.act(a, "spoil-north", Action.STRIKE);
        assertThat(row(a, "spoil-north").look()).isEqualTo(Row.Look.STRUCK);
        assertThat(row(a, "spoil-north").value()).isEqualTo("18");
        settle();
        assertThat(row(a, "spoil-north").look()).isEqualTo(Row.Look.GONE);
        rig.act(rig.replicas().get(1), "spoil-north", Action.REOPEN);
        settle();
        assertThat(row(a, "spoil-north").value()).isEqualTo("18");
    }

    @Test
    void aClaimIsNotShownAsHeldBeforeItIsSequencedAndTheLoserIsTold() {
        settle();
        pick("claims");
        rig.race();
        assertThat(values(0, "claims")).contains("north-levee=free", "spillway-gate=free");
        settle();
        assertThat(values(0, "claims")).containsAnyOf("north-levee=A", "spillway-gate=A");
        assertThat(rig.replicas().get(1).board(rig.sheet()).rows())
                .anyMatch(row -> row.note().equals("lost: A was first in line"));
        assertThat(rig.log().entries()).anyMatch(entry -> entry.kind() == LogEntry.Kind.ASIDE
                && entry.text().endsWith("· B · refused, A was first"));
    }

    /** Also when that is A, whose link is the first to bring the operation, and does not hold it back. */
    @Test
    void whoFindsAnOperationRefusedMarksItInTheLogWhicheverLinkItComesOn() {
        settle();
        pick("pact-map");
        for (int latency : new int[] {0, LATENCY}) {
            rig.latency(latency);
            for (int first : new int[] {0, 1}) {
                rig.act(rig.replicas().get(first), "flood-stage", Action.SET);
                rig.act(rig.replicas().get(1 - first), "flood-stage", Action.SET);
                settle();
                String loser = rig.replicas().get(1 - first).name();
                assertThat(rig.log().entries().stream().filter(entry -> entry.what().startsWith("propose")).limit(2)
                        .map(LogEntry::text))
                        .anyMatch(line -> line.endsWith("· " + loser + " · refused, another was first"))
                        .anyMatch(line -> line.endsWith("· " + rig.replicas().get(first).name()));
            }
        }
    }

    @Test
    void whatIsDeliveredAgainIsAbsorbed() {
        settle();
        for (String sheet : List.of("pn-counter", "or-map", "g-counter", "g-set", "2p-set", "or-set")) {
            pick(sheet);
            assertThat(rig.canRedeliver()).isFalse();
            rig.race();
            settle();
            List<String> before = values(0, sheet);
            int number = rig.log().latest();
            rig.redeliver();
            settle();
            assertThat(rig.log().entries().get(0).text()).endsWith("· absorbed");
            assertThat(rig.log().latest()).isEqualTo(number);
            assertThat(values(0, sheet)).isEqualTo(before);
            assertThat(values(1, sheet)).isEqualTo(before);
        }
    }

    @Test
    void aCutLinkKeepsEditsAndRestoringSendsThem() {
        settle();
        Replica b = rig.replicas().get(1);
        rig.toggleLink(b);
        clock.advance(10);
        assertThat(b.connection()).isEqualTo("disconnected");
        rig.act(b, "low-ford", Action.INCREMENT);
        rig.act(b, "low-ford", Action.INCREMENT);
        rig.act(rig.replicas().get(0), "mill-race", Action.DECREMENT);
        clock.advance(60_000);
        assertThat(rig.stamp()).isEqualTo(new Stamp.LinkCut(List.of("B"), 2));
        rig.toggleLink(b);
        settle();
        assertThat(rig.stamp()).isEqualTo(new Stamp.Converged());
        assertThat(values(0, "map")).containsExactly("mill-race=23", "kettle-run=61", "low-ford=44");
    }

    @Test
    void aCutThatCatchesAnEditOnTheWayDoesNotLoseIt() {
        settle();
        Replica b = rig.replicas().get(1);
        rig.act(b, "low-ford", Action.INCREMENT);
        clock.advance(LATENCY / 2);
        rig.toggleLink(b);
        clock.advance(5_000);
        rig.toggleLink(b);
        settle();
        assertThat(values(0, "map")).contains("low-ford=43");
        assertThat(rig.stamp()).isEqualTo(new Stamp.Converged());
    }

    @Test
    void aServerThatIsGoneIsSaidToBeGoneUntilItAnswersAgain() {
        settle();
        assertThat(rig.stamp()).isEqualTo(new Stamp.Converged());
        ways.forEach(LoopbackLink::cut);
        clock.advance(1);
        assertThat(rig.stamp().text()).as("one loss may have any reason").startsWith("Revising");
        rig.act(rig.replicas().get(0), "mill-race", Action.INCREMENT);
        clock.advance(20_000);
        assertThat(rig.stamp()).isEqualTo(new Stamp.ServerNotReached(List.of("A", "B"), 1));
        assertThat(rig.said()).startsWith("The server does not answer.");
        ways.forEach(LoopbackLink::restore);
        clock.advance(60_000);
        assertThat(rig.stamp()).isEqualTo(new Stamp.Converged());
        assertThat(rig.said()).matches("The server answers [AB] again\\.");
        assertThat(values(1, "map")).contains("mill-race=25");
    }

    @Test
    void aSummaryIsWrittenAndReadBack() {
        settle();
        rig.race();
        settle();
        rig.errands().summarize();
        settle();
        assertThat(rig.said()).startsWith("Summary written");
        assertThat(rig.errands().summary().written()).isPositive();
        assertThat(rig.errands().busy()).isFalse();
        List<String> before = values(1, "map");
        rig.errands().reloadFromSummary();
        assertThat(rig.stamp().state()).isEqualTo("loading");
        settle();
        assertThat(values(1, "map")).isEqualTo(before);
        assertThat(rig.stamp()).isEqualTo(new Stamp.Converged());
    }

    @Test
    void theTraceHoldsAllThatWasOrderedAndIsReplayed(@TempDir Path folder) throws IOException {
        settle();
        for (Sheet<?> sheet : Sheets.all()) {
            rig.pick(sheet);
            rig.race();
            settle();
        }
        String text = trace();
        rig.stamp();
        assertThat(text).contains("\"format\":\"thalweg-trace-1\"", "\"client\":\"B\"",
                rig.replicas().get(0).digest());
        int at = rig.replicas().get(0).sequenceNumber();
        PageTraces.Report report = PageTraces.replay(Files.writeString(folder.resolve("trace.json"), text));
        assertThat(report.lines()).containsExactly("A at " + at + ": holds", "B at " + at + ": holds");
        assertThat(report.same()).isTrue();

        pick("counter");
        rig.replicas().get(1).link().latency(60_000);
        rig.act(rig.replicas().get(0), "sandbags-placed", Action.INCREMENT);
        clock.advance(5_000);
        assertThat(PageTraces.replay(Files.writeString(folder.resolve("behind.json"), trace())).lines())
                .containsExactly("A at " + rig.replicas().get(0).sequenceNumber() + ": holds",
                        "B at " + at + ": holds");

        Path wrong = Files.writeString(folder.resolve("wrong.json"),
                text.replaceFirst("\"counter\":128", "\"counter\":127"));
        assertThat(PageTraces.replay(wrong)).isEqualTo(new PageTraces.Report(false, List.of(
                "A at " + at + ": comes out otherwise", "  counter: recorded 127, replayed 128",
                "B at " + at + ": holds")));
    }

    private String trace() {
        List<String> texts = new ArrayList<>();
        rig.errands().trace(new Outcome<>() {
            @Override
            public void succeeded(String text) {
                texts.add(text);
            }

            @Override
            public void failed(Failure failure) {
                throw new AssertionError(failure.message());
            }
        });
        clock.advance(0);
        assertThat(texts).hasSize(1);
        return texts.get(0);
    }

    @Test
    void threeClientsConvergeToo() {
        Rig three = rig("\"clients\":3,");
        settle();
        three.race();
        settle();
        assertThat(three.replicas()).hasSize(3);
        assertThat(three.stamp()).isEqualTo(new Stamp.Converged());
        assertThat(three.log().entries()).extracting(LogEntry::author).containsOnly("A", "B", "C");
    }

    private Rig rig(String more) {
        try {
            RigOptions options = RigOptions.read("{" + more + "\"latency\":" + LATENCY + ",\"loopback\":true}", 0);
            Platform platform = new Platform(clock, ids, (url, listener) -> {
                throw new AssertionError("no socket is needed");
            }, (request, outcome) -> {
                throw new AssertionError("no request is needed");
            });
            Rig made = new Rig(options, platform, new Rig.Audience() {
                @Override
                public void changed() {}

                @Override
                public void travelled(Replica replica, boolean up, String label, double millis) {
                    travelled.add(replica.name() + (up ? " up " : " down ") + label);
                }

                @Override
                public void opened(String documentId) {}

                @Override
                public void picked(String sheetId) {}
            });
            made.begin(venue(platform));
            return made;
        } catch (dev.thalweg.json.ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    /** As the page's own, with ways to the service that can be cut. */
    private Venue venue(Platform platform) {
        LoopbackService service = LoopbackService.automatic(platform.timers(), platform.ids(), LoopbackOptions.DEFAULT);
        return new Venue() {
            @Override
            public ServiceFactory service(String user, Link link, LinkObserver observer) {
                LoopbackLink way = service.link();
                ways.add(way);
                return new ConditionedService(way, link, observer);
            }

            @Override
            public String note() {
                return "test";
            }

            @Override
            public String address() {
                return "";
            }
        };
    }

    private void settle() {
        clock.advance(10_000);
    }

    private void pick(String id) {
        rig.pick(Sheets.named(List.of(id)).get(0));
    }

    private List<String> values(int replica, String id) {
        List<String> values = new ArrayList<>();
        for (Row row : rig.replicas().get(replica).board(Sheets.named(List.of(id)).get(0)).rows()) {
            values.add(row.key() + "=" + row.value());
        }
        return values;
    }

    private Row row(Replica replica, String key) {
        return replica.board(rig.sheet()).rows().stream().filter(row -> row.key().equals(key)).findFirst()
                .orElseThrow();
    }
}
