package dev.thalweg.web.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.web.rig.Stamp.Reach;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stamp says what the replicas' own numbers and digests come to, in the words of the page's contract. */
class StampTest {
    @Test
    void convergedOnlyWhenNothingIsOnItsWayAndAllDigestsAreEqual() {
        Stamp stamp = Stamp.of(List.of(replica("A", Reach.CONNECTED, 0, 0, "x"), replica("B", Reach.CONNECTED, 0, 0,
                "x")), 0);
        assertThat(stamp).isEqualTo(new Stamp.Converged());
        assertThat(stamp.text()).isEqualTo("Converged — replicas identical, nothing pending");
        assertThat(stamp.state()).isEqualTo("converged");
    }

    @Test
    void revisingWhileSomethingTravelsInEitherDirection() {
        Stamp stamp = Stamp.of(List.of(replica("A", Reach.CONNECTED, 0, 1, "y"), replica("B", Reach.CONNECTED, 2, 0,
                "x")), 1);
        assertThat(stamp.text()).isEqualTo("Revising — 3 in flight, 1 pending");
        assertThat(stamp.state()).isEqualTo("revising");
    }

    @Test
    void revisingWhileSomethingIsPendingAlone() {
        assertThat(Stamp.of(List.of(replica("A", Reach.CONNECTED, 0, 2, "x"), replica("B", Reach.CONNECTED, 0, 0,
                "x")), 0)).isEqualTo(new Stamp.Revising(0, 2));
    }

    @Test
    void cutNamesWhoIsOffTheLineAndWhatTheyWillSendAgain() {
        Stamp stamp = Stamp.of(List.of(replica("A", Reach.CONNECTED, 0, 4, "y"), replica("B", Reach.CUT, 3, 2, "x")),
                0);
        assertThat(stamp.text()).isEqualTo("Link cut — B, 2 to resubmit");
        assertThat(stamp.state()).isEqualTo("cut");
        assertThat(Stamp.of(List.of(replica("A", Reach.CUT, 0, 1, "x"), replica("B", Reach.CUT, 0, 2, "x")), 0).text())
                .isEqualTo("Link cut — A and B, 3 to resubmit");
    }

    @Test
    void divergedOnlyWhenNothingCouldExplainTheDifference() {
        Stamp stamp = Stamp.of(List.of(replica("A", Reach.CONNECTED, 0, 0, "x"), replica("B", Reach.CONNECTED, 0, 0,
                "y")), 0);
        assertThat(stamp.text()).isEqualTo("Diverged — this is a bug");
        assertThat(stamp.state()).isEqualTo("diverged");
    }

    @Test
    void aReplicaThatLooksForItsServiceIsNotConverged() {
        assertThat(Stamp.of(List.of(replica("A", Reach.CONNECTED, 0, 0, "x"), replica("B", Reach.SEARCHING, 0, 0,
                "y")), 0).state()).isEqualTo("revising");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedWithWhatIsKeptForIt() {
        Stamp stamp = Stamp.of(List.of(replica("A", Reach.UNREACHED, 0, 1, "x"), replica("B", Reach.UNREACHED, 0, 2,
                "y")), 0);
        assertThat(stamp.text()).isEqualTo("Server not reached — A and B try again, 3 pending");
        assertThat(stamp.state()).isEqualTo("revising");
        assertThat(Stamp.of(List.of(replica("A", Reach.CONNECTED, 0, 0, "x"), replica("B", Reach.UNREACHED, 0, 0,
                "x")), 0).text()).isEqualTo("Server not reached — B tries again, 0 pending");
        assertThat(Stamp.of(List.of(replica("A", Reach.CUT, 0, 0, "x"), replica("B", Reach.UNREACHED, 0, 0, "x")), 0)
                .state()).isEqualTo("cut");
    }

    @Test
    void loadingUntilAllAreThere() {
        assertThat(Stamp.of(List.of(), 0).state()).isEqualTo("loading");
        assertThat(Stamp.of(List.of(replica("A", Reach.CONNECTED, 0, 0, "x"), replica("B", Reach.LOADING, 0, 0, "")),
                0).text()).isEqualTo("Loading");
    }

    private static Stamp.Replica replica(String name, Reach reach, int unseen, int pending, String digest) {
        return new Stamp.Replica(name, reach, unseen, pending, digest);
    }
}
