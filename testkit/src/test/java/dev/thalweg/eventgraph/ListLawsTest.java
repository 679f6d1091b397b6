package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Cases;
import dev.thalweg.testkit.Rng;
import dev.thalweg.testkit.trace.FugueText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Replicas of a list that edit and send each other what they have, in any portions and more than once, have at every moment
 * the list that their events come to by the definition: the row of slots by {@link FugueText}, and the latest place and value
 * of each element in it. Trees are so small that every edit splits something.
 */
class ListLawsTest {
    private static final int REPLICAS = 3;

    private enum Action {
        INSERT, DELETE, MOVE, SET, SEND, SEND_PART, RELOAD
    }

    private record Command(int replica, Action action, int one, int two) {}

    @Test
    void replicasHaveTheListOfTheirEvents() {
        Cases.hold(ListLawsTest::commands, (commands, seed) -> run(commands));
    }

    private static List<Command> commands(Rng rng) {
        List<Command> commands = new ArrayList<>();
        int steps = rng.between(5, 40);
        for (int i = 0; i < steps; i++) {
            Action action = Action.values()[rng.weighted(7, 3, 7, 4, 6, 3, 1)];
            commands.add(new Command(rng.below(REPLICAS), action, rng.below(1000), rng.below(1000)));
        }
        return commands;
    }

    private static ListDocument replica(String name) {
        return new ListDocument(name, 100_000, 4, 4);
    }

    private static void run(List<Command> commands) throws ProtocolException {
        List<ListDocument> replicas = new ArrayList<>();
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(replica("r" + i));
        }
        int value = 0;
        Map<JsonValue, String> authors = new HashMap<>();
        Map<List<EventId>, List<JsonValue>> seen = new HashMap<>();
        for (Command command : commands) {
            ListDocument here = replicas.get(command.replica());
            ListDocument there = replicas.get((command.replica() + 1 + command.one() % (REPLICAS - 1)) % REPLICAS);
            int size = here.size();
            List<JsonValue> expected = new ArrayList<>(here.toList());
            switch (command.action()) {
                case INSERT -> {
                    int index = command.one() % (size + 1);
                    List<JsonValue> values = new ArrayList<>();
                    for (int i = 0; i <= command.two() % 3; i++) {
                        authors.put(JsonValue.of(value), here.agent());
                        values.add(JsonValue.of(value++));
                    }
                    here.insert(index, values);
                    expected.addAll(index, values);
                }
                case DELETE -> {
                    int index = command.one() % (size + 1);
                    int count = Math.min(size - index, command.two() % 3);
                    here.delete(index, count);
                    expected.subList(index, index + count).clear();
                }
                case MOVE -> {
                    if (size > 0) {
                        here.move(command.one() % size, command.two() % size);
                        expected.add(command.two() % size, expected.remove(command.one() % size));
                    }
                }
                case SET -> {
                    if (size > 0) {
                        JsonValue other = JsonValue.of("s" + value++);
                        here.set(command.one() % size, other);
                        expected.set(command.one() % size, other);
                    }
                }
                case SEND -> deliver(there, here.encodeSince(there.versionVector()));
                case SEND_PART -> {
                    int events = here.graph().size();
                    if (events > 0) {
                        deliver(there, here.encodeFrom(command.two() % events));
                    }
                }
                case RELOAD -> {
                    ListDocument loaded = ListDocument.load(here.agent(), here.encode());
                    assertThat(loaded.toList()).isEqualTo(here.toList());
                    here.merge(loaded.encode());
                }
            }
            assertThat(here.toList()).isEqualTo(expected);
            check(here);
            seen.put(here.version(), here.toList());
        }
        for (int round = 0; round < 2; round++) {
            for (ListDocument to : replicas) {
                for (ListDocument from : replicas) {
                    deliver(to, from.encodeSince(to.versionVector()));
                }
            }
        }
        ListDocument first = replicas.get(0);
        for (ListDocument each : replicas) {
            assertThat(each.toList()).isEqualTo(first.toList());
            assertThat(each.versionVector()).isEqualTo(first.versionVector());
            assertThat(each.waiting()).isZero();
        }
        for (int i = 0; i < first.size(); i++) {
            assertThat(first.insertedBy(i).agent())
                    .isEqualTo(authors.getOrDefault(first.get(i), first.insertedBy(i).agent()));
        }
        seen.forEach((version, list) -> assertThat(first.listAt(version)).as("checkout").isEqualTo(list));
        ListDocument branch = first.fork("branch", List.copyOf(seen.keySet()).get(0));
        branch.insert(0, JsonValue.of("b"));
        branch.merge(first);
        ListDocument told = replica("told");
        deliver(told, ListJson.runs(first, Map.of()));
        deliver(told, ListJson.runs(branch, told.versionVector()));
        assertThat(branch.toList()).isEqualTo(told.toList()).containsAll(first.toList());
        ListDocument live = replica("live");
        for (int i = first.graph().size() - 1; i >= 0; i--) {
            live.merge(first.encodeFrom(i));
        }
        check(live);
        assertThat(live.toList()).isEqualTo(first.toList());
        assertThat(ListDocument.load("x", first.encode()).encode()).isEqualTo(first.encode());
    }

    private static void deliver(ListDocument document, JsonValue runs) throws ProtocolException {
        List<JsonValue> before = List.copyOf(document.toList());
        follow(document, before, ListJson.merge(document, JsonValue.parse(runs.toJson())));
    }

    private static void deliver(ListDocument document, byte[] bytes) throws ProtocolException {
        List<JsonValue> before = List.copyOf(document.toList());
        follow(document, before, document.merge(bytes));
    }

    private static void follow(ListDocument document, List<JsonValue> before, ListMergeResult result) {
        List<JsonValue> copy = new ArrayList<>(before);
        assertThat(result.refused()).isEmpty();
        for (ListChange change : result.changes()) {
            switch (change) {
                case ListChange.Insert insert -> copy.add(insert.index(), insert.value());
                case ListChange.Delete delete -> copy.remove(delete.index());
                case ListChange.Move move -> copy.add(move.to(), copy.remove(move.from()));
                case ListChange.Set set -> assertThat(copy.set(set.index(), set.value())).isNotEqualTo(set.value());
            }
        }
        assertThat(copy).as("changes").isEqualTo(document.toList());
        check(document);
    }

    private static void check(ListDocument document) {
        document.check();
        FugueText row = new FugueText();
        document.row().forEach(row::add);
        assertThat(document.toList()).isEqualTo(list(document, row.text()));
    }

    /* What the live slots show. */
    private static List<JsonValue> list(ListDocument document, String row) {
        Map<EventId, Integer> places = new HashMap<>();
        Map<EventId, Integer> values = new HashMap<>();
        Comparator<Integer> later = Comparator
                .comparingInt((Integer slot) -> document.graph().time(document.graph().find(document.eventOf(slot))))
                .thenComparing(document::eventOf);
        for (int slot : row.chars().toArray()) {
            switch (document.slot(slot)) {
                case ListSlot.Element element -> latest(places, document.eventOf(slot), slot, later);
                case ListSlot.Place place -> latest(places, place.element(), slot, later);
                case ListSlot.Value value -> latest(values, value.element(), slot, later);
            }
        }
        List<JsonValue> list = new ArrayList<>();
        for (int slot : row.chars().toArray()) {
            places.forEach((element, place) -> {
                if (place == slot) {
                    int value = Objects.requireNonNull(values.getOrDefault(element, slot));
                    list.add(document.slot(value).value());
                }
            });
        }
        return list;
    }

    private static void latest(Map<EventId, Integer> all, EventId element, int slot, Comparator<Integer> later) {
        all.merge(element, slot, (old, fresh) -> later.compare(old, fresh) >= 0 ? old : fresh);
    }
}
