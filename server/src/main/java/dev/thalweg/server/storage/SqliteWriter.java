package dev.thalweg.server.storage;

import dev.thalweg.server.storage.StoreWrite.Append;
import dev.thalweg.server.storage.StoreWrite.Create;
import dev.thalweg.server.storage.StoreWrite.Put;
import dev.thalweg.server.storage.StoreWrite.SetRef;
import dev.thalweg.storage.GitObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one connection that writes. A group of writes is one transaction. */
final class SqliteWriter {
    /* Forgotten all at once when there are more; finding one again is two looks into an index. */
    private static final int REMEMBERED = 100_000;

    private static final class Known {
        final long key;
        int head;

        Known(long key, int head) {
            this.key = key;
            this.head = head;
        }
    }

    private final Connection connection;
    private final PreparedStatement create;
    private final PreparedStatement find;
    private final PreparedStatement append;
    private final PreparedStatement checkpoint;
    private final PreparedStatement put;
    private final PreparedStatement setRef;
    private final Map<DocumentKey, Known> documents = new HashMap<>();

    SqliteWriter(Connection connection) throws SQLException {
        this.connection = connection;
        create = connection.prepareStatement("INSERT INTO document (tenant, id, created) VALUES (?, ?, ?)");
        find = connection.prepareStatement("SELECT key, coalesce((SELECT max(seq) FROM op WHERE document = key), 0)"
                + " FROM document WHERE tenant = ? AND id = ?");
        append = connection.prepareStatement("INSERT INTO op (document, seq, quorum, message) VALUES (?, ?, ?, ?)");
        checkpoint = connection.prepareStatement("UPDATE document SET checkpoint = ? WHERE key = ?");
        put = connection
                .prepareStatement("INSERT OR IGNORE INTO object (document, id, kind, bytes) VALUES (?, ?, ?, ?)");
        setRef = connection.prepareStatement("INSERT INTO ref (document, name, target) VALUES (?, ?, ?)"
                + " ON CONFLICT (document, name) DO UPDATE SET target = excluded.target");
    }

    void write(List<StoreWrite> group) throws StoreException {
        try {
            for (StoreWrite write : group) {
                apply(write);
            }
            connection.commit();
        } catch (SQLException e) {
            // Heads that went up and documents that were made in this transaction are void with it.
            documents.clear();
            rollBack(e);
            throw new StoreException("cannot write: " + e.getMessage(), e);
        }
    }

    private void apply(StoreWrite write) throws SQLException {
        switch (write) {
            case Create create -> create(create);
            case Append append -> append(append);
            case Put put -> put(known(put.document()).key, put.objects());
            case SetRef ref -> setRef(known(ref.document()).key, ref.name(), ref.commit());
        }
    }

    private void create(Create write) throws SQLException {
        create.setString(1, write.document().tenantId());
        create.setString(2, write.document().documentId());
        create.setDouble(3, write.now());
        create.executeUpdate();
        long key = known(write.document()).key;
        put(key, write.objects());
        setRef(key, write.document().documentId(), write.ref());
    }

    private void append(Append write) throws SQLException {
        Known known = known(write.document());
        for (LoggedMessage message : write.messages()) {
            if (message.sequenceNumber() != known.head + 1) {
                throw new SQLException("document " + write.document() + " is at " + known.head + ", cannot append "
                        + message.sequenceNumber());
            }
            known.head++;
            append.setLong(1, known.key);
            append.setInt(2, message.sequenceNumber());
            append.setInt(3, message.shapesQuorum() ? 1 : 0);
            append.setString(4, message.json());
            append.addBatch();
        }
        append.executeBatch();
        if (write.checkpoint() != null) {
            checkpoint.setString(1, write.checkpoint());
            checkpoint.setLong(2, known.key);
            checkpoint.executeUpdate();
        }
        if (write.ref() != null) {
            setRef(known.key, write.document().documentId(), write.ref());
        }
    }

    private void put(long key, List<GitObject> objects) throws SQLException {
        for (GitObject object : objects) {
            put.setLong(1, key);
            put.setString(2, object.id());
            put.setString(3, object.kind());
            put.setBytes(4, object.body());
            put.executeUpdate();
        }
    }

    private void setRef(long key, String name, String target) throws SQLException {
        setRef.setLong(1, key);
        setRef.setString(2, name);
        setRef.setString(3, target);
        setRef.executeUpdate();
    }

    private Known known(DocumentKey document) throws SQLException {
        Known known = documents.get(document);
        if (known != null) {
            return known;
        }
        find.setString(1, document.tenantId());
        find.setString(2, document.documentId());
        try (ResultSet row = find.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("there is no document " + document);
            }
            if (documents.size() >= REMEMBERED) {
                documents.clear();
            }
            known = new Known(row.getLong(1), row.getInt(2));
            documents.put(document, known);
            return known;
        }
    }

    private void rollBack(SQLException cause) {
        try {
            append.clearBatch();
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    Map<String, String> settings() throws StoreException {
        Map<String, String> settings = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            for (String name : List.of("journal_mode", "synchronous", "user_version")) {
                try (ResultSet row = statement.executeQuery("PRAGMA " + name)) {
                    settings.put(name, row.getString(1));
                }
            }
            return settings;
        } catch (SQLException e) {
            throw new StoreException("cannot read the settings: " + e.getMessage(), e);
        }
    }

    void close() throws SQLException {
        connection.close();
    }
}
