package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Cases;
import dev.thalweg.testkit.Rng;
import dev.thalweg.testkit.trace.FugueText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Replicas that edit, undo, redo and send each other what they have know of every version what its events come to by the
 * definition: its text, how it differs from others, who wrote what, and where places are. Undo takes back what its replica
 * did and nothing else. Trees are so small that every edit splits something.
 */
class TimeLawsTest {
    private static final int REPLICAS = 3;
    private static final List<String> TEXTS = List.of("a", "bc", "\ud83d\ude00", "def", "o");

    private enum Action {
        INSERT, DELETE, CLOSE, UNDO, REDO, SEND, CURSOR, REMEMBER
    }

    private record Command(int replica, Action action, int one, int two) {}

    @Test
    void everyVersionIsWhatItsEventsComeTo() {
        Cases.hold(TimeLawsTest::commands, (commands, seed) -> new Run(seed).play(commands));
    }

    private static List<Command> commands(Rng rng) {
        List<Command> commands = new ArrayList<>();
        int steps = rng.between(5, 40);
        for (int i = 0; i < steps; i++) {
            Action action = Action.values()[rng.weighted(9, 6, 3, 4, 3, 5, 2, 2)];
            commands.add(new Command(rng.below(REPLICAS), action, rng.below(1000), rng.below(1000)));
        }
        return commands;
    }

    private static final class Replica {
        final TextDocument document;
        final TextHistory history;
        final TextUndoManager undo;

        Replica(int number) {
            document = new TextDocument("r" + number, 100_000, new Rope(4, 4), 4, 4);
            history = new TextHistory(document, 4, 4);
            undo = new TextUndoManager(history);
        }

        FugueText oracle() {
            FugueText oracle = new FugueText();
            document.runs().forEach(oracle::add);
            return oracle;
        }
    }

    private static final class Run {
        private final Rng rng;
        private final List<Replica> replicas = new ArrayList<>();
        private final List<TextCursor> cursors = new ArrayList<>();
        private final List<List<EventId>> versions = new ArrayList<>();

        Run(int chance) {
            rng = new Rng(chance);
            for (int i = 0; i < REPLICAS; i++) {
                replicas.add(new Replica(i));
            }
            versions.add(List.of());
        }

        void play(List<Command> commands) throws ProtocolException {
            for (Command command : commands) {
                act(replicas.get(command.replica()), command);
            }
            for (int round = 0; round < 2; round++) {
                for (Replica to : replicas) {
                    for (Replica from : replicas) {
                        to.document.merge(from.document);
                    }
                }
            }
            for (Replica each : replicas) {
                each.history.check();
                assertThat(each.document.text()).isEqualTo(replicas.get(0).document.text());
            }
            Replica last = replicas.get(rng.below(REPLICAS));
            FugueText oracle = last.oracle();
            for (Replica each : replicas) {
                checkBlame(each, oracle);
                checkCursors(each, oracle);
            }
            checkVersions(last);
            checkPlayer(last);
            checkFork(last);
        }

        private void act(Replica here, Command command) throws ProtocolException {
            TextDocument document = here.document;
            int from = boundary(document, command.one() % (document.length() + 1));
            switch (command.action()) {
                case INSERT -> document.insert(from, TEXTS.get(command.two() % TEXTS.size()));
                case DELETE -> {
                    int to = boundary(document, Math.min(document.length(), from + 1 + command.two() % 4));
                    document.delete(from, Math.max(0, to - from));
                }
                case CLOSE -> closeAndUndo(here);
                case UNDO -> undo(here, true);
                case REDO -> undo(here, false);
                case SEND -> replicas.get((command.replica() + 1 + command.one() % (REPLICAS - 1)) % REPLICAS).document
                        .merge(document);
                case CURSOR -> cursors.add(here.history.cursor(from,
                        command.two() % 2 == 0 ? Affinity.BEFORE : Affinity.AFTER));
                case REMEMBER -> versions.add(document.version());
            }
        }

        /* An edit that is a step of its own, undone and redone, leaves what it found and what it made. */
        private void closeAndUndo(Replica here) {
            here.undo.closeStep();
            String before = here.document.text();
            int from = boundary(here.document, rng.below(here.document.length() + 1));
            here.document.insert(from, "x" + rng.below(10));
            int to = boundary(here.document, rng.below(here.document.length() + 1));
            if (to > 0) {
                int start = boundary(here.document, to - 1);
                here.document.delete(start, to - start);
            }
            String after = here.document.text();
            for (int i = rng.below(3); i > 0; i--) {
                here.undo.undo();
                assertThat(here.document.text()).as("undone").isEqualTo(before);
                here.undo.redo();
                assertThat(here.document.text()).as("redone").isEqualTo(after);
            }
        }

        private void undo(Replica here, boolean back) {
            String before = here.document.text();
            Set<EventId> others = ofOthers(here);
            Set<EventId> visible = new HashSet<>(here.oracle().units(false));
            TextChange change = back ? here.undo.undo() : here.undo.redo();
            assertThat(change.applyTo(before)).isEqualTo(here.document.text());
            assertThat(here.oracle().text()).isEqualTo(here.document.text());
            if (back) {
                others.retainAll(visible);
                assertThat(new HashSet<>(here.oracle().units(false))).as("what others wrote").containsAll(others);
            }
        }

        private static Set<EventId> ofOthers(Replica here) {
            Set<EventId> others = new HashSet<>();
            for (EventId id : here.oracle().units(true)) {
                if (!id.agent().equals(here.document.agent())) {
                    others.add(id);
                }
            }
            return others;
        }

        private static List<EventId> named(List<Authorship> stretches) {
            List<EventId> named = new ArrayList<>();
            for (Authorship each : stretches) {
                for (int i = 0; i < each.length(); i++) {
                    named.add(new EventId(each.first().agent(), each.first().sequence() + i));
                }
            }
            return named;
        }

        private void checkBlame(Replica here, FugueText oracle) {
            List<EventId> named = named(here.history.blame(0, here.document.length()));
            assertThat(named).as("blame").isEqualTo(oracle.units(false));
            int from = rng.below(here.document.length() + 1);
            int to = from + rng.below(here.document.length() + 1 - from);
            int length = 0;
            for (Authorship each : here.history.blame(from, to)) {
                length += each.length();
            }
            assertThat(length).isEqualTo(to - from);
        }

        private void checkCursors(Replica here, FugueText oracle) throws ProtocolException {
            Set<EventId> visible = new HashSet<>(oracle.units(false));
            Map<EventId, Integer> before = new HashMap<>();
            int sum = 0;
            for (EventId id : oracle.units(true)) {
                before.put(id, sum);
                sum += visible.contains(id) ? 1 : 0;
            }
            for (TextCursor cursor : cursors) {
                EventId unit = cursor.unit();
                boolean behind = cursor.affinity() == Affinity.BEFORE;
                int expected = unit == null ? behind ? 0 : sum
                        : before.get(unit) + (behind && visible.contains(unit) ? 1 : 0);
                assertThat(here.history.position(cursor)).as("cursor").isEqualTo(expected);
                assertThat(TextCursor.read(JsonValue.parse(cursor.toJson().toJson()))).isEqualTo(cursor);
            }
        }

        private void checkVersions(Replica here) throws ProtocolException {
            for (int i = 0; i < 3; i++) {
                List<EventId> both = new ArrayList<>(rng.pick(versions));
                both.addAll(rng.pick(versions));
                EventGraph graph = here.document.graph();
                versions.add(graph.ids(graph.versionOf(both)));
            }
            List<String> texts = new ArrayList<>();
            for (List<EventId> version : versions) {
                FugueText then = new FugueText();
                TextDocument cold = new TextDocument("cold");
                cold.merge(here.document.encodeAt(version));
                cold.runs().forEach(then::add);
                assertThat(here.document.textAt(version)).as("checkout").isEqualTo(then.text());
                texts.add(then.text());
            }
            for (int i = 0; i < versions.size(); i++) {
                int other = rng.below(versions.size());
                TextChange change = here.history.change(versions.get(i), versions.get(other));
                assertThat(change.applyTo(texts.get(i))).as("difference").isEqualTo(texts.get(other));
                assertThat(here.history.change(versions.get(i), versions.get(i)).isEmpty()).isTrue();
            }
        }

        private void checkPlayer(Replica here) throws ProtocolException {
            TextPlayer player = new TextPlayer(here.history);
            String shown = "";
            for (int i = 0; i < 4; i++) {
                TextChange change = player.moveTo(rng.below(player.length() + 1));
                shown = change.applyTo(shown);
                assertThat(player.text()).isEqualTo(shown);
                List<EventId> version = here.document.graph().ids(here.history.versionOf(player.at()));
                assertThat(shown).as("played").isEqualTo(here.document.textAt(version));
                assertThat(Surrogates.areWhole(shown)).as("whole").isTrue();
                assertThat(player.textLength()).isEqualTo(shown.length());
                assertThat(player.changeToNow().applyTo(shown)).as("to now").isEqualTo(here.document.text());
                FugueText then = new FugueText();
                TextDocument cold = new TextDocument("cold");
                cold.merge(here.document.encodeAt(version));
                cold.runs().forEach(then::add);
                assertThat(named(player.blame(0, shown.length()))).as("blame then").isEqualTo(then.units(false));
            }
            player.moveTo(player.length());
            assertThat(player.text()).isEqualTo(here.document.text());
        }

        private void checkFork(Replica here) throws ProtocolException {
            TextDocument branch = here.document.fork("branch", versions.get(rng.below(versions.size())));
            branch.insert(0, "branch");
            here.document.insert(0, "main");
            here.document.merge(branch);
            branch.merge(here.document);
            assertThat(branch.text()).isEqualTo(here.document.text()).contains("branch").contains("main");
            assertThat(here.oracle().text()).isEqualTo(branch.text());
            here.history.check();
        }
    }

    private static int boundary(TextDocument document, int position) {
        String text = document.text();
        return position > 0 && position < text.length() && Character.isLowSurrogate(text.charAt(position))
                && Character.isHighSurrogate(text.charAt(position - 1)) ? position - 1 : position;
    }
}
