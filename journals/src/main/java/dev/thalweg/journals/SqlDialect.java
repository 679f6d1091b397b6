package dev.thalweg.journals;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Where databases differ. */
enum SqlDialect {
    SQLITE("INTEGER PRIMARY KEY", "BLOB", "") {
        @Override
        void open(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 10000");
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
            }
        }
    },
    POSTGRESQL("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "BYTEA", " FOR UPDATE") {
        @Override
        void open(Connection connection) throws SQLException {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            try (Statement statement = connection.createStatement()) {
                // Two that open a new database at once would both make the tables.
                statement.execute("SELECT pg_advisory_xact_lock(6017432719)");
            }
        }
    };

    /* Put behind a query whose rows are to be changed. */
    final String forUpdate;
    private final String key;
    private final String bytes;

    SqlDialect(String key, String bytes, String forUpdate) {
        this.key = key;
        this.bytes = bytes;
        this.forUpdate = forUpdate;
    }

    /** Makes a fresh connection ready. */
    abstract void open(Connection connection) throws SQLException;

    /** The tables, made where they are missing. */
    List<String> tables() {
        return List.of("CREATE TABLE IF NOT EXISTS thalweg_stream (id " + key + ", name TEXT NOT NULL UNIQUE,"
                + " truncated INTEGER NOT NULL, version INTEGER NOT NULL, snapshot_version INTEGER,"
                + " snapshot_sum INTEGER, snapshot " + bytes + ")",
                "CREATE TABLE IF NOT EXISTS thalweg_record (stream BIGINT NOT NULL, version INTEGER NOT NULL,"
                        + " sum INTEGER NOT NULL, bytes " + bytes + " NOT NULL, PRIMARY KEY (stream, version))");
    }
}
