package dev.thalweg.web.local.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.topology.SimulationSetting;
import dev.thalweg.web.local.topology.Recording.Flight;
import dev.thalweg.web.local.topology.Recording.Heard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RecordingTest {
    private static Recording of(Shape shape, int peers, int ping, int ticks, String... namespaces) {
        return new Recording(shape, SimulationSetting.alike(peers, ping, ticks, 1, namespaces), 42);
    }

    /** The numbers that the simulations themselves are tested with: what the sheet can be set to. */
    @ParameterizedTest
    @CsvSource({"STAR, 5, 50, pos hp, 26, 500", "MESH, 5, 50, pos hp, 25, 1000", "FILTERED, 5, 50, pos hp, 26, 500",
        "GOSSIP, 10, 100, pos, 52, 4530", "PARTITION, 4, 80, pos, 42, 520"})
    void showsTheKnownNumbers(Shape shape, int peers, int ticks, String namespaces, int alike, int messages) {
        Recording recording = of(shape, peers, 30, ticks, namespaces.split(" "));
        assertThat(recording.result().convergenceTick()).isEqualTo(alike);
        assertThat(recording.result().totalMessages()).isEqualTo(messages);
        assertThat(recording.sentUntil(ticks - 1)).isEqualTo(messages);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void everyMessageIsSentOnceAndHeardOnce(Shape shape) {
        Recording recording = of(shape, 6, 30, 50, "pos", "hp");
        for (int tick = 0; tick < 50; tick += 7) {
            int all = 0;
            for (int load : recording.loads(tick)) {
                all += load;
            }
            assertThat(all).isEqualTo(2 * recording.sentUntil(tick));
            assertThat(recording.sent(tick)).hasSize(recording.metrics(tick).messages());
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void inTheEndEverybodyKnowsTheLatestOfWhatItAsksFor(Shape shape) {
        Recording recording = of(shape, 6, 30, 60, "pos", "hp");
        int known = 0;
        for (int node = 0; node < recording.nodes(); node++) {
            for (int author = 0; author < 6; author++) {
                for (int namespace = 0; namespace < 2; namespace++) {
                    Heard heard = recording.heard(59, node, author, namespace);
                    assertThat(heard).isIn(Heard.LATEST, Heard.NOT_ASKED);
                    known += heard == Heard.LATEST ? 1 : 0;
                }
            }
        }
        assertThat(known).isEqualTo(switch (shape) {
            // Four of six write and hear each value.
            case FILTERED -> 2 * 4 * (4 + 1);
            case STAR, PARTITION -> 2 * 6 * (6 + 1);
            case GOSSIP, MESH -> 2 * 6 * 6;
        });
    }

    @Test
    void whatWasJustWrittenIsKnownOnlyToItsAuthor() {
        Recording mesh = of(Shape.MESH, 3, 30, 40, "pos");
        assertThat(mesh.heard(0, 1, 1, 0)).isEqualTo(Heard.ONLY_HERE);
        assertThat(mesh.heard(0, 0, 1, 0)).isEqualTo(Heard.NOTHING);
        assertThat(mesh.heard(1, 0, 1, 0)).isEqualTo(Heard.OLDER);
        assertThat(mesh.heard(20, 0, 1, 0)).isEqualTo(Heard.LATEST);
        assertThat(mesh.heard(20, 1, 1, 0)).isEqualTo(Heard.LATEST);
    }

    @Test
    void messagesMoveAPartOfTheirWayInEachTick() {
        Recording star = of(Shape.STAR, 3, 200, 40, "pos");
        assertThat(star.flights(0)).hasSize(star.sent(0).size());
        Flight first = star.flights(3).get(0);
        assertThat(first.from()).isEqualTo(0.5);
        assertThat(first.until()).isEqualTo(4 / 6.0);
        for (Flight flight : star.flights(30)) {
            assertThat(flight.until()).isGreaterThan(flight.from()).isLessThanOrEqualTo(1);
        }
        Recording quick = of(Shape.MESH, 3, 0, 40, "pos");
        assertThat(quick.flights(7)).hasSize(6).allMatch(flight -> flight.from() == 0 && flight.until() == 1);
    }

    @Test
    void nothingMovesToWhoIsCutOff() {
        Recording cut = of(Shape.PARTITION, 5, 100, 80, "pos");
        assertThat(cut.isCutOff(4, 9)).isFalse();
        assertThat(cut.isCutOff(4, 10)).isTrue();
        assertThat(cut.isCutOff(2, 10)).isFalse();
        assertThat(cut.isCutOff(5, 10)).as("the relay").isFalse();
        assertThat(cut.flights(11)).isNotEmpty().noneMatch(flight -> flight.message().from() > 2
                || flight.message().to() > 2);
        assertThat(cut.heard(39, 4, 0, 0)).isEqualTo(Heard.OLDER);
        assertThat(cut.heard(39, 4, 4, 0)).isEqualTo(Heard.ONLY_HERE);
    }

    @Test
    void aSeedIsANumber() {
        assertThat(Controls.seed("77")).isEqualTo(77);
        assertThat(Controls.seed("")).isEqualTo(1);
        assertThat(Controls.seed("-3")).isEqualTo(1);
        assertThat(Controls.seed("99999999999")).isEqualTo(1);
        assertThat(Controls.seed("1000000")).isEqualTo(1_000_000);
    }
}
