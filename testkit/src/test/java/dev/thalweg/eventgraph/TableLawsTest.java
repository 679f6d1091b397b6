package dev.thalweg.eventgraph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import dev.thalweg.testkit.Cases;
import dev.thalweg.testkit.Rng;
import dev.thalweg.testkit.trace.TableOracle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Replicas of tables that edit and send each other what they have, in any order and more than once, have at every moment
 * the tables that their events come to, and so has a copy that follows nothing but the changes they report, each of which
 * changes it.
 */
class TableLawsTest {
    private static final int REPLICAS = 3;

    private enum Action {
        INSERT, UPDATE, DELETE, SEND, SEND_SOME, SEND_EVENTS, SEND_JSON, RELOAD
    }

    private record Command(int replica, Action action, int one, int two) {}

    /** A replica and its application's own copy of the tables. */
    private static final class Replica {
        TableDocument document;
        final Map<String, Map<String, Map<String, JsonValue>>> copy = new TreeMap<>();

        Replica(TableDocument document) {
            this.document = document;
        }

        void follow(List<RowChange> changes) {
            for (RowChange change : changes) {
                Map<String, Map<String, JsonValue>> table = copy.computeIfAbsent(change.table(),
                        name -> new TreeMap<>());
                Map<String, JsonValue> row = table.get(change.row());
                switch (change) {
                    case RowChange.InsertRow insert -> {
                        assertThat(row).as("inserted").isNull();
                        Map<String, JsonValue> fresh = new TreeMap<>();
                        put(insert.values(), fresh);
                        table.put(insert.row(), fresh);
                    }
                    case RowChange.SetCell set -> {
                        assertThat(row).as("set").isNotNull();
                        assertThat(row.put(set.column(), set.value())).isNotEqualTo(set.value());
                    }
                    case RowChange.DeleteRow delete -> assertThat(table.remove(delete.row())).isNotNull();
                }
            }
        }

        void check() {
            TableOracle oracle = new TableOracle();
            document.runs().forEach(oracle::add);
            Map<String, Map<String, JsonObject>> expected = oracle.tables();
            assertThat(document.tables()).isEqualTo(List.copyOf(expected.keySet()));
            for (String table : document.tables()) {
                assertThat(document.rows(table)).isEqualTo(expected.get(table));
                Map<String, JsonObject> followed = new TreeMap<>();
                copy.getOrDefault(table, Map.of()).forEach((name, cells) -> {
                    JsonObject.Builder row = JsonObject.builder();
                    cells.forEach(row::put);
                    followed.put(name, row.build());
                });
                assertThat(followed).isEqualTo(document.rows(table));
            }
        }
    }

    private static void put(JsonObject values, Map<String, JsonValue> cells) {
        for (int i = 0; i < values.size(); i++) {
            cells.put(values.name(i), values.value(i));
        }
    }

    @Test
    void replicasAndTheirCopiesHaveTheTablesOfTheirEvents() {
        Cases.hold(TableLawsTest::commands, (commands, seed) -> run(commands, new Rng(seed)));
    }

    private static List<Command> commands(Rng rng) {
        List<Command> commands = new ArrayList<>();
        int steps = rng.between(5, 40);
        for (int i = 0; i < steps; i++) {
            Action action = Action.values()[rng.weighted(8, 8, 5, 5, 3, 1, 2, 1)];
            commands.add(new Command(rng.below(REPLICAS), action, rng.below(1000), rng.below(1000)));
        }
        return commands;
    }

    private static void run(List<Command> commands, Rng rng) throws ProtocolException {
        List<Replica> replicas = new ArrayList<>();
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(new Replica(new TableDocument("r" + i)));
        }
        for (Command command : commands) {
            play(command, replicas, rng);
            replicas.get(command.replica()).check();
        }
        for (int round = 0; round < 2; round++) {
            for (Replica to : replicas) {
                for (Replica from : replicas) {
                    to.follow(to.document.merge(from.document.encodeSince(to.document.versionVector())).changes());
                    to.check();
                }
            }
        }
        TableDocument first = replicas.get(0).document;
        List<TableRun> events = events(first.runs(), rng);
        Replica cold = new Replica(new TableDocument("cold"));
        for (TableRun event : events) {
            cold.follow(cold.document.merge(List.of(event)).changes());
        }
        replicas.add(cold);
        for (Replica each : replicas) {
            each.check();
            assertThat(each.document.rows("t")).isEqualTo(first.rows("t"));
            assertThat(each.document.versionVector()).isEqualTo(first.versionVector());
            assertThat(each.document.version()).isEqualTo(first.version());
            assertThat(each.document.waiting()).isZero();
        }
        assertThat(TableDocument.load("x", first.encode()).encode()).isEqualTo(first.encode());
    }

    private static void play(Command command, List<Replica> replicas, Rng rng) throws ProtocolException {
        Replica here = replicas.get(command.replica());
        Replica there = replicas.get((command.replica() + 1 + command.one() % (REPLICAS - 1)) % REPLICAS);
        String row = "r" + command.one() % 3;
        String column = "c" + command.two() % 4;
        JsonValue value = JsonValue.of(command.two() % 7);
        JsonObject old = here.document.row("t", row);
        switch (command.action()) {
            case INSERT -> {
                JsonObject values = JsonObject.of(column, value);
                here.document.insert("t", row, values);
                put(values, here.copy.computeIfAbsent("t", name -> new TreeMap<>()).computeIfAbsent(row,
                        name -> new TreeMap<>()));
            }
            case UPDATE -> {
                if (old != null) {
                    here.document.update("t", row, column, value);
                    put(JsonObject.of(column, value), here.copy.get("t").get(row));
                }
            }
            case DELETE -> {
                if (old != null) {
                    here.document.delete("t", row);
                    here.copy.get("t").remove(row);
                }
            }
            case SEND -> {
                there.follow(there.document.merge(here.document.encodeSince(there.document.versionVector())).changes());
                there.check();
            }
            case SEND_SOME -> {
                List<TableRun> some = events(here.document.runs(), rng);
                there.follow(there.document.merge(some.subList(0, some.size() / 2)).changes());
                there.check();
            }
            case SEND_EVENTS -> {
                there.follow(there.document.merge(events(here.document.runs(), rng)).changes());
                there.check();
            }
            case SEND_JSON -> {
                JsonValue known = JsonValue.parse(TableJson.known(there.document.versionVector()).toJson());
                String runs = TableJson.runs(here.document.runsSince(TableJson.readKnown(known))).toJson();
                there.follow(there.document.merge(TableJson.readRuns(JsonValue.parse(runs))).changes());
                there.check();
            }
            case RELOAD -> here.document = TableDocument.load(here.document.agent(), here.document.encode());
        }
    }

    /* Every event as a run of its own, in any order. */
    private static List<TableRun> events(List<TableRun> runs, Rng rng) {
        List<TableRun> events = new ArrayList<>();
        for (TableRun run : runs) {
            for (int i = 0; i < run.operations().size(); i++) {
                String agent = run.first().agent();
                int number = run.first().sequence() + i;
                events.add(rng.below(events.size() + 1), new TableRun(new EventId(agent, number),
                        i == 0 ? run.parents() : List.of(new EventId(agent, number - 1)), run.time() + i,
                        List.of(run.operations().get(i))));
            }
        }
        return events;
    }
}
