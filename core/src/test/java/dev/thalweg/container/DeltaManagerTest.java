package dev.thalweg.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.driver.ConnectionRequest;
import dev.thalweg.driver.DeltaConnection;
import dev.thalweg.driver.DeltaListener;
import dev.thalweg.driver.DocumentService;
import dev.thalweg.platform.Failure;
import dev.thalweg.platform.Ids;
import dev.thalweg.platform.Outcome;
import dev.thalweg.platform.Subscription;
import dev.thalweg.platform.Timers;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.storage.SummaryNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers that are under way when the link goes down. */
class DeltaManagerTest {
    private final List<Integer> processed = new ArrayList<>();
    private final List<Outcome<List<SequencedMessage>>> asked = new ArrayList<>();
    private int caughtUp;

    private final DeltaManager deltas = new DeltaManager(new StillTimers(), new NoChance(), ContainerOptions.DEFAULT,
            new DeltaManager.Handler() {
                @Override
                public void aboutToProcess() {}

                @Override
                public void process(SequencedMessage message) {
                    processed.add(message.sequenceNumber());
                }

                @Override
                public void caughtUp() {
                    caughtUp++;
                }

                @Override
                public void unreadable(Failure failure) {
                    throw new AssertionError(failure);
                }
            });

    @Test
    void whatWasAskedForBeforeTheLinkWentDownIsAskedForAgain() {
        deltas.start(new AskedService(), 5, 0, 0);
        deltas.catchUp();
        deltas.pause();
        asked.get(0).succeeded(List.of(message(6)));
        assertThat(processed).isEmpty();
        assertThat(deltas.sequenceNumber()).isEqualTo(5);
        deltas.catchUp();
        assertThat(asked).hasSize(2);
        asked.get(1).succeeded(List.of(message(6), message(7)));
        asked.get(2).succeeded(List.of());
        assertThat(processed).containsExactly(6, 7);
        assertThat(caughtUp).isEqualTo(1);
    }

    @Test
    void aFailureFromBeforeDoesNotDisturbTheNextLink() {
        deltas.start(new AskedService(), 5, 0, 0);
        deltas.catchUp();
        deltas.pause();
        deltas.catchUp();
        asked.get(0).failed(Failure.permanent(500, "the old link"));
        asked.get(1).succeeded(List.of(message(6)));
        assertThat(processed).containsExactly(6);
    }

    private static SequencedMessage message(int sn) {
        return new SequencedMessage("c", sn, 0, sn, 0, MessageType.NOOP, null, null, null, null, 1);
    }

    private final class AskedService implements DocumentService {
        @Override
        public String documentId() {
            return "doc";
        }

        @Override
        public DeltaConnection connect(ConnectionRequest request, DeltaListener listener) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void deltas(int from, int to, Outcome<List<SequencedMessage>> outcome) {
            asked.add(outcome);
        }

        @Override
        public void latestSummary(Outcome<@Nullable StoredSummary> outcome) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void uploadSummary(SummaryNode.Tree tree, @Nullable String parent, Outcome<String> outcome) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void createBlob(byte[] bytes, Outcome<String> outcome) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void readBlob(String id, Outcome<byte[]> outcome) {
            throw new AssertionError("not asked for");
        }
    }

    private static final class StillTimers implements Timers {
        @Override
        public double now() {
            return 0;
        }

        @Override
        public Subscription schedule(double delayMillis, Runnable task) {
            return () -> {
            };
        }
    }

    private static final class NoChance implements Ids {
        @Override
        public String uuid() {
            return "00000000-0000-4000-8000-000000000000";
        }

        @Override
        public double fraction() {
            return 0;
        }
    }
}
