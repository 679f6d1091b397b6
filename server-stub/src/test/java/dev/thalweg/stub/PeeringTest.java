package dev.thalweg.stub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.driver.InsecureTokens;
import dev.thalweg.ephemeral.EphemeralChange;
import dev.thalweg.ephemeral.EphemeralStore;
import dev.thalweg.eventgraph.RowChange;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.jvm.JvmPlatform;
import dev.thalweg.platform.Failure;
import dev.thalweg.sync.SyncLimits;
import dev.thalweg.sync.SyncSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that know of each other, in processes of their own, and programs that edit tables at either. */
class PeeringTest {
    private static final JsonObject USER = JsonObject.builder().put("id", "u").put("name", "u").build();

    @TempDir
    Path data;

    /** A program that edits tables. */
    private static final class Editor implements AutoCloseable, SyncSession.Listener {
        private final JvmPlatform machine = new JvmPlatform();
        private final TableDocument tables;
        private final EphemeralStore presence;
        private final SyncSession session;
        private final AtomicInteger synced = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();

        Editor(String name, String base) {
            tables = new TableDocument(name);
            presence = new EphemeralStore(name);
            session = new SyncSession(machine.platform(), base,
                    () -> new InsecureTokens("12345", USER).sign("tinylicious", "doc", System.currentTimeMillis()),
                    tables, presence, SyncLimits.DEFAULT, this);
            var unused = machine.run(session::start);
        }

        <T> T on(Callable<T> task) throws Exception {
            return machine.call(task).get(10, TimeUnit.SECONDS);
        }

        void write(String row, int value) throws Exception {
            on(() -> tables.insert("t", row, JsonObject.of("v", JsonValue.of(value))));
            machine.run(session::sync).get(10, TimeUnit.SECONDS);
        }

        Map<String, JsonObject> rows() throws Exception {
            return on(() -> tables.rows("t"));
        }

        @Override
        public void changed(List<RowChange> changes) {}

        @Override
        public void present(List<EphemeralChange> changes) {}

        @Override
        public void synced() {
            synced.incrementAndGet();
        }

        @Override
        public void failed(Failure failure) {
            failures.incrementAndGet();
        }

        @Override
        public void close() {
            machine.close();
        }
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).until(holds);
    }

    private static void agree(Editor one, Editor other, int rows) {
        until(() -> one.rows().size() == rows && one.rows().equals(other.rows()));
    }

    @Test
    void whatIsDoneAtOneArrivesAtTheOtherAlsoAfterOneWasKilled() throws Exception {
        int here = ServerProcess.freePort();
        int there = ServerProcess.freePort();
        String first = "http://127.0.0.1:" + here;
        String second = "http://127.0.0.1:" + there;
        ServerProcess one = ServerProcess.start(here, data.resolve("one"), "--peer", second);
        try (ServerProcess other = ServerProcess.start(there, data.resolve("other"), "--peer", first);
                Editor alice = new Editor("alice", first);
                Editor ann = new Editor("ann", first);
                Editor bob = new Editor("bob", second + "/")) {
            assertThat(other.address()).startsWith(second);
            alice.write("a", 1);
            bob.write("b", 2);
            agree(alice, bob, 2);
            agree(alice, ann, 2);
            until(() -> ann.synced.get() > 0);
            ann.machine.run(() -> ann.session.set("cursors", "ann", JsonValue.of(7))).get(10, TimeUnit.SECONDS);
            until(() -> alice.on(() -> alice.presence.getAll("cursors").containsKey("ann")));
            one.kill();
            until(() -> alice.failures.get() > 0);
            alice.write("c", 3);
            bob.write("d", 4);
            try (ServerProcess again = ServerProcess.start(here, data.resolve("one"), "--peer", second)) {
                assertThat(again.address()).startsWith(first);
                agree(alice, bob, 4);
                agree(alice, ann, 4);
                until(() -> alice.on(() -> alice.presence.getAll("cursors").containsKey("ann")));
                ann.machine.run(ann.session::stop).get(10, TimeUnit.SECONDS);
                until(() -> alice.on(() -> !alice.presence.getAll("cursors").containsKey("ann")));
            }
        } finally {
            one.close();
        }
    }
}
