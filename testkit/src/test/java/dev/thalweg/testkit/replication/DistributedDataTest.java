package dev.thalweg.testkit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.thalweg.bytes.Utf8;
import dev.thalweg.crdt.GSet;
import dev.thalweg.crdt.ORSet;
import dev.thalweg.crdt.PNCounter;
import dev.thalweg.platform.Subscription;
import dev.thalweg.replication.Membership;
import dev.thalweg.replication.MemoryJournal;
import dev.thalweg.replication.Messenger;
import dev.thalweg.replication.data.Consistency;
import dev.thalweg.replication.data.DataEvent;
import dev.thalweg.replication.data.DataOptions;
import dev.thalweg.replication.data.DataType;
import dev.thalweg.replication.data.DistributedData;
import dev.thalweg.replication.data.Key;
import dev.thalweg.replication.data.ReadReply;
import dev.thalweg.replication.data.WriteReply;
import dev.thalweg.testkit.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The store's promises one by one, on three nodes. */
class DistributedDataTest {
    private static final DataType<ORSet> CARTS = DataType.of("cart", ORSet.EMPTY);
    private static final DataType<GSet> SETS = new DataType<>("set", GSet.EMPTY, GSet::read);
    private static final DataType<PNCounter> COUNTS = new DataType<>("count", PNCounter.ZERO, PNCounter::read);
    private static final Key<PNCounter> COUNT = COUNTS.key("visits");
    private static final Key<ORSet> CART = CARTS.key("ada");
    private static final Key<GSet> TAGS = SETS.key("tags");
    private static final Membership THREE = Membership.of(List.of("a", "b", "c"));

    private final List<String> refused = new ArrayList<>();
    private final SimulatedNetwork network = network(0);

    private static SimulatedNetwork network(int lost) {
        return new SimulatedNetwork(new Rng(1), new SimulatedNetwork.Faults(5, lost, 0));
    }

    private DistributedData open(SimulatedNetwork on, String name, Membership membership) {
        SimulatedNetwork.Node process = on.start(name);
        Answer<DistributedData> opened = new Answer<>();
        DistributedData.open(new DistributedData.Parameters(process, membership, process, process, List.of(CARTS, SETS),
                new MemoryJournal(), key -> false, new DataOptions(10, 200, 50, 512, 1 << 20, 4),
                (node, what) -> refused.add(node + ": " + what)), opened);
        return opened.get();
    }

    private DistributedData open(String name) {
        return open(network, name, THREE);
    }

    @Test
    void aSingleNodeAnswersAtOnce() {
        DistributedData data = open(network, "a", Membership.of(List.of("a")));
        Answer<WriteReply> written = new Answer<>();
        data.update(CART, (cart, replica) -> cart.add(replica, "tea"), Consistency.all(), 100, written);
        assertEquals(new WriteReply.Written(List.of("a")), written.get());
        Answer<ReadReply<ORSet>> read = new Answer<>();
        data.get(CART, Consistency.majority(), 100, read);
        assertEquals(List.of("tea"), ((ReadReply.Read<ORSet>) read.get()).state().elements());
    }

    @Test
    void aTimeoutNamesWhoDidNotAnswerAndTakesNothingBack() {
        DistributedData a = open("a");
        DistributedData b = open("b");
        DistributedData c = open("c");
        network.cut(Set.of("c"));
        Answer<WriteReply> all = new Answer<>();
        a.update(TAGS, (tags, replica) -> tags.add("x"), Consistency.all(), 300, all);
        Answer<WriteReply> most = new Answer<>();
        a.update(TAGS, (tags, replica) -> tags.add("y"), Consistency.majority(), 300, most);
        Answer<ReadReply<GSet>> read = new Answer<>();
        c.get(TAGS, Consistency.from(2), 200, read);
        network.run(301);
        assertEquals(new WriteReply.TimedOut(List.of("a", "b"), List.of("c")), all.get());
        assertEquals(new WriteReply.Written(List.of("a", "b")), most.get());
        assertEquals(new ReadReply.TimedOut<GSet>(null, List.of("a", "b")), read.get());
        assertEquals(2, b.get(TAGS).size());
        network.cut(Set.of());
        network.run(5000);
        assertEquals(2, c.get(TAGS).size());
        assertEquals(a.digest(), c.digest());
    }

    @Test
    void aKeyThatWasDeletedStartsAnew() {
        DistributedData a = open("a");
        DistributedData b = open("b");
        a.update(CART, (cart, replica) -> cart.add(replica, "tea"));
        network.run(1000);
        List<DataEvent<ORSet>> events = new ArrayList<>();
        Subscription subscription = b.subscribe(CART, events::add);
        a.delete(CART);
        assertNull(a.get(CART));
        assertEquals(List.of(), a.keys());
        network.run(1000);
        assertEquals(List.of(new DataEvent.Deleted<ORSet>()), events);
        assertNull(b.get(CART));
        b.update(CART, (cart, replica) -> {
            assertEquals(0, cart.size());
            return cart.add(replica, "milk");
        });
        network.run(1000);
        assertEquals(List.of("milk"), a.get(CART).elements());
        assertEquals(2, events.size());
        subscription.cancel();
        a.update(CART, (cart, replica) -> cart.add(replica, "rice"));
        network.run(1000);
        assertEquals(2, b.get(CART).size());
        assertEquals(2, events.size());
        assertEquals(List.of(CART), b.keys());
    }

    @Test
    void aListenerMayWriteAndHearsOfItAfterwards() {
        DistributedData a = open("a");
        List<Integer> sizes = new ArrayList<>();
        a.subscribe(TAGS, event -> {
            if (event instanceof DataEvent.Changed<GSet> changed) {
                int size = changed.state().size();
                if (size < 4) {
                    a.update(TAGS, (tags, replica) -> tags.add("t" + size));
                }
                sizes.add(size);
            }
        });
        a.update(TAGS, (tags, replica) -> tags.add("t0"));
        a.update(TAGS, (tags, replica) -> tags.add("t0"));
        assertEquals(List.of(1, 2, 3, 4), sizes);
    }

    @Test
    void aValueLargerThanAMessageArrivesThoughPartsAreLost() {
        SimulatedNetwork bad = network(20);
        DistributedData a = open(bad, "a", THREE);
        DistributedData b = open(bad, "b", THREE);
        a.update(TAGS, (tags, replica) -> tags.add("0123456789".repeat(5000)));
        bad.run(10_000);
        assertEquals(a.digest(), b.digest());
        assertNotNull(b.get(TAGS));
        assertEquals(List.of(), refused);
    }

    @Test
    void whatCannotBeReadIsReportedAndChangesNothing() {
        DistributedData a = open("a");
        open("b");
        a.update(CART, (cart, replica) -> cart.add(replica, "tea"));
        network.run(1000);
        assertEquals(List.of(), refused);
        List<byte[]> sent = new ArrayList<>();
        SimulatedNetwork.Node b = network.start("b");
        b.listen((node, message) -> sent.add(message));
        a.update(CART, (cart, replica) -> cart.remove("tea"));
        network.run(1000);
        assertFalse(sent.isEmpty());
        String digest = a.digest();
        Messenger mallory = network.start("mallory");
        mallory.send("a", sent.get(0));
        network.run(100);
        assertEquals(List.of("mallory: it is not a member"), refused);
        int before = refused.size();
        b.send("a", new byte[0]);
        b.send("a", Utf8.encode("{}"));
        b.send("a", new byte[] {(byte) 0xFF, 1, 2});
        for (byte[] message : sent) {
            for (int i = 0; i < message.length; i++) {
                byte[] cut = Arrays.copyOf(message, i);
                b.send("a", cut);
            }
        }
        network.run(100);
        assertTrue(refused.size() > before + sent.size());
        assertEquals(digest, a.digest());
    }

    private DistributedData open(String name, Membership membership, MemoryJournal disk) {
        SimulatedNetwork.Node process = network.start(name);
        Answer<DistributedData> opened = new Answer<>();
        DistributedData.open(new DistributedData.Parameters(process, membership, process, process,
                List.of(CARTS, SETS, COUNTS), disk, key -> true, new DataOptions(10, 200, 50, 512, 1 << 20, 4, 300),
                (node, what) -> refused.add(node + ": " + what)), opened);
        return opened.get();
    }

    @Test
    void startsAndDeletedKeysLeaveNothingBehind() {
        MemoryJournal disk = new MemoryJournal();
        DistributedData b = open("b", THREE, new MemoryJournal());
        DistributedData c = open("c", THREE, new MemoryJournal());
        DistributedData a = open("a", THREE, disk);
        for (int start = 0; start < 20; start++) {
            a.update(COUNT, (count, replica) -> count.update(replica, 2));
            a.update(CART, (cart, replica) -> cart.add(replica, "tea"));
            a.update(TAGS, (tags, replica) -> tags.add("x"));
            a.delete(TAGS);
            network.run(50);
            a = open("a", THREE, disk);
        }
        network.run(30_000);
        assertEquals(a.digest(), b.digest());
        assertEquals(a.digest(), c.digest());
        assertTrue(a.pruned() > 0);
        assertEquals(40, c.get(COUNT).total());
        assertEquals(List.of(), c.get(COUNT).prunable());
        assertEquals(List.of("tea"), c.get(CART).elements());
        assertEquals(1, c.get(CART).context().size());
        assertEquals(2, c.kept());
        // A key that was forgotten starts where it started at first.
        a.update(TAGS, (tags, replica) -> tags.add("y"));
        network.run(1000);
        assertEquals(1, b.get(TAGS).size());
        // What a node has after a start is what it had.
        String digest = a.digest();
        a.close();
        assertEquals(digest, open("a", THREE, disk).digest());
        assertEquals(List.of(), refused);
    }

    @Test
    void whoeverWasAwayWhileOthersForgotBeginsAnew() {
        TreeSet<String> names = new TreeSet<>(Set.of("a", "b", "c"));
        Membership membership = () -> names;
        DistributedData a = open("a", membership, new MemoryJournal());
        open("b", membership, new MemoryJournal());
        MemoryJournal disk = new MemoryJournal();
        DistributedData c = open("c", membership, disk);
        c.update(COUNT, (count, replica) -> count.update(replica, 5));
        c.update(CART, (cart, replica) -> cart.add(replica, "tea"));
        a.update(TAGS, (tags, replica) -> tags.add("x"));
        network.run(2000);
        c.close();
        network.kill("c");
        names.remove("c");
        for (int i = 0; i < 3; i++) {
            a.delete(TAGS);
            a.update(CART, (cart, replica) -> cart.remove("tea"));
            network.run(5000);
            a.update(TAGS, (tags, replica) -> tags.add("y"));
            network.run(1000);
        }
        int rounds = a.pruned();
        assertTrue(rounds > 1);
        assertEquals(List.of(), a.get(COUNT).prunable());
        names.add("c");
        DistributedData again = open("c", membership, disk);
        assertEquals(List.of("tea"), again.get(CART).elements());
        List<DataEvent<ORSet>> events = new ArrayList<>();
        again.subscribe(CART, events::add);
        network.run(5000);
        assertEquals(a.digest(), again.digest());
        assertEquals(5, again.get(COUNT).total());
        assertEquals(0, again.get(CART).size());
        assertEquals(new DataEvent.Deleted<ORSet>(), events.get(0));
        assertEquals(List.of("data:c: it is behind what the others have forgotten, and fetches everything anew"),
                refused);
        // Neither does its journal bring back what is gone.
        again.close();
        DistributedData third = open("c", membership, disk);
        network.run(5000);
        assertEquals(a.digest(), third.digest());
        assertEquals(1, refused.size());
        third.update(COUNT, (count, replica) -> count.update(replica, 1));
        network.run(1000);
        assertEquals(6, a.get(COUNT).total());
    }

    @Test
    void whoeverWasNotAskedBeginsAnewAfterOneRoundToo() {
        TreeSet<String> names = new TreeSet<>(Set.of("a", "b", "c"));
        Membership membership = () -> names;
        DistributedData a = open("a", membership, new MemoryJournal());
        open("b", membership, new MemoryJournal());
        MemoryJournal disk = new MemoryJournal();
        DistributedData c = open("c", membership, disk);
        c.update(TAGS, (tags, replica) -> tags.add("x"));
        network.run(1000);
        c.close();
        network.kill("c");
        names.remove("c");
        a.delete(TAGS);
        network.run(5000);
        assertEquals(1, a.pruned());
        assertEquals(0, a.kept());
        names.add("c");
        DistributedData again = open("c", membership, disk);
        assertEquals(1, again.get(TAGS).size());
        List<DataEvent<GSet>> events = new ArrayList<>();
        again.subscribe(TAGS, events::add);
        network.run(2000);
        assertEquals(List.of(new DataEvent.Deleted<GSet>()), events);
        assertEquals(List.of("data:c: it is behind what the others have forgotten, and fetches everything anew"),
                refused);
        assertEquals(a.digest(), again.digest());
        assertNull(again.get(TAGS));
    }

    @Test
    void whatWasWrittenBeforeANodeBeganAnewIsNotAcknowledgedWithWhatCameAfter() {
        TreeSet<String> names = new TreeSet<>(Set.of("a", "b", "c"));
        Membership membership = () -> names;
        DistributedData a = open("a", membership, new MemoryJournal());
        open("b", membership, new MemoryJournal());
        MemoryJournal disk = new MemoryJournal();
        DistributedData c = open("c", membership, disk);
        c.update(TAGS, (tags, replica) -> tags.add("x"));
        network.run(1000);
        c.close();
        network.kill("c");
        names.remove("c");
        a.delete(TAGS);
        network.run(5000);
        names.add("c");
        DistributedData again = open("c", membership, disk);
        Answer<WriteReply> lost = new Answer<>();
        again.update(COUNT, (count, replica) -> count.update(replica, 5), Consistency.all(), 3000, lost);
        network.run(300);
        assertEquals(1, refused.size());
        Answer<WriteReply> kept = new Answer<>();
        again.update(COUNT, (count, replica) -> count.update(replica, 2), Consistency.all(), 3000, kept);
        network.run(5000);
        assertEquals(new WriteReply.TimedOut(List.of("c"), List.of("a", "b")), lost.get());
        assertEquals(new WriteReply.Written(List.of("a", "b", "c")), kept.get());
        assertEquals(2, a.get(COUNT).total());
    }

    @Test
    void aTypeThatIsNotTheStoresIsRefused() {
        DistributedData a = open("a");
        DataType<GSet> other = new DataType<>("set", GSet.EMPTY, GSet::read);
        assertThrows(IllegalArgumentException.class, () -> a.get(other.key("x")));
        assertThrows(IllegalArgumentException.class, () -> Consistency.from(0));
        assertThrows(IllegalArgumentException.class, () -> new DataType<>("a/b", GSet.EMPTY, GSet::read));
        assertThrows(IllegalArgumentException.class, () -> SETS.key("x".repeat(Key.MAX_ID + 1)));
        a.close();
        assertThrows(IllegalStateException.class, () -> a.update(TAGS, (tags, replica) -> tags.add("x")));
    }
}
