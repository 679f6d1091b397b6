package dev.thalweg.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.thalweg.ephemeral.EphemeralLimits;
import dev.thalweg.eventgraph.TableDocument;
import dev.thalweg.json.JsonObject;
import dev.thalweg.json.JsonValue;
import dev.thalweg.platform.Answer;
import dev.thalweg.replication.MemoryJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Replicas that edit and now and then reach one of two hubs, which restart and reach each other, end with the same. */
class SyncRandomTest {
    private static final int CASES = Integer.getInteger("thalweg.cases", 1000);
    private static final SyncLimits LIMITS = new SyncLimits(8, 5, 4);

    private final List<MemoryJournal> journals = List.of(new MemoryJournal(), new MemoryJournal());
    private final List<SyncHub> hubs = new ArrayList<>();
    private final List<TableDocument> replicas = new ArrayList<>();

    private SyncHub open(int number) {
        Answer<SyncHub> opened = new Answer<>();
        SyncHub.open(journals.get(number), "tables", LIMITS, EphemeralLimits.DEFAULT, opened);
        return opened.get();
    }

    private void sync(int replica, int hub) {
        Answer<SyncClient.SyncReport> report = new Answer<>();
        new SyncClient(replicas.get(replica), hubs.get(hub), LIMITS, changes -> {}).sync(report);
        report.get();
    }

    private int carry() {
        Answer<Integer> carried = new Answer<>();
        new SyncBridge(hubs.get(0), hubs.get(1), 3).carry(carried);
        return carried.get();
    }

    private void run(Random random) {
        hubs.clear();
        hubs.add(open(0));
        hubs.add(open(1));
        for (int i = 0; i < 3; i++) {
            replicas.add(new TableDocument("r" + i));
        }
        for (int i = 30 + random.nextInt(40); i > 0; i--) {
            int who = random.nextInt(3);
            TableDocument tables = replicas.get(who);
            String row = "row" + random.nextInt(3);
            switch (random.nextInt(8)) {
                case 0, 1 -> tables.insert("t", row, JsonObject.of("a", JsonValue.of(i)));
                case 2 -> {
                    if (tables.row("t", row) != null) {
                        tables.update("t", row, "b", JsonValue.of(i));
                    }
                }
                case 3 -> {
                    if (tables.row("t", row) != null) {
                        tables.delete("t", row);
                    }
                }
                case 4 -> carry();
                case 5 -> {
                    int hub = random.nextInt(2);
                    hubs.set(hub, open(hub));
                }
                default -> sync(who, random.nextInt(2));
            }
        }
        for (int i = 0; i < 3; i++) {
            sync(i, i % 2);
        }
        carry();
        assertEquals(0, carry());
        for (int i = 0; i < 3; i++) {
            sync(i, (i + 1) % 2);
        }
        for (TableDocument tables : replicas) {
            assertEquals(replicas.get(0).rows("t"), tables.rows("t"));
            assertEquals(replicas.get(0).version(), tables.version());
        }
        hubs.set(0, open(0));
        replicas.add(new TableDocument("cold"));
        sync(3, 0);
        assertEquals(replicas.get(0).rows("t"), replicas.get(3).rows("t"));
    }

    @Test
    void replicasOfTwoHubsEndWithTheSame() {
        for (long seed = 0; seed < CASES; seed++) {
            try {
                new SyncRandomTest().run(new Random(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
    }
}
