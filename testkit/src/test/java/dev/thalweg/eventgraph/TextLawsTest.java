package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Cases;
import dev.thalweg.testkit.Rng;
import dev.thalweg.testkit.trace.FugueText;
import dev.thalweg.testkit.trace.Orders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Replicas that edit and send each other what they have, in any order and more than once, have at every moment the text
 * that their events come to by the definition, with trees so small that every edit splits something.
 *
 */
class TextLawsTest {
    private static final List<String> TEXTS = List.of("a", "b", "cd", "\u00e9", "\ud83d\ude00", "xyz\u4e16", "o");

    /** What a replica does. The numbers are taken modulo what there is, so that any list of commands makes sense. */
    private record Command(int replica, Action action, int one, int two) {}

    private enum Action {
        INSERT, TYPE, DELETE, SEND, SEND_SOME, SEND_AGAIN, RELOAD
    }

    @Test
    void replicasHaveTheTextOfTheirEvents() {
        Cases.hold(TextLawsTest::commands, (commands, seed) -> run(commands, new Rng(seed)));
    }

    private static List<Command> commands(Rng rng) {
        List<Command> commands = new ArrayList<>();
        int replicas = rng.between(2, 4);
        int steps = rng.between(5, 40);
        for (int i = 0; i < steps; i++) {
            Action action = Action.values()[rng.weighted(8, 4, 6, 5, 3, 1, 1)];
            commands.add(new Command(rng.below(replicas), action, rng.below(1000), rng.below(1000)));
        }
        return commands;
    }

    private static TextDocument replica(int number) {
        return new TextDocument("r" + number, 100_000, new Rope(4, 4), 4, 4);
    }

    private static void run(List<Command> commands, Rng rng) throws ProtocolException {
        List<TextDocument> replicas = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            replicas.add(replica(i));
        }
        for (Command command : commands) {
            TextDocument here = replicas.get(command.replica());
            TextDocument there = replicas.get((command.replica() + 1 + command.one() % 3) % 4);
            switch (command.action()) {
                case INSERT -> insert(here, command.one(), TEXTS.get(command.two() % TEXTS.size()));
                case TYPE -> {
                    for (int i = 0; i < 3; i++) {
                        insert(here, command.one() + (command.two() % 2) * i, "t" + i);
                    }
                }
                case DELETE -> delete(here, command.one(), 1 + command.two() % 4);
                case SEND ->
                        deliver(there, EventFormat.read(here.encodeSince(there.versionVector()), new Chars(0)).batch());
                case SEND_SOME -> deliver(there, Batch.of(some(here.runs(), rng)));
                case SEND_AGAIN -> deliver(there, Batch.of(Orders.shuffled(here.runs(), rng)));
                case RELOAD -> {
                    String text = here.text();
                    replicas.set(command.replica(), TextDocument.load(here.agent(), here.encode(true)));
                    assertThat(replicas.get(command.replica()).text()).isEqualTo(text);
                }
            }
        }
        converge(replicas, rng);
    }

    private static void insert(TextDocument document, int where, String text) {
        document.insert(boundary(document, where % (document.length() + 1)), text);
        document.check();
    }

    private static void delete(TextDocument document, int where, int count) {
        int from = boundary(document, where % (document.length() + 1));
        int to = boundary(document, Math.min(document.length(), from + count));
        document.delete(from, Math.max(0, to - from));
        document.check();
    }

    private static int boundary(TextDocument document, int position) {
        String text = document.text();
        return position > 0 && position < text.length() && Character.isLowSurrogate(text.charAt(position))
                && Character.isHighSurrogate(text.charAt(position - 1)) ? position - 1 : position;
    }

    private static List<TextRun> some(List<TextRun> runs, Rng rng) {
        List<TextRun> some = new ArrayList<>();
        for (TextRun run : runs) {
            if (rng.chance(50)) {
                some.add(rng.below(some.size() + 1), run);
            }
        }
        return some;
    }

    private static void deliver(TextDocument document, Batch batch) throws ProtocolException {
        String before = document.text();
        MergeResult result = document.merge(batch);
        assertThat(result.refused()).isEmpty();
        assertThat(result.change().applyTo(before)).isEqualTo(document.text());
        document.check();
        assertThat(document.text()).isEqualTo(text(document.runs()));
    }

    private static String text(List<TextRun> runs) {
        FugueText text = new FugueText();
        runs.forEach(text::add);
        return text.text();
    }

    private static void converge(List<TextDocument> replicas, Rng rng) throws ProtocolException {
        for (int round = 0; round < 2; round++) {
            for (TextDocument to : replicas) {
                for (TextDocument from : replicas) {
                    deliver(to, Batch.of(from.runsSince(to.versionVector())));
                }
            }
        }
        TextDocument first = replicas.get(0);
        for (TextDocument each : replicas) {
            assertThat(each.text()).isEqualTo(first.text());
            assertThat(each.versionVector()).isEqualTo(first.versionVector());
            assertThat(each.version()).isEqualTo(first.version());
            assertThat(each.waiting()).isZero();
        }
        List<TextRun> runs = first.runs();
        assertThat(text(Orders.shuffled(runs, rng))).isEqualTo(first.text());
        for (List<TextRun> order : List.of(runs, Orders.events(runs), Orders.shuffled(runs, rng))) {
            TextDocument cold = replica(5);
            cold.merge(order);
            cold.check();
            assertThat(cold.text()).isEqualTo(first.text());
            TextDocument live = replica(6);
            for (TextRun run : order) {
                live.merge(List.of(run));
            }
            assertThat(live.text()).isEqualTo(first.text());
        }
        byte[] file = first.encode(false);
        assertThat(TextDocument.load("x", file).encode(false)).isEqualTo(file);
        assertThat(Objects.hash(TextDocument.load("x", file).runs())).isEqualTo(Objects.hash(runs));
    }
}
