package dev.thalweg.server.storage;

import dev.thalweg.json.ProtocolException;
import dev.thalweg.storage.GitObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps documents in a SQLite file. */
/*
 * The file is in write-ahead mode and synced at every commit (synchronous=FULL): a group that was written is there after
 * a loss of power, as far as the disk keeps its word. One connection writes, others read what was committed.
 *
 * The primary key of the log is document and sequence number, so a second writer that got past the lock on the
 * directory would fail at its first message and not overwrite one.
 */
public final class SqliteStore implements DocumentStore {
    private final FileChannel lockFile;
    private final SqliteWriter writer;
    private final SqliteReaders readers;

    private SqliteStore(FileChannel lockFile, SqliteWriter writer, SqliteReaders readers) {
        this.lockFile = lockFile;
        this.writer = writer;
        this.readers = readers;
    }

    /**
     * Opens the store in a directory, which is made when it is missing. A directory serves one process at a time.
     */
    public static SqliteStore open(Path directory) throws StoreException {
        FileChannel lockFile = null;
        try {
            Files.createDirectories(directory);
            lockFile = FileChannel.open(directory.resolve("thalweg.lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (!locked(lockFile)) {
                throw new StoreException("another process uses the data in " + directory);
            }
            Path file = directory.resolve("documents.sqlite");
            Connection connection = SqliteSchema.openForWriting(file);
            return new SqliteStore(lockFile, new SqliteWriter(connection), new SqliteReaders(file));
        } catch (IOException | SQLException e) {
            throw closing(lockFile, new StoreException("cannot open the data in " + directory + ": " + e.getMessage(),
                    e));
        } catch (StoreException e) {
            throw closing(lockFile, e);
        }
    }

    private static StoreException closing(@Nullable FileChannel lockFile, StoreException e) {
        if (lockFile != null) {
            try {
                lockFile.close();
            } catch (IOException inner) {
                e.addSuppressed(inner);
            }
        }
        return e;
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void write(List<StoreWrite> group) throws StoreException {
        writer.write(group);
    }

    @Override
    public @Nullable Header header(DocumentKey document) throws StoreException {
        return readers.read("SELECT created, checkpoint, coalesce((SELECT max(seq) FROM op WHERE document = key), 0)"
                + " FROM document WHERE tenant = ? AND id = ?", statement -> {
                    named(statement, document);
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next() ? new Header(row.getDouble(1), row.getInt(3), row.getString(2)) : null;
                    }
                });
    }

    @Override
    public List<LoggedMessage> messages(DocumentKey document, int after, int before, int limit)
            throws StoreException {
        return log(document, "", after, before, limit);
    }

    @Override
    public List<LoggedMessage> quorumMessages(DocumentKey document, int after, int before) throws StoreException {
        return log(document, " AND quorum", after, before, Integer.MAX_VALUE);
    }

    private List<LoggedMessage> log(DocumentKey document, String condition, int after, int before, int limit)
            throws StoreException {
        List<LoggedMessage> messages = readers.read("SELECT seq, quorum, message FROM op"
                + " WHERE document = (SELECT key FROM document WHERE tenant = ? AND id = ?)"
                + " AND seq > ? AND seq < ?" + condition + " ORDER BY seq LIMIT ?", statement -> {
                    named(statement, document);
                    statement.setInt(3, after);
                    statement.setInt(4, before);
                    statement.setInt(5, limit);
                    List<LoggedMessage> found = new ArrayList<>();
                    try (ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            found.add(new LoggedMessage(row.getInt(1), row.getBoolean(2), row.getString(3)));
                        }
                    }
                    return found;
                });
        return messages == null ? List.of() : messages;
    }

    @Override
    public @Nullable GitObject object(DocumentKey document, String id) throws StoreException {
        return readers.read("SELECT kind, bytes FROM object"
                + " WHERE document = (SELECT key FROM document WHERE tenant = ? AND id = ?) AND id = ?", statement -> {
                    named(statement, document);
                    statement.setString(3, id);
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next() ? GitObject.read(row.getString(1), row.getBytes(2)) : null;
                    } catch (ProtocolException e) {
                        throw new SQLException("object " + id + " of " + document + " is damaged: " + e.getMessage(),
                                e);
                    }
                });
    }

    @Override
    public @Nullable String ref(DocumentKey document, String name) throws StoreException {
        return readers.read("SELECT target FROM ref"
                + " WHERE document = (SELECT key FROM document WHERE tenant = ? AND id = ?) AND name = ?",
                statement -> {
                    named(statement, document);
                    statement.setString(3, name);
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next() ? row.getString(1) : null;
                    }
                });
    }

    private static void named(PreparedStatement statement, DocumentKey document) throws SQLException {
        statement.setString(1, document.tenantId());
        statement.setString(2, document.documentId());
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public void close() throws StoreException {
        try {
            readers.close();
            writer.close();
            lockFile.close();
        } catch (IOException | SQLException e) {
            throw new StoreException("cannot close the data: " + e.getMessage(), e);
        }
    }

    /** The settings of the file, as SQLite reports them, for tests and {@code /health}. */
    Map<String, String> settings() throws StoreException {
        return writer.settings();
    }
}
