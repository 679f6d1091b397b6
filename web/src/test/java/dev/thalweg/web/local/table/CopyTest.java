package dev.thalweg.web.local.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CopyTest {
    private final Copy a = new Copy(new TableDocument("1A-x"), Map.of());
    private final Copy b = new Copy(new TableDocument("1B-y"), Map.of());

    private static JsonValue text(String value) {
        return JsonValue.of(value);
    }

    /** Lets copies talk until they fall silent. @return what was done to each, by its place */
    private static List<List<Copy.Step>> talk(List<Copy> copies, String first, int from) throws ProtocolException {
        record Said(int by, String text) {}
        List<List<Copy.Step>> steps = new ArrayList<>();
        copies.forEach(copy -> steps.add(new ArrayList<>()));
        Deque<Said> said = new ArrayDeque<>(List.of(new Said(from, first)));
        for (int messages = 0; !said.isEmpty(); messages++) {
            assertThat(messages).as("messages until all are silent").isLessThan(200);
            Said next = said.remove();
            for (int to = 0; to < copies.size(); to++) {
                if (to != next.by()) {
                    Copy.Step step = copies.get(to).hear(next.text());
                    steps.get(to).add(step);
                    if (step.message() != null) {
                        said.add(new Said(to, step.message()));
                    }
                }
            }
        }
        return steps;
    }

    private List<List<Copy.Step>> meet() throws ProtocolException {
        return talk(List.of(a, b), a.hello(), 0);
    }

    private static List<Verdict> verdicts(List<Copy.Step> steps) {
        List<Verdict> all = new ArrayList<>();
        steps.forEach(step -> all.addAll(step.verdicts()));
        return all;
    }

    @Test
    void everybodyBeginsWithTheSame() throws ProtocolException {
        assertThat(a.digest()).isEqualTo(b.digest());
        assertThat(a.rows()).containsOnlyKeys("mill-race", "north-levee", "spillway");
        assertThat(a.pending()).isZero();
        for (Copy.Step step : meet().get(1)) {
            assertThat(step.changes()).isEmpty();
        }
    }

    @Test
    void theLaterOfTwoValuesStandsAndBothAreTold() throws ProtocolException {
        a.update("mill-race", "keeper", text("Dora"));
        b.update("mill-race", "keeper", text("Emil"));
        assertThat(a.isPending("mill-race", "keeper")).isTrue();
        assertThat(a.isPending("mill-race", "level")).isFalse();
        List<List<Copy.Step>> steps = meet();
        for (List<Copy.Step> each : steps) {
            assertThat(verdicts(each)).singleElement().isEqualTo(new Verdict(Rule.LATER, "mill-race",
                    "mill-race, keeper: \"Emil\" by 1B is later than \"Dora\" by 1A, and stands."));
        }
        assertThat(steps.get(0).get(0).changes())
                .containsExactly(new RowChange.SetCell(Copy.TABLE, "mill-race", "keeper", text("Emil")));
        assertThat(steps.get(1)).allSatisfy(step -> assertThat(step.changes()).isEmpty());
        assertThat(a.digest()).isEqualTo(b.digest());
        assertThat(List.of(a.pending(), b.pending())).containsOnly(0);
        assertThat(a.isPending("mill-race", "keeper")).isFalse();
    }

    @Test
    void anUpdateBringsNoRowBack() throws ProtocolException {
        a.delete("spillway");
        b.update("spillway", "level", text("43"));
        b.update("spillway", "level", text("44"));
        for (List<Copy.Step> each : meet()) {
            assertThat(verdicts(each)).extracting(Verdict::rule).containsOnly(Rule.DELETED);
        }
        assertThat(b.rows()).doesNotContainKey("spillway");
        assertThat(a.digest()).isEqualTo(b.digest());
    }

    @Test
    void insertionsAtOnceMakeOneRow() throws ProtocolException {
        a.insert("pump-house", JsonObject.of("level", text("18")));
        b.insert("pump-house", JsonObject.of("gate", text("open")));
        for (List<Copy.Step> each : meet()) {
            assertThat(verdicts(each)).extracting(Verdict::rule).containsExactly(Rule.ONE_ROW);
        }
        assertThat(a.rows().get("pump-house"))
                .isEqualTo(JsonObject.builder().put("gate", "open").put("level", "18").build());
    }

    @Test
    void anInsertionLaterThanADeletionStands() throws ProtocolException {
        a.delete("spillway");
        b.insert("spillway", JsonObject.of("level", text("1")));
        for (List<Copy.Step> each : meet()) {
            assertThat(verdicts(each)).extracting(Verdict::rule).contains(Rule.INSERTED);
        }
        assertThat(a.digest()).isEqualTo(b.digest());
    }

    @Test
    void whatIsPutInAgainHasNothingFromBefore() throws ProtocolException {
        a.delete("spillway");
        b.update("spillway", "keeper", text("Emil"));
        meet();
        Copy.Step step = b.insert("spillway", JsonObject.of("level", text("1")));
        assertThat(step.changes()).containsExactly(
                new RowChange.InsertRow(Copy.TABLE, "spillway", JsonObject.of("level", text("1"))));
        assertThat(step.verdicts()).isEmpty();
        meet();
        assertThat(a.rows().get("spillway")).isEqualTo(JsonObject.of("level", text("1")));
    }

    @Test
    void aThirdCopyCarriesWhatTwoSaidThatNeverMet() throws ProtocolException {
        Copy c = new Copy(new TableDocument("2A-z"), Map.of());
        a.update("mill-race", "level", text("25"));
        talk(List.of(a, c), a.hello(), 0);
        assertThat(a.pending()).isZero();
        talk(List.of(c, b), b.hello(), 1);
        assertThat(b.rows()).isEqualTo(a.rows());
    }

    @Test
    void whatCannotBeReadChangesNothing() {
        String before = a.digest();
        for (String bad : List.of("", "[]", "{}", "{\"type\":\"hello\"}", b.hello().replace("hello", "goodbye"),
                b.hello().replace("\"known\":{", "\"known\":{\"q\":-7,"))) {
            assertThatThrownBy(() -> a.hear(bad)).isInstanceOf(ProtocolException.class);
        }
        assertThat(a.digest()).isEqualTo(before);
    }

    @Test
    void copiesThatLoseAndRepeatMessagesStillMeet() throws ProtocolException {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            List<Copy> copies = new ArrayList<>();
            List<Map<String, JsonObject>> shown = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                copies.add(new Copy(new TableDocument(i + "-" + seed), Map.of()));
                shown.add(new TreeMap<>(copies.get(i).rows()));
            }
            for (int round = 0; round < 25; round++) {
                int by = random.nextInt(3);
                Copy.Step step = edit(copies.get(by), random);
                apply(step.changes(), shown.get(by));
                for (int to = 0; to < 3; to++) {
                    for (int times = to == by ? 0 : random.nextInt(3); times > 0; times--) {
                        apply(copies.get(to).hear(String.valueOf(step.message())).changes(), shown.get(to));
                    }
                }
            }
            // Everybody says hello once nothing is lost any more.
            for (int by = 0; by < 3; by++) {
                List<List<Copy.Step>> steps = talk(copies, copies.get(by).hello(), by);
                for (int i = 0; i < 3; i++) {
                    for (Copy.Step step : steps.get(i)) {
                        apply(step.changes(), shown.get(i));
                    }
                }
            }
            for (int i = 0; i < 3; i++) {
                assertThat(copies.get(i).digest()).as("seed %d", seed).isEqualTo(copies.get(0).digest());
                assertThat(copies.get(i).pending()).as("seed %d", seed).isZero();
                assertThat(shown.get(i)).as("seed %d", seed).isEqualTo(copies.get(i).rows());
            }
        }
    }

    private static Copy.Step edit(Copy copy, Random random) {
        String row = "r" + random.nextInt(3);
        String column = "c" + random.nextInt(2);
        boolean there = copy.rows().containsKey(row);
        int what = random.nextInt(4);
        if (there && what == 0) {
            return copy.delete(row);
        }
        return there && what < 3 ? copy.update(row, column, JsonValue.of(random.nextInt(9)))
                : copy.insert(row, JsonObject.of(column, JsonValue.of(random.nextInt(9))));
    }

    /** Does to a copy of the rows what it is told, and fails when that is more than is needed. */
    private static void apply(List<RowChange> changes, Map<String, JsonObject> rows) {
        for (RowChange change : changes) {
            switch (change) {
                case RowChange.InsertRow insert ->
                        assertThat(rows.put(insert.row(), insert.values())).as("%s", insert).isNull();
                case RowChange.DeleteRow delete -> assertThat(rows.remove(delete.row())).as("%s", delete).isNotNull();
                case RowChange.SetCell set -> {
                    assertThat(rows).containsKey(set.row());
                    TreeMap<String, JsonValue> cells = new TreeMap<>();
                    JsonObject old = rows.get(set.row());
                    for (int i = 0; i < old.size(); i++) {
                        cells.put(old.name(i), old.value(i));
                    }
                    cells.put(set.column(), set.value());
                    JsonObject.Builder made = JsonObject.builder();
                    cells.forEach(made::put);
                    rows.put(set.row(), made.build());
                }
            }
        }
    }
}
