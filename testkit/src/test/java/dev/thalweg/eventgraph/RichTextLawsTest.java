package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonNull;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Cases;
import dev.thalweg.testkit.Rng;
import dev.thalweg.testkit.trace.FugueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Replicas that edit and mark a text and send each other what they have, in portions, have at every moment the properties
 * that their events come to by the definition: of each unit and name, the latest mark whose places are around the unit.
 * Changes that they tell keep a copy up to date. What is undone and redone is as it was.
 */
class RichTextLawsTest {
    private static final int REPLICAS = 3;
    private static final List<String> NAMES = List.of("bold", "link", "size");

    private enum Action {
        INSERT, DELETE, MARK, UNMARK, SEND, SEND_PART, STEP, UNDO, REDO, RELOAD
    }

    private record Command(int replica, Action action, int one, int two) {}

    /** A unit of a copy of the text. */
    private record Letter(char unit, Map<String, JsonValue> properties) {}

    @Test
    void replicasHaveThePropertiesOfTheirEvents() {
        Cases.hold(RichTextLawsTest::commands, (commands, seed) -> new Run(seed).play(commands));
    }

    private static List<Command> commands(Rng rng) {
        List<Command> commands = new ArrayList<>();
        int steps = rng.between(5, 30);
        for (int i = 0; i < steps; i++) {
            Action action = Action.values()[rng.weighted(8, 4, 8, 3, 4, 3, 3, 3, 2, 1)];
            commands.add(new Command(rng.below(REPLICAS), action, rng.below(1000), rng.below(1000)));
        }
        return commands;
    }

    private static final class Replica {
        TextDocument document;
        RichText text;
        TextUndoManager undo;
        final List<Letter> copy = new ArrayList<>();

        Replica(TextDocument document) {
            this.document = document;
            text = new RichText(new TextHistory(document, 4, 4));
            undo = new TextUndoManager(text);
        }

        void reload() throws ProtocolException {
            document = TextDocument.load(document.agent(), document.encode(true));
            text = new RichText(new TextHistory(document, 4, 4));
            undo = new TextUndoManager(text);
        }

        void follow(RichChange change) {
            int at = 0;
            for (RichChange.Edit edit : change.edits()) {
                switch (edit) {
                    case RichChange.Edit.Retain retain -> {
                        for (int i = at; i < at + retain.length(); i++) {
                            copy.set(i, changed(copy.get(i), retain.attributes()));
                        }
                        at += retain.length();
                    }
                    case RichChange.Edit.Insert insert -> {
                        for (int i = 0; i < insert.text().length(); i++) {
                            copy.add(at++, changed(new Letter(insert.text().charAt(i), Map.of()), insert.attributes()));
                        }
                    }
                    case RichChange.Edit.Delete delete -> copy.subList(at, at + delete.length()).clear();
                }
            }
        }

        private static Letter changed(Letter letter, JsonObject attributes) {
            Map<String, JsonValue> properties = new TreeMap<>(letter.properties());
            for (int i = 0; i < attributes.size(); i++) {
                if (attributes.value(i) == JsonNull.NULL) {
                    assertThat(properties.remove(attributes.name(i))).as("what is taken away").isNotNull();
                } else {
                    assertThat(properties.put(attributes.name(i), attributes.value(i)))
                            .as("what changes").isNotEqualTo(attributes.value(i));
                }
            }
            return new Letter(letter.unit(), properties);
        }

        void check() {
            FugueText oracle = new FugueText();
            document.runs().forEach(oracle::add);
            List<Map<String, JsonValue>> properties = oracle.properties();
            List<Letter> expected = new ArrayList<>();
            for (int i = 0; i < properties.size(); i++) {
                expected.add(new Letter(oracle.text().charAt(i), properties.get(i)));
            }
            assertThat(contents()).as("properties").isEqualTo(expected);
            assertThat(copy).as("a copy").isEqualTo(expected);
        }

        List<Letter> contents() {
            List<Letter> contents = new ArrayList<>();
            for (RichChange.Edit edit : text.contents().edits()) {
                if (edit instanceof RichChange.Edit.Insert insert) {
                    for (int i = 0; i < insert.text().length(); i++) {
                        contents.add(changed(new Letter(insert.text().charAt(i), Map.of()), insert.attributes()));
                    }
                }
            }
            return contents;
        }
    }

    private static final class Run {
        private final Rng rng;
        private final List<Replica> replicas = new ArrayList<>();

        Run(int chance) {
            rng = new Rng(chance);
            for (int i = 0; i < REPLICAS; i++) {
                replicas.add(new Replica(new TextDocument("r" + i, 100_000, new Rope(4, 4), 4, 4)));
            }
        }

        void play(List<Command> commands) throws ProtocolException {
            for (Command command : commands) {
                Replica here = replicas.get(command.replica());
                act(here, command);
                here.check();
            }
            for (int round = 0; round < 2; round++) {
                for (Replica to : replicas) {
                    for (Replica from : replicas) {
                        to.follow(to.text.merge(from.document.encodeSince(to.document.versionVector())).change());
                    }
                }
            }
            for (Replica each : replicas) {
                each.check();
                assertThat(each.copy).isEqualTo(replicas.get(0).copy);
                byte[] file = each.document.encode(false);
                assertThat(TextDocument.load("x", file).encode(false)).isEqualTo(file);
                TextDocument told = new TextDocument("told");
                told.merge(TextJson.readRuns(JsonValue.parse(TextJson.runs(each.document, Map.of()).toJson())));
                assertThat(told.runs()).as("told as JSON").isEqualTo(each.document.runs());
            }
        }

        private void act(Replica here, Command command) throws ProtocolException {
            int length = here.document.length();
            int from = command.one() % (length + 1);
            int count = Math.min(length - from, 1 + command.two() % 4);
            Replica there = replicas.get((command.replica() + 1 + command.one() % (REPLICAS - 1)) % REPLICAS);
            switch (command.action()) {
                case INSERT -> here.follow(here.text.insert(from, "abcdef".substring(command.two() % 5)));
                case DELETE -> here.follow(here.text.delete(from, count));
                case MARK -> mark(here, from, count, JsonValue.of(command.two() % 3));
                case UNMARK -> mark(here, from, count, JsonNull.NULL);
                case SEND -> there.follow(
                        there.text.merge(here.document.encodeSince(there.document.versionVector())).change());
                case SEND_PART -> {
                    int events = here.document.graph().size();
                    if (events > 0) {
                        there.follow(there.text.merge(here.document.encodeFrom(command.two() % events)).change());
                    }
                }
                case STEP -> step(here);
                case UNDO -> here.follow(here.text.undo(here.undo));
                case REDO -> here.follow(here.text.redo(here.undo));
                case RELOAD -> here.reload();
            }
            there.check();
        }

        private void mark(Replica here, int from, int count, JsonValue value) {
            if (count > 0) {
                Expand expand = Expand.values()[rng.below(Expand.values().length)];
                here.follow(here.text.mark(from, from + count, rng.pick(NAMES), value, expand));
            }
        }

        /* Edits that are a step, undone and redone, leave what they found and what they made. */
        private void step(Replica here) {
            here.undo.closeStep();
            List<Letter> before = List.copyOf(here.copy);
            for (int i = rng.between(1, 3); i > 0; i--) {
                int length = here.document.length();
                int from = rng.below(length + 1);
                int count = Math.min(length - from, rng.between(1, 3));
                switch (rng.below(3)) {
                    case 0 -> here.follow(here.text.insert(from, "xyz"));
                    case 1 -> here.follow(here.text.delete(from, count));
                    default -> mark(here, from, count, JsonValue.of(rng.below(3)));
                }
            }
            List<Letter> after = List.copyOf(here.copy);
            if (here.document.ownEvents() == 0 || !here.undo.canUndo() || before.equals(after)) {
                return;
            }
            for (int i = rng.below(3); i > 0; i--) {
                here.follow(here.text.undo(here.undo));
                assertThat(here.copy).as("undone").isEqualTo(before);
                here.follow(here.text.redo(here.undo));
                assertThat(here.copy).as("redone").isEqualTo(after);
            }
        }
    }
}
