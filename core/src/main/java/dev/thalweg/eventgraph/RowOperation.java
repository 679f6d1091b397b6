package dev.thalweg.eventgraph;

import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import java.util.Objects;

/** What an event did to a row of a table. */
public sealed interface RowOperation {
    /** The table's name. */
    String table();

    /** The row's name within the table. */
    String row();

    /**
     * The row comes in, or more columns of one that is there.
     *
     * @param values by column
     */
    record Insert(String table, String row, JsonObject values) implements RowOperation {
        public Insert {
            require(table, row);
            Objects.requireNonNull(values);
        }
    }

    /** One column of the row gets a value. */
    record Update(String table, String row, String column, JsonValue value) implements RowOperation {
        public Update {
            require(table, row);
            Objects.requireNonNull(column);
            Objects.requireNonNull(value);
        }
    }

    /** The row goes. */
    record Delete(String table, String row) implements RowOperation {
        public Delete {
            require(table, row);
        }
    }

    private static void require(String table, String row) {
        Objects.requireNonNull(table);
        Objects.requireNonNull(row);
    }
}
