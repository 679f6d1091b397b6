package dev.thalweg.journals;

import dev.thalweg.jvm.journal.BlockingJournal;
import dev.thalweg.jvm.journal.JournalWrite;
import dev.thalweg.replication.Journal;
import dev.thalweg.replication.JournalEntry;
import dev.thalweg.replication.JournalLimits;
import dev.thalweg.replication.StreamExtent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps streams in two tables of a database, {@code thalweg_stream} and {@code thalweg_record}, which it makes. Several
 * processes may use one database, each with a journal of its own.
 */
/*
 * A group of writes is one transaction. It first takes hold of the rows of all its streams, in the order of their names,
 * so that two processes never wait for each other in a circle; then it works on what it has read of them, and writes the
 * rows back.
 *
 * Rows have a checksum of ours, since neither database tells damage in a file from data by itself.
 */
public final class SqlJournal implements BlockingJournal {
    private static final int MAX_PAGE = 256;
    private static final String ROW = "SELECT id, truncated, version, snapshot_version FROM thalweg_stream WHERE name = ?";

    private final Opener opener;
    private final SqlDialect dialect;
    private @Nullable Connection connection;

    @FunctionalInterface
    private interface Opener {
        Connection open() throws SQLException;
    }

    @FunctionalInterface
    private interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    /** A stream's row, as it is to be. */
    private static final class Row {
        final long id;
        int truncated;
        int version;
        int snapshotVersion;

        Row(ResultSet row) throws SQLException {
            id = row.getLong(1);
            truncated = row.getInt(2);
            version = row.getInt(3);
            int snapshot = row.getInt(4);
            snapshotVersion = row.wasNull() ? -1 : snapshot;
        }

        StreamExtent extent() {
            return new StreamExtent(truncated, version);
        }
    }

    private SqlJournal(Opener opener, SqlDialect dialect) throws IOException {
        this.opener = opener;
        this.dialect = dialect;
        this.<@Nullable Object>inTransaction(opened -> null);
    }

    /** Opens a journal in a file of SQLite, synced at every commit. */
    public static SqlJournal sqlite(Path file) throws IOException {
        return new SqlJournal(() -> DriverManager.getConnection("jdbc:sqlite:" + file), SqlDialect.SQLITE);
    }

    /**
     * Opens a journal in a database of PostgreSQL. What is committed is as durable as the server is told to make it
     * ({@code synchronous_commit}, on by default).
     *
     * @param source gives connections, from a pool or not: one is held as long as it works
     */
    public static SqlJournal postgresql(DataSource source) throws IOException {
        return new SqlJournal(source::getConnection, SqlDialect.POSTGRESQL);
    }

    @Override
    public List<Written> write(List<JournalWrite> group) throws IOException {
        return inTransaction(open -> {
            Map<String, Row> rows = new HashMap<>();
            Set<String> names = new TreeSet<>();
            for (JournalWrite write : group) {
                names.add(write.stream());
            }
            for (String name : names) {
                rows.put(name, hold(open, name));
            }
            List<Written> outcomes = new ArrayList<>(group.size());
            for (JournalWrite write : group) {
                outcomes.add(write(open, write, Objects.requireNonNull(rows.get(write.stream()))));
            }
            for (Row row : rows.values()) {
                update(open, "UPDATE thalweg_stream SET truncated = ?, version = ? WHERE id = ?", row.truncated,
                        row.version, row.id);
            }
            return outcomes;
        });
    }

    /* The row of a stream, made if there is none, for this transaction alone. */
    private Row hold(Connection open, String name) throws SQLException {
        try (PreparedStatement insert = open.prepareStatement(
                "INSERT INTO thalweg_stream (name, truncated, version) VALUES (?, 0, 0) ON CONFLICT (name) DO NOTHING")) {
            insert.setString(1, name);
            insert.executeUpdate();
        }
        try (PreparedStatement select = open.prepareStatement(ROW + dialect.forUpdate)) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the row of stream " + name + " is gone");
                }
                return new Row(row);
            }
        }
    }

    private static Written write(Connection open, JournalWrite write, Row row) throws SQLException {
        switch (write) {
            case JournalWrite.Append append -> {
                if (append.expected() != Journal.ANY && append.expected() != row.version) {
                    return Written.refused(row.extent(), row.version);
                }
                append(open, append.records(), row);
            }
            case JournalWrite.Truncate truncate -> {
                if (truncate.upTo() > row.version) {
                    return Written.refused(row.extent(), row.version);
                }
                if (truncate.upTo() > row.truncated) {
                    update(open, "DELETE FROM thalweg_record WHERE stream = ? AND version <= ?", row.id,
                            truncate.upTo());
                    row.truncated = truncate.upTo();
                }
            }
            case JournalWrite.Save save -> {
                if (row.snapshotVersion > save.version()) {
                    return Written.refused(row.extent(), row.snapshotVersion);
                }
                save(open, save, row);
            }
            case JournalWrite.Delete delete -> {
                update(open, "DELETE FROM thalweg_record WHERE stream = ?", row.id);
                update(open, "UPDATE thalweg_stream SET snapshot = NULL, snapshot_sum = NULL, snapshot_version = NULL"
                        + " WHERE id = ?", row.id);
                row.truncated = 0;
                row.version = 0;
                row.snapshotVersion = -1;
            }
        }
        return Written.made(row.extent());
    }

    private static void append(Connection open, List<byte[]> records, Row row) throws SQLException {
        try (PreparedStatement insert = open
                .prepareStatement("INSERT INTO thalweg_record (stream, version, sum, bytes) VALUES (?, ?, ?, ?)")) {
            for (byte[] record : records) {
                row.version++;
                insert.setLong(1, row.id);
                insert.setInt(2, row.version);
                insert.setInt(3, JournalLimits.checksum(row.version, record));
                insert.setBytes(4, record);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void save(Connection open, JournalWrite.Save save, Row row) throws SQLException {
        try (PreparedStatement update = open.prepareStatement(
                "UPDATE thalweg_stream SET snapshot = ?, snapshot_sum = ?, snapshot_version = ? WHERE id = ?")) {
            update.setBytes(1, save.snapshot());
            update.setInt(2, JournalLimits.checksum(save.version(), save.snapshot()));
            update.setInt(3, save.version());
            update.setLong(4, row.id);
            update.executeUpdate();
        }
        row.snapshotVersion = save.version();
    }

    private static void update(Connection open, String sql, long... arguments) throws SQLException {
        try (PreparedStatement update = open.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                update.setObject(i + 1, arguments[i], Types.BIGINT);
            }
            update.executeUpdate();
        }
    }

    @Override
    public List<JournalEntry> read(String stream, int after, int limit) throws IOException {
        return inTransaction(open -> {
            try (PreparedStatement select = open.prepareStatement("SELECT r.version, r.sum, r.bytes"
                    + " FROM thalweg_stream s JOIN thalweg_record r ON r.stream = s.id"
                    + " WHERE s.name = ? AND r.version > ? ORDER BY r.version LIMIT ?")) {
                select.setString(1, stream);
                select.setInt(2, after);
                select.setInt(3, Math.min(limit, MAX_PAGE));
                List<JournalEntry> entries = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        entries.add(JournalLimits.entry(rows.getInt(1), rows.getBytes(3), rows.getInt(2)));
                    }
                }
                return entries;
            }
        });
    }

    @Override
    public StreamExtent extent(String stream) throws IOException {
        return inTransaction(open -> {
            try (PreparedStatement select = open.prepareStatement(ROW)) {
                select.setString(1, stream);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? new Row(row).extent() : StreamExtent.EMPTY;
                }
            }
        });
    }

    @Override
    public @Nullable JournalEntry snapshot(String stream) throws IOException {
        return this.<@Nullable JournalEntry>inTransaction(open -> {
            try (PreparedStatement select = open.prepareStatement("SELECT snapshot_version, snapshot_sum, snapshot"
                    + " FROM thalweg_stream WHERE name = ? AND snapshot_version IS NOT NULL")) {
                select.setString(1, stream);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? JournalLimits.entry(row.getInt(1), row.getBytes(3), row.getInt(2)) : null;
                }
            }
        });
    }

    @Override
    public List<String> streams(String prefix) throws IOException {
        return inTransaction(open -> {
            try (PreparedStatement select = open.prepareStatement("SELECT name FROM thalweg_stream"
                    + " WHERE substr(name, 1, length(?)) = ? AND (version > 0 OR snapshot_version IS NOT NULL)")) {
                select.setString(1, prefix);
                select.setString(2, prefix);
                List<String> names = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                }
                return names;
            }
        });
    }

    @Override
    public void close() throws IOException {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw new IOException("the database cannot be closed: " + e.getMessage(), e);
            }
        }
    }

    /* A connection on which something failed is not used again. */
    private <T extends @Nullable Object> T inTransaction(Work<T> work) throws IOException {
        try {
            Connection open = connection;
            if (open == null) {
                open = opener.open();
                connection = open;
                prepare(open);
            }
            T done = work.run(open);
            open.commit();
            return done;
        } catch (SQLException e) {
            try {
                close();
            } catch (IOException inner) {
                e.addSuppressed(inner);
            }
            throw new IOException(e.getMessage(), e);
        }
    }

    private void prepare(Connection open) throws SQLException {
        if (dialect == SqlDialect.SQLITE) {
            dialect.open(open);
            open.setAutoCommit(false);
        } else {
            open.setAutoCommit(false);
            dialect.open(open);
        }
        try (Statement statement = open.createStatement()) {
            for (String table : dialect.tables()) {
                statement.execute(table);
            }
        }
        open.commit();
    }
}
