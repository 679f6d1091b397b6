package dev.thalweg.journals;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest extends SqlJournalContract {
    @TempDir
    Path folder;

    @Override
    SqlJournal open() throws IOException {
        return SqlJournal.sqlite(folder.resolve("journal.sqlite"));
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.sqlite"));
    }
}
