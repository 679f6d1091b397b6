package dev.thalweg.server.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connections that read, kept for the next reader with the statements they have prepared. */
final class SqliteReaders {
    /** What is done with a prepared statement. */
    interface Query<T> {
        @Nullable
        T run(PreparedStatement statement) throws SQLException;
    }

    private static final class Reader {
        final Connection connection;
        final Map<String, PreparedStatement> statements = new HashMap<>();

        Reader(Connection connection) {
            this.connection = connection;
        }
    }

    private final Path file;
    private final Deque<Reader> idle = new ArrayDeque<>();
    private boolean closed;

    SqliteReaders(Path file) {
        this.file = file;
    }

    <T> @Nullable T read(String sql, Query<T> query) throws StoreException {
        Reader reader = null;
        try {
            reader = take();
            PreparedStatement statement = reader.statements.get(sql);
            if (statement == null) {
                statement = reader.connection.prepareStatement(sql);
                reader.statements.put(sql, statement);
            }
            return query.run(statement);
        } catch (SQLException e) {
            throw new StoreException("cannot read: " + e.getMessage(), e);
        } finally {
            if (reader != null) {
                giveBack(reader);
            }
        }
    }

    private Reader take() throws SQLException {
        synchronized (idle) {
            if (closed) {
                throw new SQLException("the store is closed");
            }
            Reader reader = idle.poll();
            if (reader != null) {
                return reader;
            }
        }
        return new Reader(SqliteSchema.openForReading(file));
    }

    private void giveBack(Reader reader) throws StoreException {
        synchronized (idle) {
            if (!closed) {
                idle.push(reader);
                return;
            }
        }
        try {
            reader.connection.close();
        } catch (SQLException e) {
            throw new StoreException("cannot close: " + e.getMessage(), e);
        }
    }

    void close() throws SQLException {
        synchronized (idle) {
            closed = true;
            for (Reader reader : idle) {
                reader.connection.close();
            }
            idle.clear();
        }
    }
}
