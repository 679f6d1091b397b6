package dev.thalweg.dds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwaitedTest {
    private final Awaited<String> awaited = new Awaited<>();
    private final List<String> heard = new ArrayList<>();

    private void wait(String name) {
        awaited.add(result -> heard.add(name + " " + result));
    }

    @Test
    void theOldestHearsWhatIsSequencedAndTheNewestWhatIsTakenBack() {
        wait("a");
        wait("b");
        wait("c");
        awaited.settleOldest("won");
        awaited.settleNewest("aborted");
        awaited.settleOldest("lost");
        assertThat(heard).containsExactly("a won", "c aborted", "b lost");
    }

    @Test
    void closedEverybodyHearsOnceAndNothingComesAfterwards() {
        wait("a");
        wait("b");
        awaited.close("closed");
        awaited.settleOldest("won");
        awaited.settleNewest("aborted");
        awaited.close("closed");
        assertThat(heard).containsExactly("a closed", "b closed");
    }

    @Test
    void aResultThatNobodyWaitsForIsAMistake() {
        assertThatThrownBy(() -> awaited.settleOldest("won")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void whoHearsMayAskAgain() {
        awaited.add(result -> wait("again"));
        awaited.settleOldest("won");
        awaited.settleOldest("lost");
        assertThat(heard).containsExactly("again lost");
    }
}
