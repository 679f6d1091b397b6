package dev.thalweg.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.thalweg.ephemeral.EphemeralLimits;
import dev.thalweg.eventgraph.DocumentKind;
import dev.thalweg.platform.Answer;
import dev.thalweg.replication.MemoryJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Replicas that edit and now and then reach one of two hubs, which restart and reach each other, end with the same; and so
 * do copies that only hear what merges changed.
 */
class SyncRandomTest {
    private static final int CASES = Integer.getInteger("thalweg.cases", 1000);
    private static final SyncLimits LIMITS = new SyncLimits(8, 5, 4);

    private final List<MemoryJournal> journals = List.of(new MemoryJournal(), new MemoryJournal());
    private final List<SyncHub> hubs = new ArrayList<>();
    private final List<SyncReplica<?>> replicas = new ArrayList<>();

    private SyncHub open(int number) {
        Answer<SyncHub> opened = new Answer<>();
        SyncHub.open(journals.get(number), "document", LIMITS, EphemeralLimits.DEFAULT, opened);
        return opened.get();
    }

    private void sync(int replica, int hub) {
        replicas.get(replica).sync(hubs.get(hub), LIMITS).get();
    }

    private int carry() {
        Answer<Integer> carried = new Answer<>();
        new SyncBridge(hubs.get(0), hubs.get(1), 3).carry(carried);
        return carried.get();
    }

    private void run(DocumentKind kind, Random random) {
        hubs.add(open(0));
        hubs.add(open(1));
        for (int i = 0; i < 3; i++) {
            replicas.add(SyncReplica.of(kind, "r" + i));
        }
        for (int i = 30 + random.nextInt(40); i > 0; i--) {
            int who = random.nextInt(3);
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> replicas.get(who).edit(random);
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
        hubs.set(0, open(0));
        replicas.add(SyncReplica.of(kind, "cold"));
        sync(3, 0);
        for (SyncReplica<?> replica : replicas) {
            assertEquals(replicas.get(0).view(), replica.view());
            assertEquals(replica.view(), replica.copy());
            assertEquals(replicas.get(0).document().version(), replica.document().version());
        }
    }

    @ParameterizedTest
    @EnumSource
    void replicasOfTwoHubsEndWithTheSame(DocumentKind kind) {
        for (long seed = 0; seed < CASES; seed++) {
            try {
                new SyncRandomTest().run(kind, new Random(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
    }
}
