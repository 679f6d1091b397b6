package dev.thalweg.journals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.replication.StreamExtent;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a server that the test starts. */
class PostgresqlJournalTest extends SqlJournalContract {
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Override
    SqlJournal open() throws IOException {
        return SqlJournal.postgresql(server.getPostgresDatabase());
    }

    @Override
    Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    @Test
    void aConnectionThatIsLostIsMadeAnew() throws Exception {
        try (SqlJournal journal = open()) {
            journal.write(List.of(append("lost", 0, "one")));
            try (Connection connection = connect(); Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
            }
            assertThatThrownBy(() -> journal.write(List.of(append("lost", 1, "two")))).isInstanceOf(IOException.class);
            assertThat(journal.extent("lost")).isEqualTo(new StreamExtent(0, 1));
            assertThat(journal.write(List.of(append("lost", 1, "two"))).get(0).extent())
                    .isEqualTo(new StreamExtent(0, 2));
        }
    }
}
