package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;

/** What an application must do to its own copy of a table's row so that it is as in the document. */
public sealed interface RowChange {
    /** The table's name. */
    String table();

    /** The row's name within the table. */
    String row();

    /** A row comes that the copy does not have. @param values all columns it has */
    record InsertRow(String table, String row, JsonObject values) implements RowChange {}

    /** One column of a row that the copy has gets another value. */
    record SetCell(String table, String row, String column, JsonValue value) implements RowChange {}

    /** A row that the copy has goes. */
    record DeleteRow(String table, String row) implements RowChange {}
}
