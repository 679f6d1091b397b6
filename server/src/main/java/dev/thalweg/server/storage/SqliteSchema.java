package dev.thalweg.server.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of the SQLite file, and how it is opened. */
final class SqliteSchema {
    private static final int VERSION = 1;

    private static final List<String> TABLES = List.of("""
            CREATE TABLE document (
                key INTEGER PRIMARY KEY,
                tenant TEXT NOT NULL,
                id TEXT NOT NULL,
                created REAL NOT NULL,
                checkpoint TEXT,
                UNIQUE (tenant, id))""", """
            CREATE TABLE op (
                document INTEGER NOT NULL REFERENCES document (key),
                seq INTEGER NOT NULL,
                quorum INTEGER NOT NULL,
                message TEXT NOT NULL,
                PRIMARY KEY (document, seq)) WITHOUT ROWID""", """
            CREATE INDEX op_quorum ON op (document, seq) WHERE quorum""", """
            CREATE TABLE object (
                document INTEGER NOT NULL REFERENCES document (key),
                id TEXT NOT NULL,
                kind TEXT NOT NULL,
                bytes BLOB NOT NULL,
                UNIQUE (document, id))""", """
            CREATE TABLE ref (
                document INTEGER NOT NULL REFERENCES document (key),
                name TEXT NOT NULL,
                target TEXT NOT NULL,
                PRIMARY KEY (document, name)) WITHOUT ROWID""");

    private SqliteSchema() {}

    /** Opens the file, makes the tables when it is new, and leaves it ready for transactions. */
    static Connection openForWriting(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            int version;
            try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
                version = row.getInt(1);
            }
            if (version > VERSION) {
                throw new SQLException("the file has layout " + version + ", this version knows up to " + VERSION);
            }
            connection.setAutoCommit(false);
            if (version == 0) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
                statement.execute("PRAGMA user_version = " + VERSION);
            }
            connection.commit();
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    static Connection openForReading(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = true");
            statement.execute("PRAGMA busy_timeout = 5000");
        }
        return connection;
    }
}
