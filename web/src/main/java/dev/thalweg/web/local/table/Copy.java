package dev.thalweg.web.local.table;

import dev.thalweg.eventgraph.EventId;
import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.eventgraph.TableRun;
import dev.thalweg.json.CanonicalJson;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.json.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A copy of the sheet's table. Has no clock, no page and no network: whoever has them carries its messages. */
final class Copy {
    static final String TABLE = "stations";
    /** Columns that are shown when no row has them. */
    static final List<String> COLUMNS = List.of("keeper", "level", "gate");

    private final TableDocument tables;
    private final Neighbours neighbours;
    private final Judge judge;

    /**
     * What something did here.
     *
     * @param changes  what to do to what is shown, and nothing else
     * @param message  to be said to the others, or null
     */
    record Step(List<RowChange> changes, List<Verdict> verdicts, @Nullable String message) {}

    /** @param tables with what is kept of them @param seen how many events of each agent others are known to have */
    Copy(TableDocument tables, Map<String, Integer> seen) {
        this.tables = tables;
        try {
            tables.merge(survey());
        } catch (ProtocolException e) {
            throw new IllegalStateException("the survey cannot be taken in: " + e.getMessage(), e);
        }
        neighbours = new Neighbours(tables);
        neighbours.see(seen);
        neighbours.see(Map.of(SURVEY, survey().get(0).operations().size()));
        judge = new Judge(tables);
        judge.judge();
    }

    private static final String SURVEY = "survey";

    /* What everybody begins with: the same events at everybody, so that they are nobody's edits and cost nothing to merge. */
    private static List<TableRun> survey() {
        TableDocument survey = new TableDocument(SURVEY);
        station(survey, "mill-race", "Ada", "24", "open");
        station(survey, "north-levee", "Bo", "61", "shut");
        station(survey, "spillway", "Cleo", "42", "shut");
        return survey.runs();
    }

    private static void station(TableDocument survey, String row, String keeper, String level, String gate) {
        survey.insert(TABLE, row, JsonObject.builder().put("keeper", keeper).put("level", level).put("gate", gate)
                .build());
    }

    TableDocument tables() {
        return tables;
    }

    /** All rows by name. */
    Map<String, JsonObject> rows() {
        return tables.rows(TABLE);
    }

    /** Puts a row in, or more columns into one that is there. */
    Step insert(String row, JsonObject values) {
        JsonObject before = tables.row(TABLE, row);
        TableRun run = tables.insert(TABLE, row, values);
        List<RowChange> changes = new ArrayList<>();
        if (before == null) {
            changes.add(new RowChange.InsertRow(TABLE, row, values));
        } else {
            for (int i = 0; i < values.size(); i++) {
                changes.add(new RowChange.SetCell(TABLE, row, values.name(i), values.value(i)));
            }
        }
        return edited(run, changes);
    }

    /** Writes a cell. @throws IllegalArgumentException when the row is not there */
    Step update(String row, String column, JsonValue value) {
        return edited(tables.update(TABLE, row, column, value),
                List.of(new RowChange.SetCell(TABLE, row, column, value)));
    }

    /** Takes a row out. @throws IllegalArgumentException when it is not there */
    Step delete(String row) {
        return edited(tables.delete(TABLE, row), List.of(new RowChange.DeleteRow(TABLE, row)));
    }

    private Step edited(TableRun run, List<RowChange> changes) {
        return new Step(changes, judge.judge(), neighbours.have(List.of(run)));
    }

    /** Takes in what another copy said. @throws ProtocolException when it cannot be read; then nothing has changed */
    Step hear(String text) throws ProtocolException {
        Neighbours.Heard heard = neighbours.hear(text);
        return new Step(heard.merged().changes(), judge.judge(), heard.answer());
    }

    /** The tables took in events by another way. @param changes what that changed */
    Step merged(List<RowChange> changes) {
        return new Step(List.copyOf(changes), judge.judge(), neighbours.have(List.of()));
    }

    /** Somebody else has everything that is here. */
    void shared() {
        neighbours.see(tables.versionVector());
    }

    /** What to say when others may be there again. */
    String hello() {
        return neighbours.hello();
    }

    /** How many events of each agent others are known to have. */
    Map<String, Integer> seen() {
        return neighbours.seen();
    }

    /** How many events nobody else is known to have. */
    int pending() {
        return neighbours.unseen();
    }

    /** Whether nobody else is known to have what a cell holds. @param column empty for whether the row is there */
    boolean isPending(String row, String column) {
        EventId author = judge.author(row, column);
        return author != null && !neighbours.isSeen(author);
    }

    /** One text for all copies that hold the same. */
    String digest() {
        return CanonicalJson.digest(JsonObject.of(rows()));
    }
}
