package dev.thalweg.sequencing;

import static dev.thalweg.sequencing.Sequencing.writer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.json.RawJson;
import dev.thalweg.protocol.DocumentMessage;
import dev.thalweg.protocol.MessageType;
import dev.thalweg.protocol.Nack;
import dev.thalweg.protocol.Scopes;
import dev.thalweg.protocol.SequencedMessage;
import dev.thalweg.sequencing.NaiveSequencer.Member;
import dev.thalweg.sequencing.NaiveSequencer.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sequencer against the plain one, over everything that clients may do right and wrong, and crashes in between. */
class SequencerModelTest {
    private static final int SEEDS = 1000;
    private static final int STEPS = 120;
    private static final int MAX_SIZE = 40;

    @Test
    void agreesWithThePlainRules() {
        Map<Verdict, Integer> seen = new EnumMap<>(Verdict.class);
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                new Run(seed, seen).play();
            } catch (ProtocolException | RuntimeException | AssertionError fault) {
                throw new AssertionError("seed " + seed + ": " + fault.getMessage(), fault);
            }
        }
        // The test tests something only if every outcome came up often.
        for (Verdict verdict : Verdict.values()) {
            assertThat(seen.getOrDefault(verdict, 0)).as("%s in %s", verdict, seen).isGreaterThan(200);
        }
    }

    private static final class Run {
        private final SplittableRandom random;
        private final Map<Verdict, Integer> seen;
        private final SequencerLimits limits = new SequencerLimits(MAX_SIZE);
        private final NaiveSequencer oracle = new NaiveSequencer(MAX_SIZE);
        private final List<SequencedMessage> log = new ArrayList<>();
        private final List<String> gone = new ArrayList<>(List.of("nobody"));
        private Sequencer sequencer = new Sequencer(limits);
        private SequencerCheckpoint checkpoint = sequencer.checkpoint();
        /** Noops absorbed since the checkpoint are not in the log, so a restart from there would not know of them. */
        private boolean exact = true;
        private int names;
        private int clock;

        Run(int seed, Map<Verdict, Integer> seen) {
            this.random = new SplittableRandom(seed);
            this.seen = seen;
        }

        void play() throws ProtocolException {
            for (int step = 0; step < STEPS; step++) {
                clock++;
                int minimum = sequencer.minimumSequenceNumber();
                int roll = random.nextInt(100);
                if (roll < 8) {
                    join();
                } else if (roll < 13) {
                    leave();
                } else if (roll < 18) {
                    SequencedMessage noop = sequencer.noop(clock);
                    assertThat(noop != null).isEqualTo(oracle.noop());
                    take(noop);
                } else if (roll < 21) {
                    take(sequencer.system(MessageType.SUMMARY_ACK, JsonValue.of(step), clock));
                    oracle.system();
                } else if (roll < 26) {
                    checkpoint = sequencer.checkpoint();
                    exact = true;
                } else if (roll < 31) {
                    crash();
                } else {
                    submit();
                }
                check(minimum);
            }
        }

        private void join() {
            String id = "c" + names++;
            boolean writes = random.nextInt(12) != 0;
            boolean summarizes = random.nextInt(3) != 0;
            List<String> scopes = new ArrayList<>(List.of(Scopes.READ));
            if (writes) {
                scopes.add(Scopes.WRITE);
            }
            if (summarizes) {
                scopes.add(Scopes.SUMMARY_WRITE);
            }
            take(sequencer.join(id, writer(scopes), clock));
            oracle.join(id, writes, summarizes);
        }

        private void leave() {
            String id = someone();
            SequencedMessage leave = sequencer.leave(id, clock);
            assertThat(leave != null).isEqualTo(oracle.find(id) != null);
            oracle.leave(id);
            take(leave);
            gone.add(id);
        }

        /** The process ends: what was numbered is on record, the rest is lost. */
        private void crash() throws ProtocolException {
            if (!exact) {
                return;
            }
            sequencer = Sequencer.restore(SequencerCheckpoint.read(checkpoint.toJson()), limits);
            for (SequencedMessage message : log.subList(checkpoint.sequenceNumber(), log.size())) {
                sequencer.replay(message);
            }
        }

        private void submit() {
            String id = someone();
            Member member = oracle.find(id);
            int next = member == null ? 1 : member.csn + 1;
            int csn = switch (random.nextInt(14)) {
                case 0 -> next + 1 + random.nextInt(3);
                case 1 -> Math.max(0, next - 1 - random.nextInt(3));
                default -> next;
            };
            DocumentMessage message = new DocumentMessage(csn, reference(member), type(), contents(), null, null);
            Verdict verdict = oracle.submit(id, message);
            seen.merge(verdict, 1, Integer::sum);
            Ticket ticket = sequencer.ticket(id, message, clock);
            switch (ticket) {
                case Ticket.Sequenced sequenced -> {
                    assertThat(verdict).isEqualTo(Verdict.SEQUENCED);
                    SequencedMessage result = sequenced.message();
                    assertThat(result.clientId()).isEqualTo(id);
                    assertThat(result.clientSequenceNumber()).isEqualTo(csn);
                    assertThat(result.type()).isEqualTo(message.type());
                    assertThat(result.contents()).isSameAs(message.contents());
                    assertThat(result.referenceSequenceNumber()).isBetween(result.minimumSequenceNumber(),
                            result.sequenceNumber() - 1);
                    take(result);
                }
                case Ticket.Duplicate ignored -> assertThat(verdict).isEqualTo(Verdict.DUPLICATE);
                case Ticket.Absorbed ignored -> {
                    assertThat(verdict).isEqualTo(Verdict.ABSORBED);
                    exact = false;
                }
                case Ticket.Refused refused -> {
                    assertThat(refused.nack().operation()).isEqualTo(message);
                    assertThat(refusal(refused.nack())).isEqualTo(verdict);
                    exact &= verdict != Verdict.STALE;
                }
            }
        }

        private static Verdict refusal(Nack nack) {
            String message = nack.message();
            if (nack.code() == 413) {
                return Verdict.SIZE;
            }
            if (nack.code() == 403) {
                return message.contains("summary:write") ? Verdict.SUMMARY_SCOPE : Verdict.WRITE_SCOPE;
            }
            assertThat(nack.code()).isEqualTo(400);
            if (message.startsWith("Nonexistent")) {
                return Verdict.STRANGER;
            }
            if (message.startsWith("Gap")) {
                return Verdict.GAP;
            }
            if (message.startsWith("Op not")) {
                return Verdict.TYPE;
            }
            return message.contains("beyond") ? Verdict.FUTURE : Verdict.STALE;
        }

        private int reference(@Nullable Member member) {
            int minimum = oracle.msn();
            return switch (random.nextInt(16)) {
                case 0 -> oracle.sn + 1 + random.nextInt(3);
                case 1 -> Math.max(0, minimum - 1 - random.nextInt(2));
                case 2 -> -1;
                case 3, 4, 5 -> member == null ? 0 : member.rsn;
                default -> minimum + random.nextInt(oracle.sn - minimum + 1);
            };
        }

        private MessageType type() {
            return switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> MessageType.NOOP;
                case 4 -> MessageType.SUMMARIZE;
                case 5 -> MessageType.PROPOSE;
                case 6 -> MessageType.values()[random.nextInt(MessageType.values().length)];
                default -> MessageType.OP;
            };
        }

        private @Nullable RawJson contents() {
            return switch (random.nextInt(12)) {
                case 0, 1 -> null;
                case 2, 3 -> new RawJson("null");
                case 4 -> new RawJson("\"" + "x".repeat(MAX_SIZE - 2 + random.nextInt(2)) + "\"");
                default -> new RawJson("\"{}\"");
            };
        }

        private String someone() {
            if (oracle.members.isEmpty() || random.nextInt(25) == 0) {
                return gone.get(random.nextInt(gone.size()));
            }
            return oracle.members.get(random.nextInt(oracle.members.size())).id;
        }

        private void take(@Nullable SequencedMessage message) {
            if (message != null) {
                log.add(message);
                assertThat(message.sequenceNumber()).as("no number twice and none left out").isEqualTo(log.size());
                assertThat(message.timestamp()).isEqualTo(clock);
            }
        }

        private void check(int minimumBefore) {
            int minimum = sequencer.minimumSequenceNumber();
            assertThat(sequencer.sequenceNumber()).isEqualTo(oracle.sn).isEqualTo(log.size());
            assertThat(minimum).isEqualTo(oracle.msn()).isBetween(minimumBefore, oracle.sn);
            SequencerCheckpoint state = sequencer.checkpoint();
            assertThat(state.announced()).isEqualTo(oracle.told);
            assertThat(state.writers()).hasSize(oracle.members.size());
            for (int i = 0; i < oracle.members.size(); i++) {
                Member expected = oracle.members.get(i);
                SequencerCheckpoint.WriterState actual = state.writers().get(i);
                assertThat(actual.clientId()).isEqualTo(expected.id);
                assertThat(actual.clientSequenceNumber()).isEqualTo(expected.csn);
                assertThat(actual.referenceSequenceNumber()).isEqualTo(expected.rsn).isGreaterThanOrEqualTo(minimum);
                assertThat(actual.refused()).isEqualTo(expected.ruined);
            }
            if (!log.isEmpty()) {
                SequencedMessage last = log.get(log.size() - 1);
                assertThat(last.minimumSequenceNumber()).isEqualTo(oracle.told);
            }
        }
    }
}
